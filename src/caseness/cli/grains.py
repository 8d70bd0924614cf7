"""Grains for the commands that need them: of a record, which is read, checked and derived first, or derived before."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pyarrow as pa

from caseness.check import Checked, check
from caseness.cli.holding import held
from caseness.cli.kinds import require_no_rows
from caseness.cli.show import working
from caseness.cli.workplace import workplace
from caseness.derive import DEFAULT, Grains, Options, derive, holds_grains, open_grains, read_deciles, require_room
from caseness.engine import DUCKDB, database_name, read_engine, require_engine
from caseness.errors import CannotWrite, UnreadableInput, say_why_not_written
from caseness.read import Record, open_record, read_record
from caseness.read.database import is_address
from caseness.read.manifest import MANIFEST


@dataclass(frozen=True, eq=False)
class Derived:
    """What a command was given: its name, its grains, and the checked record where it was not derived before."""

    name: str
    grains: Grains
    checked: Checked | None = None
    notes: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """What its figures are said to rest on: the name, and a word where nobody in it is real."""
        return f"{self.name}. {self.grains.made_up}".rstrip(" .")


@dataclass(frozen=True)
class How:
    """How a record is to be derived, where it was not derived before. `deprivation` is a file of deciles by postcode."""

    options: Options = DEFAULT
    partitions: int | None = None
    all_columns: bool = False
    employment: bool = False
    breakdowns: bool = False
    deprivation: Path | None = None
    scores: bool = False
    engine: str = DUCKDB
    annual: bool = False

    def derive(self, checked: Checked, to: Path, deciles: pa.Table | None) -> Grains:
        """Derive so."""
        return derive(
            checked, to, self.options, self.partitions, self.all_columns,
            employment=self.employment, breakdowns=self.breakdowns, scores=self.scores, annual=self.annual, deciles=deciles,
            engine=self.engine,
        )  # fmt: skip


@contextmanager
def derived(path: str, how: How, to: Path | None = None) -> Iterator[Derived]:
    """Open what `path` leads to. A record that was read before is not read again, and grains are not derived again.

    What has to be made is kept in `to`, or is gone afterwards. Grains are opened on `engine`, which derives them if they have to be made.
    """
    name = name_of(path)
    deciles = read_deciles(how.deprivation) if how.deprivation else None
    if is_derived(path):
        yield Derived(name, _opened(path, how, name))
        return
    require_engine(how.engine)
    with workplace() as folder, _held(to):
        checked = _checked(path, name, folder)
        told = _rejected(checked)
        for note in told:
            click.echo(f"caseness: {note}", err=True)
        with working("Deriving ..."):
            grains = how.derive(checked, to or folder / "grains", deciles)
        yield Derived(name, grains, checked, told)


# Whoever comes second learns it before an hour of reading. What is in the folder can be told only while it is ours.
@contextmanager
def _held(to: Path | None) -> Iterator[None]:
    with ExitStack() as ours:
        if to is not None:
            _hold(to, ours)
            require_room(to)
        yield


def _hold(to: Path, ours: ExitStack) -> None:
    try:
        ours.enter_context(held(to))
    except OSError as problem:
        raise CannotWrite(
            f"Nothing could be derived into {to}: {say_why_not_written(problem)}. Choose another folder with --out."
        ) from problem


def _opened(path: str, how: How, name: str) -> Grains:
    grains = open_grains(path, how.engine)
    _require_deciles(grains, how.deprivation, name)
    _require_same(grains, how.options, name)
    return grains


def engine_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--engine NAME`, for what is derived from a record or computed from grains."""
    return click.option(
        "--engine",
        default=DUCKDB,
        show_default=True,
        metavar="ENGINE",
        callback=lambda _context, _option, given: read_engine(given),
        help="What runs the queries: duckdb, spark (on this machine), or spark://host:port, the master of a cluster.",
    )


# Who reads and derives for an hour should not learn afterwards that there is no place for it.
def require_place(source: Path | str | None, out: Path, replaced: str = "") -> None:
    """Refuse a folder that cannot be made or written to, or that lies in the record or the grains that are read, if any are.

    Nor may it be a record, grains or submissions itself, unless what is `replaced` is of that kind.

    Raises
    ------
    CannotWrite
        If it is such a folder.
    """
    if source is not None:
        require_apart(source, out)
    if why := _why_not(out):
        raise CannotWrite(
            f"Nothing can be written to {out}: {why}. Nothing was read. Choose another folder with --out."
        )
    require_no_rows(out, replaced)


# Some places say that they can be written to, and cannot. So the folders are made, with a file, and taken away again.
def _why_not(out: Path) -> str:
    made: list[Path] = []
    try:
        nearest = next(place for place in (out, *out.resolve().parents) if place.exists())
        if not nearest.is_dir():
            return "no folder can be made there"
        for place in reversed([one for one in (out.resolve(), *out.resolve().parents) if not one.exists()]):
            place.mkdir()
            made.append(place)
        with tempfile.TemporaryFile(dir=out):
            return ""
    except OSError as problem:
        return say_why_not_written(problem)
    finally:
        for place in reversed(made):
            place.rmdir()


# What is written among the source would be taken for a part of it the next time.
def require_apart(source: Path | str, out: Path) -> None:
    """Refuse to write into a record, or into grains.

    Raises
    ------
    CannotWrite
        If `out` lies in `source`, or is it.
    """
    if isinstance(source, str) and is_address(source):
        return
    if Path(source).resolve() in (out.resolve(), *out.resolve().parents):
        raise CannotWrite(f"{out} lies within what is read. Nothing was read. Choose another folder with --out.")


# What was derived stands as it was derived: an option that is given now would change nothing.
def _require_same(grains: Grains, options: Options, name: str) -> None:
    asked = {rule: option for rule, option in options.changed.items() if grains.options.get(rule) != option}
    if asked:
        told = ", ".join(f"{rule}={option}" for rule, option in asked.items())
        raise UnreadableInput(
            f"{name} was derived before, and with other rules than {told}. Nothing was computed. Derive the record again with "
            "--assume, or name the record itself."
        )


def _require_deciles(grains: Grains, deprivation: Path | None, name: str) -> None:
    if deprivation and not grains.has_deciles:
        raise UnreadableInput(
            f"{name} was derived before, and without deciles of deprivation, so {deprivation} changes nothing. Nothing was "
            "computed. Derive the record again with `caseness derive --breakdowns --deprivation`, or name the record itself."
        )


def name_of(path: str) -> str:
    """What a record is called: the name of its folder or database, and never where it lies."""
    return database_name(path) if is_address(path) else Path(path).resolve().name


def is_derived(path: str) -> bool:
    """Whether what a command was given is a folder of grains that were derived before, whole or not."""
    return not is_address(path) and holds_grains(Path(path))


def _checked(path: str, name: str, folder: Path) -> Checked:
    with working(f"Reading {name} ..."):
        record = _record(path, folder / "record")
    with working("Checking the record ..."):
        return check(record)


def _record(path: str, to: Path) -> Record:
    if not is_address(path) and (Path(path) / MANIFEST).is_file():
        return open_record(path)
    return read_record(path, to)


# Figures come from what is left, so whoever reads them must know that something was left out.
def _rejected(checked: Checked) -> tuple[str, ...]:
    rejected = sum(one.rejected + one.unreadable for one in checked.tables.values())
    if not rejected:
        return ()
    told = (
        "1 row was rejected in checking and is"
        if rejected == 1
        else f"{rejected:,} rows were rejected in checking and are"
    )
    return (f"{told} in no figure. `caseness check` says which, and why.",)
