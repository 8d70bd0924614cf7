"""A whole record: every chunk drawn and written, what is shared, and the manifest beside it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import StringIO
from multiprocessing import get_context
from pathlib import Path

import caseness
from caseness.errors import BadRequest, CannotWrite
from caseness.synthetic.appointments import join_appointments
from caseness.synthetic.chunk import CHUNK, Plan, make_chunk
from caseness.synthetic.employment_support import find_support
from caseness.synthetic.england import england
from caseness.synthetic.extras import add_extras
from caseness.synthetic.follow_ups import later_follow_ups, send_again
from caseness.synthetic.frames import Frame
from caseness.synthetic.identifiers import all_postcodes
from caseness.synthetic.months import Months
from caseness.synthetic.planting import KINDS, Kind, plant_errors
from caseness.synthetic.practice import write_practice_sheet
from caseness.synthetic.providers import make_providers
from caseness.synthetic.request import PRACTICE, SERVICE, Request
from caseness.synthetic.streams import stream
from caseness.synthetic.tables_contact import contact_frames, lay_out_contacts
from caseness.synthetic.tables_own import own_frames, own_tables_stream
from caseness.synthetic.tables_person import person_frames
from caseness.synthetic.tables_referral import referral_frames
from caseness.synthetic.tables_score import score_frames
from caseness.synthetic.tables_shared import write_shared
from caseness.synthetic.therapist_changes import change_therapists
from caseness.synthetic.truth import write_truth
from caseness.synthetic.world import World
from caseness.synthetic.writing import SAYS, Tally, write_frames

MANIFEST = "synthetic.json"
POSTCODES = "postcodes.csv"
PRACTICE_SHEET = "practice-sheet.csv"


@dataclass(frozen=True, eq=False)
class Made:
    """What was made: where, how many rows of each table, and how many errors of each kind were planted."""

    folder: Path
    rows: Mapping[str, int]
    planted: Mapping[str, int]
    planted_rows: Mapping[str, int]
    providers: int


def synthesise(
    request: Request,
    to: Path,
    truth: Path | None = None,
    workers: int = 1,
    world: World | None = None,
    chunk_size: int = CHUNK,
) -> Made:
    """Make up a record and write it. The same request gives the same bytes, however many work on it.

    Parameters
    ----------
    request : what is asked for
    to : a folder that is not there yet, or empty
    truth : a folder for the truth, outside the record, or None
    workers : how many processes work on it
    world : what is drawn from; without it, England
    chunk_size : referrals drawn at once. It is part of what is asked for: another size gives another record

    Raises
    ------
    BadRequest
        If the truth would lie inside the record, or the record inside the truth.
    CannotWrite
        If a folder is there and not empty, or cannot be written.
    """
    _require_apart(to, truth)
    for folder in filter(None, (to, truth)):
        _require_empty(folder)
    plan = make_plan(request, world or england(), chunk_size)
    tally = Tally()
    for part in _work(partial(write_chunk, plan, to, truth), plan.chunks, workers):
        tally.add(part)
    tally.add(write_shared(plan, tally.providers, to))
    providers = len(set().union(*tally.providers.values()))
    made = Made(to, dict(sorted(tally.rows.items())), tally.planted, tally.planted_rows, providers)
    _write_beside(plan, made, to)
    return made


def make_plan(request: Request, world: World, chunk_size: int = CHUNK) -> Plan:
    """What all chunks of a record share."""
    shown = Months(request.first_month, request.months)
    months = Months(shown.begin(-request.lead_in), request.months + request.lead_in)
    return Plan(request, world, make_providers(request, world), months, chunk_size)


def draw_frames(plan: Plan, number: int) -> tuple:
    """One chunk, and its rows of every table, with errors planted."""
    seed = plan.request.seed
    tables, aside = stream(seed, "tables", number), stream(seed, "beside", number)
    chunk = change_therapists(make_chunk(plan, number), aside)
    rows = join_appointments([add_extras(chunk, tables), later_follow_ups(chunk, aside)])
    contacts = lay_out_contacts(chunk, rows, tables)
    found = [
        *person_frames(chunk, find_support(chunk, rows, aside), tables),
        *referral_frames(chunk, tables),
        *contact_frames(chunk, contacts, tables),
        *score_frames(chunk, contacts, stream(seed, "scores", number)),
    ]
    frames: dict[str, Frame] = {frame.table_id: frame for frame in found}
    if plan.request.shape == SERVICE:
        frames |= {frame.table_id: frame for frame in own_frames(chunk, contacts, frames, own_tables_stream(chunk))}
    plant_errors(chunk, frames, stream(seed, "planting", number))
    send_again(chunk, rows, frames)
    return chunk, contacts, frames


def write_chunk(plan: Plan, to: Path, truth: Path | None, number: int) -> Tally:
    """Draw one chunk and write it, with its truth where that is wanted."""
    chunk, contacts, frames = draw_frames(plan, number)
    part = f"_part-{number + 1:04}" if plan.chunks > 1 else ""
    tally = write_frames(plan, frames, to, part)
    if truth is not None:
        write_truth(chunk, frames, truth, part)
    if plan.request.shape == PRACTICE:
        write_practice_sheet(chunk, contacts, to / f"{Path(PRACTICE_SHEET).stem}{part}.csv")
    return tally


# A process of its own starts from nothing, so that it inherits no threads and no state.
def _work(write: Callable[[int], Tally], chunks: int, workers: int) -> list[Tally]:
    if min(chunks, workers) == 1:
        return [write(number) for number in range(chunks)]
    with ProcessPoolExecutor(min(chunks, workers), mp_context=get_context("spawn")) as pool:
        return list(pool.map(write, range(chunks)))


def _require_apart(to: Path, truth: Path | None) -> None:
    if truth is None:
        return
    record, other = to.resolve(), truth.resolve()
    if other.is_relative_to(record) or record.is_relative_to(other):
        raise BadRequest(
            f"The truth would be written to {truth}, and the record to {to}: one lies inside the other. Whoever is given the "
            "record must not find the truth in it. Nothing was written. Choose two folders side by side."
        )


def _require_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotWrite(
            f"{folder} is there and is not an empty folder, so a record would mix with what it holds. Nothing was written. "
            "Choose another folder, or empty this one."
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise CannotWrite(
            f"{folder} cannot be made: {problem.strerror}. Nothing was written. Choose another folder."
        ) from problem


def _write_beside(plan: Plan, made: Made, to: Path) -> None:
    request = plan.request
    content = {
        "synthetic": SAYS,
        "generator": f"caseness {caseness.__version__}",
        "referrals": request.referrals,
        "lead_in": request.lead_in,
        "months": [plan.months.label(request.lead_in), plan.months.label(plan.months.count - 1)],
        "seed": request.seed,
        "shape": request.shape,
        "providers": made.providers,
        "rows": made.rows,
        "error_rate": request.error_rate,
        "planted": [_told(kind, made) for kind in KINDS],
    }
    (to / MANIFEST).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    (to / POSTCODES).write_text(_postcodes(), encoding="utf-8")


def _told(kind: Kind, made: Made) -> dict[str, object]:
    return {
        "kind": kind.name,
        "table": kind.table_id,
        "column": kind.column,
        "rule": kind.rule,
        "says": kind.says,
        "errors": made.planted.get(kind.name, 0),
        "rows": made.planted_rows.get(kind.name, 0),
    }


# The postcodes are made up, so no official lookup knows their deprivation.
def _postcodes() -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("Postcode", "IndicesOfDeprivationDecile", "synthetic"))
    writer.writerows((code, int(code[2:].split()[0]), SAYS) for code in all_postcodes())
    return text.getvalue()
