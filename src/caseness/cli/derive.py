"""`caseness derive`."""

from __future__ import annotations

from pathlib import Path

import click
import ibis

from caseness.cli.grains import Derived, How, derived, engine_option, is_derived, require_place
from caseness.cli.kinds import GRAINS
from caseness.cli.lacking import say_missing_months
from caseness.cli.options import deprivation_option, rules_option
from caseness.cli.show import Table, answer
from caseness.derive import Grains, Options, open_grains, read_options
from caseness.derive.compare import SAYS, Compared, compare, read_extract
from caseness.errors import UnreadableRecord


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
@rules_option()
@click.option("--all-columns", is_flag=True, help="Fill the columns of outcomes in open referrals too.")
@click.option(
    "--employment",
    is_flag=True,
    help="Make the grains of employment rows and employment support too, which the measures of employment read.",
)
@click.option(
    "--breakdowns",
    is_flag=True,
    help="Make the grain of attributes too, which `measures compute --breakdown` reads.",
)
@click.option(
    "--annual",
    is_flag=True,
    help="Make the grains too that only the files of the annual report read, and that of attributes.",
)
@deprivation_option()
@click.option(
    "--scores", is_flag=True, help="Make the grain of scores too, each at its session, which norms and signals read."
)
@click.option(
    "--partitions",
    type=click.IntRange(1),
    help="Groups of providers, one derived after the other. Without it: by the number of rows.",
)
@engine_option()
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def command(
    path: str,
    out: Path | None,
    extract: Path | None,
    chosen: tuple[str, ...],
    all_columns: bool,
    employment: bool,
    breakdowns: bool,
    annual: bool,
    deprivation: Path | None,
    scores: bool,
    partitions: int | None,
    engine: str,
    as_json: bool,
) -> None:
    """Derive what NHS England derives from the record at DIR: referrals by month, contacts, logs and stages of care.

    DIR is a folder, a file, or the address of a database. A record that was read before, by `caseness record --out`,
    is not read again. It is checked first, and what is rejected counts for nothing.
    """
    _require_sense(out or extract, deprivation, breakdowns or annual)
    _require_record(path, out, extract)
    options, every = read_options(chosen), all_columns or extract is not None
    how = How(options, partitions, every, employment, breakdowns, deprivation, scores, engine, annual)
    with derived(path, how, out) as given:
        compared = _compared(given, extract) if extract is not None else None
        tables = [_rows(given), *([_columns(compared)] if compared else [])]
        answer(tables, _content(given.grains, options, compared), as_json, None, ())
        _tell(given.grains, out)


def _tell(grains: Grains, out: Path | None) -> None:
    for note in say_missing_months(grains):
        click.echo(f"caseness: {note}", err=True)
    if out is not None:
        click.echo(f"Wrote {out}: the grains. They hold personal data.", err=True)


def _require_sense(made: Path | None, deprivation: Path | None, breakdowns: bool) -> None:
    if made is None:
        raise click.UsageError("Say where to write the grains with --out, or what to compare with by --compare.")
    if deprivation and not breakdowns:
        raise click.UsageError(
            "--deprivation tells the deciles of --breakdowns, so give both, or neither (--annual makes what --breakdowns makes)."
        )


def _require_record(path: str, out: Path | None, extract: Path | None) -> None:
    if out is not None:
        require_place(path, out, GRAINS)
    if is_derived(path):
        raise UnreadableRecord(
            f"{path} holds grains that were derived before, and no record. Nothing was derived. Name the record."
        )
    if extract is not None:
        read_extract(extract)


# The extract and the record lie beside DuckDB, whatever derived the grains.
def _compared(given: Derived, extract: Path) -> Compared:
    return compare(open_grains(given.grains.folder), _referrals(given), extract)


def _referrals(given: Derived) -> ibis.Table:
    assert given.checked is not None, "grains that were derived before have been refused"
    return given.checked.kept("IDS101Referral")


def _rows(given: Derived) -> Table:
    grains = given.grains
    rows = tuple((grain, f"{count:,}") for grain, count in grains.rows.items())
    first, last = grains.periods[0], grains.periods[-1]
    notes = (
        f"{len(grains.periods)} months, {first} to {last}. Rules that no document gives are assumed: `caseness assumptions`.",
        *(f"Chosen: {rule} = {option}." for rule, option in Options(**_fields(grains)).changed.items()),
        *filter(None, [grains.made_up]),
    )
    return Table("grains", f"Derived from {given.name}", ("Grain", "Rows"), rows, notes)


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
        **({"synthetic": grains.made_up} if grains.made_up else {}),
    }
