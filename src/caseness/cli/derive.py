"""`caseness derive`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from caseness.check import check
from caseness.cli.show import Table, answer, working
from caseness.derive import Grains, Options, derive, read_options
from caseness.derive.compare import SAYS, Compared, compare
from caseness.engine import database_name
from caseness.errors import CannotWrite
from caseness.read import Record, open_record, read_record
from caseness.read.database import is_address
from caseness.read.manifest import MANIFEST


@click.command(name="derive")
@click.argument("path", metavar="DIR")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder for the grains, in Parquet. They are personal data.",
)
@click.option(
    "--compare",
    "extract",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A post-deadline extract of IDS101 rows, CSV or Parquet, to set beside what is derived.",
)
@click.option(
    "--assume",
    "chosen",
    multiple=True,
    metavar="RULE=OPTION",
    help="Another option for a rule that is assumed. May be repeated.",
)
@click.option("--all-columns", is_flag=True, help="Fill the columns of outcomes in open referrals too.")
@click.option(
    "--partitions",
    type=click.IntRange(1),
    help="Groups of providers, one derived after the other. Without it: by the number of rows.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def command(
    path: str,
    out: Path | None,
    extract: Path | None,
    chosen: tuple[str, ...],
    all_columns: bool,
    partitions: int | None,
    as_json: bool,
) -> None:
    """Derive what NHS England derives from the record at DIR: referrals by month, contacts, logs and stages of care.

    DIR is a folder, a file, or the address of a database. A record that was read before, by `caseness record --out`,
    is not read again. It is checked first, and what is rejected counts for nothing.
    """
    if out is None and extract is None:
        raise click.UsageError("Say where to write the grains with --out, or what to compare with by --compare.")
    options = read_options(chosen)
    if out is not None and not is_address(path):
        _require_apart(Path(path).resolve(), out.resolve())
    with tempfile.TemporaryDirectory(prefix="caseness-derive-") as folder, working("Deriving ..."):
        to = out or Path(folder) / "grains"
        record = _record(path, Path(folder) / "record")
        checked = check(record)
        grains = derive(checked, to, options, partitions, all_columns or extract is not None)
        compared = compare(grains, checked.kept("IDS101Referral"), extract) if extract is not None else None
        tables = [_rows(grains, path), *([_columns(compared)] if compared else [])]
        answer(tables, _content(grains, options, compared), as_json, None, ())
    if out is not None:
        click.echo(f"Wrote {out}: the grains. They hold personal data.", err=True)


def _record(path: str, to: Path) -> Record:
    if not is_address(path) and (Path(path) / MANIFEST).is_file():
        return open_record(path)
    return read_record(path, to)


# Grains among the source would be taken for a part of it the next time.
def _require_apart(source: Path, out: Path) -> None:
    if out == source or source in out.parents:
        raise CannotWrite(
            f"{out} lies within what is derived from. Nothing was read. Choose another folder with --out."
        )


def _rows(grains: Grains, path: str) -> Table:
    name = database_name(path) if is_address(path) else Path(path).resolve().name
    rows = tuple((grain, f"{count:,}") for grain, count in grains.rows.items())
    first, last = grains.periods[0], grains.periods[-1]
    notes = (
        f"{len(grains.periods)} months, {first} to {last}. Rules that no document gives are assumed: `caseness assumptions`.",
        *(f"Chosen: {rule} = {option}." for rule, option in Options(**_fields(grains)).changed.items()),
    )
    return Table("grains", f"Derived from {name}", ("Grain", "Rows"), rows, notes)


def _fields(grains: Grains) -> dict[str, str]:
    return {rule.replace("-", "_"): option for rule, option in grains.options.items()}


def _columns(compared: Compared) -> Table:
    rows = tuple(
        (one.official, one.name, f"{one.same:,}", f"{one.different:,}", " ".join(map(str, one.rows)), one.note)
        for one in compared.columns
    )
    columns = ("Official column", "Ours", "Same", "Different", "First row ids", "Note")
    return Table(
        "compared", f"{compared.matched:,} of {compared.read:,} rows of the extract were found", columns, rows, SAYS
    )


def _content(grains: Grains, options: Options, compared: Compared | None) -> dict[str, object]:
    return {
        "rows": dict(grains.rows),
        "months": [period.label for period in grains.periods],
        "options": options.all,
        **({"compared": compared} if compared else {}),
    }
