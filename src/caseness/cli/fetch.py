"""`caseness fetch`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from caseness.cli.show import Table, make_console, print_json, print_tables
from caseness.errors import CannotFetch
from caseness.published.fetching import (
    ADDRESSES_FROM,
    ATTRIBUTION,
    KINDS,
    LICENCE,
    Folder,
    Item,
    Outcome,
    Patience,
    Watch,
    choose,
    fetch,
    lock,
    look_at,
    read_base,
    read_manifest,
)
from caseness.published.fetching.failures import tell_failures
from caseness.published.fetching.plan import STATES

_SAID = {
    "here": "was here",
    "fetched": "fetched",
    "unchanged": "still the same",
    "replaced": "replaced, earlier version kept",
    "unpacked": "unpacked",
    "failed": "FAILED",
}
_CLOSED = (
    "{n} kept closed, since no program that opens RAR archives is on this machine (bsdtar, unar, unrar or 7z): "
    "{where}. Install one and run the command again, or unpack by hand into the same folder."
)


def _base(ctx: click.Context, parameter: click.Parameter, given: str | None) -> str | None:
    try:
        return None if given is None else read_base(given)
    except ValueError as problem:
        raise click.BadParameter(str(problem), ctx, parameter) from problem


@click.command(name="fetch")
@click.argument("kind", type=click.Choice(tuple(KINDS)))
@click.option(
    "--period",
    "periods",
    multiple=True,
    help="A financial year (2024-25); for monthly files also a month (2025-04). Repeat for more; without it: all.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    default=Path("releases"),
    show_default=True,
    help="The folder to fetch into. It can be given to --releases afterwards.",
)
@click.option("--list", "is_list", is_flag=True, help="Only say what would be fetched, and what is there already.")
@click.option("--again", is_flag=True, help="Ask also for what is there already, and keep both if it was replaced.")
@click.option("--base", callback=_base, help="Another host to ask, such as a mirror: https://mirror.example.org.")
@click.option("--workers", type=click.IntRange(1, 16), default=4, show_default=True, help="How many files at once.")
@click.option(
    "--timeout",
    type=click.FloatRange(1, 600),
    default=30.0,
    show_default=True,
    help="Seconds without a byte after which a connection is given up and taken up again.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON to standard output.")
def command(
    kind: str,
    periods: tuple[str, ...],
    to: Path,
    is_list: bool,
    again: bool,
    base: str | None,
    workers: int,
    timeout: float,
    as_json: bool,
) -> None:
    """Fetch official releases from where NHS England publishes them.

    KIND is monthly (activity and performance, one file a month), annual (the annual report) or outcomes
    (outcomes by therapy, with the annual report).

    A file that breaks off is taken up again, by the same command if need be. What is there already is not
    fetched twice. manifest.json in the folder says what came from where and when, with its SHA-256.
    """
    choice = choose(kind, periods)
    for period in choice.unlisted:
        click.echo(f"{period} is not in the list of {kind} files.", err=True)
    folder = Folder(to)
    if is_list:
        _show_list(kind, look_at(choice.addresses, folder, read_manifest(folder.manifest), base), as_json)
        return
    with lock(folder):
        items = look_at(choice.addresses, folder, read_manifest(folder.manifest), base, thorough=again)
        _announce(kind, items, folder, again)
        with _watching(items, again) as watch:
            patience = Patience(timeout=timeout)
            outcomes = _fetch_or_stop(items, folder, watch, patience, workers, again)
    _show_outcomes(kind, outcomes, folder, as_json)


def _fetch_or_stop(
    items: Sequence[Item], folder: Folder, watch: Watch, patience: Patience, workers: int, again: bool
) -> tuple[Outcome, ...]:
    try:
        return fetch(
            items, folder, read_manifest(folder.manifest), watch, lambda: datetime.now(UTC), patience, workers, again
        )
    except KeyboardInterrupt:
        click.echo(
            "Stopped. What has arrived is kept: run the same command again, and it goes on from there.", err=True
        )
        sys.exit(130)


def _announce(kind: str, items: Sequence[Item], folder: Folder, again: bool) -> None:
    wanted = [item for item in items if again or not item.is_here]
    here = len(items) - len(wanted)
    also = f", {here} already there" if here else ""
    click.echo(f"{len(items)} {kind} file{_s(items)}{also}: fetching {len(wanted)} into {folder.root}.", err=True)


def _show_list(kind: str, items: Sequence[Item], as_json: bool) -> None:
    if as_json:
        print_json([{**asdict(item.address), "asked_address": item.url, "state": item.state} for item in items])
        return
    rows = tuple((item.address.period, STATES[item.state], item.url) for item in items)
    missing = sum(not item.is_here for item in items)
    notes = (f"{missing} to fetch. Licence: {LICENCE}, {ATTRIBUTION}.", ADDRESSES_FROM)
    title = f"{len(items)} {kind} file{_s(items)}"
    print_tables([Table("fetch", title, ("Period", "There", "Address"), rows, notes)])


def _show_outcomes(kind: str, outcomes: Sequence[Outcome], folder: Folder, as_json: bool) -> None:
    if as_json:
        print_json([_plain(one) for one in outcomes])
    else:
        print_tables([_table(kind, outcomes, folder)])
    failures = [one.failure for one in outcomes if one.failure]
    if failures:
        rest = len(outcomes) - len(failures)
        raise CannotFetch(
            f"{len(failures)} of {len(outcomes)} files could not be fetched; {rest} {'is' if rest == 1 else 'are'} "
            f"in {folder.root}. No figure of what is missing will be in an audit.\n{tell_failures(failures)}"
        )


def _table(kind: str, outcomes: Sequence[Outcome], folder: Folder) -> Table:
    rows = tuple(_row(one) for one in outcomes)
    is_any = any(one.fetched for one in outcomes)
    notes = [f"Licence: {LICENCE}, {ATTRIBUTION}. {folder.manifest} says what came from where."] if is_any else []
    closed = [one.fetched.folder for one in outcomes if one.fetched and one.fetched.archive == "closed"]
    if closed:
        notes.append(_CLOSED.format(n=len(closed), where=", ".join(closed)))
    title = f"{len(outcomes)} {kind} file{_s(outcomes)} in {folder.root}"
    return Table("fetch", title, ("Period", "What happened", "Size", "Files", "SHA-256"), rows, tuple(notes))


def _row(one: Outcome) -> tuple[str, ...]:
    fetched, period = one.fetched, one.item.address.period
    if fetched is None:
        return (period, _SAID[one.what], "", "", "")
    return (period, _SAID[one.what], _size(fetched.bytes), str(len(fetched.files)), fetched.sha256[:12])


def _plain(one: Outcome) -> dict:
    return {
        "kind": one.item.address.kind,
        "period": one.item.address.period,
        "what": one.what,
        "release": asdict(one.fetched) if one.fetched else None,
        "failure": asdict(one.failure) if one.failure else None,
    }


def _s(things: Sequence[object]) -> str:
    return "" if len(things) == 1 else "s"


def _size(size: int) -> str:
    """A number of bytes in words.

    >>> _size(900), _size(12_345_678)
    ('900 bytes', '12.3 MB')
    """
    return f"{size:,} bytes" if size < 10_000 else f"{size / 1e6:,.1f} MB"


class _Lines:
    """One line for each file that is done with. What is on its way is not told."""

    def advanced(self, item: Item, size: int, total: int | None) -> None:
        """Nothing is said on the way."""

    def ended(self, outcome: Outcome) -> None:
        """Say what became of one file."""
        click.echo(f"{outcome.item.address.period}: {_ending(outcome)}", err=True)


class _Bars:
    """A bar for each file on its way, and one for all."""

    def __init__(self, progress: Progress, number: int):
        self._progress = progress
        self._number, self._done = number, 0
        self._all = progress.add_task("files", total=number, said=f"0 of {number}")
        self._bars: dict[Item, TaskID] = {}

    def advanced(self, item: Item, size: int, total: int | None) -> None:
        """Move the bar of one file."""
        if item not in self._bars:
            self._bars[item] = self._progress.add_task(item.address.period, total=total, said="")
        self._progress.update(self._bars[item], completed=size, total=total, said=_size(size))

    def ended(self, outcome: Outcome) -> None:
        """Take its bar away, and say what became of it."""
        if outcome.item in self._bars:
            self._progress.remove_task(self._bars.pop(outcome.item))
        self._progress.console.print(f"{outcome.item.address.period}: {_ending(outcome)}", markup=False)
        self._done += 1
        self._progress.update(self._all, completed=self._done, said=f"{self._done} of {self._number}")


def _ending(outcome: Outcome) -> str:
    return outcome.failure.what if outcome.failure else _SAID[outcome.what]


@contextmanager
def _watching(items: Sequence[Item], again: bool) -> Iterator[Watch]:
    console = make_console(stderr=True)
    number = len([item for item in items if again or not item.is_here])
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[said]}"))
    with Progress(*columns, console=console, transient=True) as progress:
        yield _Bars(progress, number)
