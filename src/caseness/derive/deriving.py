"""Derive a record: partition by partition, each grain written to Parquet, and all of them scanned together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import ibis
import pyarrow as pa

from caseness import __version__
from caseness.derive import grains
from caseness.derive.assumed import DEFAULT, Options
from caseness.derive.attributes import DECILE_SCHEMA, DECILES
from caseness.derive.grains import Grains
from caseness.derive.plan import Step
from caseness.derive.scores import legal_scores
from caseness.derive.staging import PREFIX, TEAMS, staged
from caseness.derive.steps import Wanted, compiled
from caseness.derive.submissions import OURS, KeptRecord, Partition, counted_submissions, periods_of, share_out
from caseness.engine import DUCKDB, drop, fetch, given_as, hold_text, load, write_text
from caseness.errors import CannotWrite, say_why_not_written
from caseness.read import Submission, mark_of
from caseness.record import SUBMISSION

# So many referral rows are derived at once: a process of less than 3 GiB. More at once is less work, since less is read twice.
ROWS_AT_ONCE = 1_700_000


def derive(
    checked: KeptRecord,
    to: Path | str,
    options: Options = DEFAULT,
    partitions: int | None = None,
    all_columns: bool = False,
    *,
    employment: bool = False,
    breakdowns: bool = False,
    scores: bool = False,
    annual: bool = False,
    deciles: pa.Table | None = None,
    engine: str = DUCKDB,
) -> Grains:
    """Derive the grains of a record that was checked.

    Parameters
    ----------
    checked : what `caseness.check.check` gave
    to : a folder for the grains: empty, absent, or one with grains that are to be replaced
    options : what is chosen for the rules that are assumed
    partitions : how many groups of providers are derived one after the other; None leaves it to the number of rows
    all_columns : whether the wide columns are filled in open referrals too
    employment : whether the grains of employment rows and of employment support are made as well
    breakdowns : whether the grain of attributes, which breakdowns read, is made as well
    scores : whether the grain of scores, each at its session, is made as well
    annual : whether the grains are made as well that only the files of the annual report read; attributes come with them
    deciles : of the grain of attributes, the decile of deprivation of each postcode, as `read_deciles` gives it; None tells none
    engine : what derives, and where the tables then lie (see `caseness.engine.read_engine`)

    Returns
    -------
    Grains
        Tables over the files in `to`. Rows have no order.

    Raises
    ------
    CannotDerive
        If no submission is left to derive from, or one covers more than a month.
    CannotWrite
        If `to` holds something else, or cannot be written to.
    """
    to, submissions, sizes = Path(to), counted_submissions(checked, options), _sizes(checked)
    rows = sum(sizes.get(one.id, 0) for one in submissions)
    parts = share_out(submissions, sizes, partitions or max(1, math.ceil(rows / ROWS_AT_ONCE)))
    mark = mark_of(checked.record.notes)
    wanted = Wanted(options, all_columns, employment, breakdowns, scores, _tells_teams(checked, submissions), annual)
    with _room(to):
        with staged(checked, parts, legal_scores(checked), to, wanted.on_request, wanted.teams, engine) as rows_of:
            for part in parts:
                with rows_of.of(part):
                    _derive_partition(part, compiled(wanted, engine), to, mark, deciles, engine)
        return _finished(to, wanted, submissions, len(parts), mark, deciles is not None, engine)


def _finished(
    to: Path,
    wanted: Wanted,
    submissions: Sequence[Submission],
    partitions: int,
    made_up: str,
    deciles: bool,
    engine: str,
) -> Grains:
    found, periods = grains.scan(to, partitions, wanted.on_request, engine), periods_of(submissions)
    counts = {name: _count(table) for name, table in found.items()}
    told = {
        "version": __version__,
        "partitions": partitions,
        "months": [period.label for period in periods],
        "options": wanted.options.all,
        **{name: getattr(wanted, name) for name in _TOLD},
        "deciles": deciles,
        "submissions": sorted(one.id for one in submissions),
        "rows": counts,
        "made_up": made_up,
    }
    grains.save(to, told)
    given = (wanted.options.all, wanted.all_columns, counts, len(submissions), made_up, deciles)
    return grains.grains_of(to, found, periods, *given)


# What is wanted besides options, in the words of the manifest.
_TOLD = ("all_columns", "employment", "breakdowns", "scores", "annual")


def _derive_partition(
    part: Partition, steps: tuple[Step, ...], to: Path, mark: str, deciles: pa.Table | None, engine: str
) -> None:
    known = DECILE_SCHEMA.empty_table() if deciles is None else deciles
    with given_as({PREFIX + OURS: load(part.table()), PREFIX + DECILES: load(known)}, engine):
        for step in steps:
            if step.is_written:
                write_text(step.query, to / f"{step.name}-{part.number:04}.parquet", mark, engine)
            else:
                hold_text(step.query, step.name, engine)
            drop(step.done, engine)


# Nobody else pays for teams: few records say who was in which.
def _tells_teams(checked: KeptRecord, submissions: Sequence[Submission]) -> bool:
    told = fetch(checked.kept(TEAMS).select(SUBMISSION).distinct())[SUBMISSION].to_pylist()
    return not {one.id for one in submissions}.isdisjoint(told)


def _sizes(checked: KeptRecord) -> Mapping[int, int]:
    rows = checked.kept("IDS101Referral")
    found = fetch(rows.group_by(SUBMISSION).agg(rows=rows.count()))
    return dict(zip(found[SUBMISSION].to_pylist(), found["rows"].to_pylist(), strict=True))


def _count(table: ibis.Table) -> int:
    return fetch(table.agg(rows=table.count()))["rows"][0].as_py()


def require_room(to: Path) -> None:
    """Refuse a folder that grains cannot be derived into. They may be replaced; anything else in it is somebody's, and stays.

    Raises
    ------
    CannotWrite
        If it holds something else than grains, or cannot be looked into.
    """
    try:
        is_taken = to.is_dir() and any(to.iterdir()) and not (to / grains.MANIFEST).is_file()
    except OSError as problem:
        raise _refusal(to, problem) from problem
    if is_taken:
        raise CannotWrite(f"{to} holds something that was not derived. Nothing was written. Choose another folder.")


# Half of the grains are personal data that nothing reads, and for which nobody could derive into the folder again.
@contextmanager
def _room(to: Path) -> Iterator[None]:
    _make_room(to)
    try:
        yield
    except BaseException:
        _clear(to)
        raise


def _make_room(to: Path) -> None:
    require_room(to)
    try:
        to.mkdir(parents=True, exist_ok=True)
        _clear(to)
    except OSError as problem:
        raise _refusal(to, problem) from problem


def _clear(to: Path) -> None:
    for path in (to / grains.MANIFEST, *grains.files_of(to)):
        path.unlink(missing_ok=True)


def _refusal(to: Path, problem: OSError) -> CannotWrite:
    return CannotWrite(f"Nothing could be derived into {to}: {say_why_not_written(problem)}.")
