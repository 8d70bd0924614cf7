"""The same people as a practice outside the NHS would write them down: one sheet of sessions and endings, with CORE-10."""

from __future__ import annotations

import csv
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

import numpy as np

from caseness.synthetic.appointments import (
    ASSESSMENT,
    ASSESSMENT_AND_TREATMENT,
    EMPLOYMENT_SUPPORT,
    FOLLOW_UP,
    REVIEW_AND_TREATMENT,
)
from caseness.synthetic.attendance import ATTEND_CODES, is_attended
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.frames import NEVER
from caseness.synthetic.months import to_day
from caseness.synthetic.scales import scale
from caseness.synthetic.streams import stream
from caseness.synthetic.tables_contact import Contacts
from caseness.synthetic.tables_referral import END_CODES, draw_end_codes
from caseness.synthetic.tables_score import observe

COLUMNS = (
    "row", "client", "date", "therapist", "attended", "type", "medium", "minutes", "funding", "referred", "CORE-10",
    "ending", "decided by",
)  # fmt: skip
_FUNDING = ("SYNTHETIC self", "SYNTHETIC insurer", "SYNTHETIC employer")
# Where first scores of the CORE-10 lie, and how they spread: assumed, about the middle of its range of 0 to 40.
_CORE10_MEAN, _CORE10_SPREAD = 19.0, 7.0
_PLANNED = "46"
_PURPOSES = MappingProxyType(
    {
        ASSESSMENT: "assessment",
        ASSESSMENT_AND_TREATMENT: "assessment and treatment",
        REVIEW_AND_TREATMENT: "review and treatment",
        FOLLOW_UP: "follow-up",
    }
)


def write_practice_sheet(chunk: Chunk, contacts: Contacts, path: Path) -> None:
    """Write sessions and endings as rows of one sheet, in the order of clients and days."""
    rng = stream(chunk.plan.request.seed, "submissions", chunk.number)
    rows = [*_sessions(chunk, contacts, rng), *_endings(chunk, rng)]
    rows.sort(key=lambda row: (row[1], row[2], row[0] == "ending"))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)


def _sessions(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> list[tuple[str, ...]]:
    rows = contacts.rows
    own = np.flatnonzero(rows.purpose != EMPLOYMENT_SUPPORT)
    standing = (rows.depression[own] - 13.9) / 6.0 + (rows.anxiety[own] - 12.7) / 5.2
    scores = observe(_CORE10_MEAN + _CORE10_SPREAD * standing / 2, scale("core10"), _CORE10_SPREAD, rng)
    return [_session(chunk, contacts, int(place), int(score)) for place, score in zip(own, scores, strict=True)]


def _session(chunk: Chunk, contacts: Contacts, place: int, score: int) -> tuple[str, ...]:
    rows = contacts.rows
    who = int(rows.who[place])
    seen = bool(is_attended(rows.attendance[place : place + 1])[0])
    return (
        "session",
        _client(chunk, who),
        _date(chunk, int(rows.day[place])),
        f"S{int(rows.therapist[place]) + 1:06}",
        ATTEND_CODES[rows.attendance[place]],
        _PURPOSES.get(int(rows.purpose[place]), "treatment"),
        "face to face" if seen else "",
        "50" if seen else "",
        _FUNDING[who % len(_FUNDING)],
        _date(chunk, int(chunk.cohort.received[who])),
        str(score) if seen else "",
        "",
        "",
    )


def _endings(chunk: Chunk, rng: np.random.Generator) -> list[tuple[str, ...]]:
    codes = draw_end_codes(chunk, rng)
    came = (chunk.closes != NEVER) & (chunk.endings.sessions >= 1)
    found = []
    for who in np.flatnonzero(came).tolist():
        planned = END_CODES[codes[who]] == _PLANNED
        told = ("planned", "both") if planned else ("unplanned", "client")
        day = _date(chunk, int(chunk.endings.day[who]))
        blank = ("",) * 5
        found.append(
            (
                "ending",
                _client(chunk, who),
                day,
                *blank,
                _FUNDING[who % len(_FUNDING)],
                _received(chunk, who),
                "",
                *told,
            )
        )
    return found


def _received(chunk: Chunk, who: int) -> str:
    return _date(chunk, int(chunk.cohort.received[who]))


def _client(chunk: Chunk, who: int) -> str:
    return f"P{int(chunk.number_of(chunk.cohort.person[who])):010}"


def _date(chunk: Chunk, day: int) -> str:
    first = chunk.plan.months.first
    return str(first + timedelta(days=day - to_day(first)))
