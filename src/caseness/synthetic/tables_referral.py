"""The rows of referrals: how each began and ended, what interrupted it, and what it was for."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.appointments import (
    AFTER_ONE,
    AGREED,
    DIED,
    NEVER_CAME,
    RECOVERED_EARLY,
    SERVICE_ENDED,
    STILL_OPEN,
)
from caseness.synthetic.beside_treatment import beside
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.cohort import NEVER_SEEN
from caseness.synthetic.columns import BLANK, Coded, Days, Same, Times
from caseness.synthetic.frames import NEVER, Frame
from caseness.synthetic.identifiers import patient_ids, referral_ids
from caseness.synthetic.tables_person import codes_of
from caseness.synthetic.world import pick

END_CODES = codes_of("EndCode")
_CONDITIONS = codes_of("LongTermCondition")
_NO_CONDITION = _CONDITIONS.index("748031000000103")
# Codes that say that the person was referred on.
_REFERRED_ON = ("11", "13")


def referral_frames(chunk: Chunk, rng: np.random.Generator) -> list[Frame]:
    """Every table that hangs on the referral, but contacts, logs and scores."""
    codes = draw_end_codes(chunk, rng)
    late = (chunk.closes != NEVER) & (rng.random(chunk.cohort.size) < chunk.plan.world.behaviour.late_share)
    return [
        _referral(chunk, codes, late, rng),
        _onward(chunk, codes, rng),
        _pauses(chunk, rng),
        _conditions(chunk, rng),
        _problems(chunk, rng),
        _clusters(chunk, rng),
    ]


def draw_end_codes(chunk: Chunk, rng: np.random.Generator) -> np.ndarray:
    """The code that the record gives for each ending, as a place among END_CODES. It is not always the true reason."""
    reason, choices = chunk.reason, chunk.plan.world.end_codes
    codes = np.full(len(reason), -1)
    once = (reason == AFTER_ONE) | ((chunk.endings.sessions == 1) & (reason != STILL_OPEN))
    for chosen, name in ((reason == NEVER_CAME, "before"), (once, "once")):
        places = np.array([END_CODES.index(code) for code in choices[name].codes])
        codes[chosen] = places[choices[name].draw(int(chosen.sum()), rng)]
    codes[_is(reason, AGREED, RECOVERED_EARLY)] = END_CODES.index("46")
    left = ~once & ~_is(reason, STILL_OPEN, NEVER_CAME, AGREED, RECOVERED_EARLY)
    codes[left] = END_CODES.index("47")
    codes[left & (reason == SERVICE_ENDED)] = END_CODES.index("48")
    uniform = rng.random(len(reason))
    treated = left | _is(reason, AGREED, RECOVERED_EARLY)
    # Some who left are written down as completed, and of some nothing is known.
    codes[left & (uniform < 0.06)] = END_CODES.index("46")
    codes[treated & (uniform > 1 - chunk.plan.world.end_codes["finished"].chances[_place(chunk, "96")])] = (
        END_CODES.index("96")
    )
    codes[reason == DIED] = END_CODES.index("49")
    return codes.astype(np.int8)


def _place(chunk: Chunk, code: str) -> int:
    return chunk.plan.world.end_codes["finished"].codes.index(code)


def _is(reason: np.ndarray, *which: int) -> np.ndarray:
    return np.isin(reason, which)


def _referral(chunk: Chunk, codes: np.ndarray, late: np.ndarray, rng: np.random.Generator) -> Frame:
    size, cohort = chunk.cohort.size, chunk.cohort
    rows = np.arange(size)
    onset, months = _onset(chunk, rng)
    diagnosed = pick(np.array([0.3, 0.5, 0.15, 0.05]), rng.random(size)).astype(np.int8)
    columns = {
        "ServiceRequestId": referral_ids(chunk, rows),
        "LocalPatientId": patient_ids(chunk, cohort.person),
        "OrgIDComm": Coded(chunk.people.commissioner[cohort.person], chunk.plan.providers.commissioners),
        "ReferralRequestReceivedDate": Days(cohort.received),
        "SourceOfReferralIAPT": Coded(cohort.source, chunk.plan.world.source.codes),
        "OnsetDate": Coded(onset, months),
        "PrevDiagCondInd": Coded(diagnosed, codes_of("PrevDiagCondInd")),
        "EndCode": Coded(codes, END_CODES),
        "ServDischDate": Days(np.where(chunk.closes == NEVER, BLANK, chunk.endings.day)),
    }
    closing = frozenset({"EndCode", "ServDischDate"})
    return Frame("IDS101Referral", columns, chunk.provider, chunk.first, chunk.last, closing, chunk.closes, late)


# Some years before the referral, never before the person was five.
def _onset(chunk: Chunk, rng: np.random.Generator) -> tuple[np.ndarray, list[str]]:
    years = np.minimum(rng.gamma(0.8, 4.0, chunk.cohort.size), 30)
    age = chunk.people.age[chunk.cohort.person]
    back = np.round(12 * np.minimum(years, age - 5)).astype(int)
    first = chunk.plan.months.begin(0)
    latest = first.year * 12 + first.month - 1 + chunk.first
    earliest = first.year * 12 - 12 * 31
    place = np.maximum(latest - back - earliest, 0)
    names = [f"{number // 12}-{number % 12 + 1:02}" for number in range(earliest, latest.max(initial=earliest) + 1)]
    return np.where(rng.random(len(place)) < 0.7, place, -1).astype(np.int16), names


def _own_month(chunk: Chunk, table_id: str, rows: np.ndarray, day: np.ndarray, columns: dict) -> Frame:
    month = chunk.plan.months.of(day)
    return Frame(table_id, columns, chunk.provider[rows], month, month)


def _onward(chunk: Chunk, codes: np.ndarray, rng: np.random.Generator) -> Frame:
    on = [END_CODES.index(code) for code in _REFERRED_ON]
    rows = np.flatnonzero((chunk.closes != NEVER) & np.isin(codes, on))
    day = chunk.endings.day[rows]
    reasons = codes_of("OnwardReferReason")
    columns = {
        "ServiceRequestId": referral_ids(chunk, rows),
        "OnwardReferDate": Days(day),
        "OnwardReferTime": Times(rng.integers(9, 17, len(rows)) * 3600),
        "OnwardReferReason": Coded(rng.integers(0, 6, len(rows)).astype(np.int8), reasons),
        "OrgIDReceiving": Coded(
            rng.integers(0, 20, len(rows)).astype(np.int8), [f"ZV{place:02}" for place in range(20)]
        ),
    }
    return _own_month(chunk, "IDS105OnwardReferral", rows, day, columns)


# A pause lies in the wait for the first appointment.
def _pauses(chunk: Chunk, rng: np.random.Generator) -> Frame:
    cohort, months = chunk.cohort, chunk.plan.months
    wait = cohort.first_day - cohort.received
    rows = np.flatnonzero((cohort.kind != NEVER_SEEN) & (wait > 14) & (rng.random(cohort.size) < 0.02))
    start = cohort.received[rows] + 3
    end = start + np.maximum(3, wait[rows] // 2)
    rows, start, end = (each[start < months.end] for each in (rows, start, end))
    closes = months.of(end)
    closes = np.where(closes >= months.count, NEVER, closes)
    last = np.where(closes == NEVER, chunk.last[rows], np.minimum(closes, chunk.last[rows]))
    columns = {
        "PauseID": Same("1"),
        "ServiceRequestId": referral_ids(chunk, rows),
        "PauseStartDate": Days(start),
        "PauseEndDate": Days(np.where(closes == NEVER, BLANK, end)),
        "PauseReason": Coded(rng.integers(0, 3, len(rows)).astype(np.int8), codes_of("PauseReason")),
    }
    first = months.of(start)
    return Frame(
        "IDS108WaitingTimePauses", columns, chunk.provider[rows], first, last, frozenset({"PauseEndDate"}), closes
    )


def _conditions(chunk: Chunk, rng: np.random.Generator) -> Frame:
    has_condition = chunk.people.has_condition[chunk.cohort.person]
    asked = chunk.endings.sessions >= 1
    chance = np.where(has_condition, beside()["condition_told"], beside()["no_condition_told"])
    rows = np.flatnonzero(asked & (rng.random(chunk.cohort.size) < chance))
    has = has_condition[rows]
    kind = np.where(has, rng.integers(0, _NO_CONDITION, len(rows)), _NO_CONDITION).astype(np.int8)
    columns = {
        "ServiceRequestId": referral_ids(chunk, rows),
        "FindSchemeInUse": Same("04"),
        "LongTermCondition": Coded(kind, _CONDITIONS),
    }
    return Frame("IDS602LongTermCondition", columns, chunk.provider[rows], chunk.first[rows], chunk.last[rows])


def _problems(chunk: Chunk, rng: np.random.Generator) -> Frame:
    world, cohort = chunk.plan.world, chunk.cohort
    finished = chunk.endings.sessions >= 2
    unnamed = np.where(finished, world.unnamed_when_finished, world.unnamed_otherwise)
    named = (rng.random(cohort.size) >= unnamed) & (cohort.first_day < chunk.plan.months.end)
    day = np.minimum(cohort.first_day, chunk.endings.day)
    primary = np.flatnonzero(named)
    other = rng.integers(0, len(world.problems), cohort.size)
    secondary = np.flatnonzero(named & (rng.random(cohort.size) < 0.12) & (other != cohort.problem))
    rows = np.concatenate([primary, secondary])
    problem = np.concatenate([cohort.problem[primary], other[secondary]]).astype(np.int8)
    significance = np.concatenate([np.zeros(len(primary)), np.ones(len(secondary))]).astype(np.int8)
    schemes = np.array([int(each.scheme == "04") for each in world.problems], np.int8)
    columns = {
        "ServiceRequestId": referral_ids(chunk, rows),
        "FindSchemeInUse": Coded(schemes[problem], ("01", "04")),
        "PresComp": Coded(problem, [each.code for each in world.problems]),
        "PresCompCodSig": Coded(significance, ("1", "2")),
        "PresCompDate": Days(day[rows]),
    }
    first = np.maximum(chunk.first[rows], chunk.plan.months.of(day[rows]))
    return Frame("IDS603PresentingComplaints", columns, chunk.provider[rows], first, chunk.last[rows])


def _clusters(chunk: Chunk, rng: np.random.Generator) -> Frame:
    cohort, months = chunk.cohort, chunk.plan.months
    start = np.minimum(cohort.first_day, chunk.endings.day)
    has = (chunk.endings.sessions >= 1) & (rng.random(cohort.size) < 0.15)
    rows = np.flatnonzero(has & (start < months.end))
    kind = pick(np.array([0.3, 0.3, 0.28, 0.12]), rng.random(len(rows))).astype(np.int8)
    columns = {
        "LocalPatientId": patient_ids(chunk, cohort.person[rows]),
        "AMHCareClustCodeFin": Coded(kind, ("01", "02", "03", "04")),
        "StartDateCareClust": Days(start[rows]),
        "StartTimeCareClust": Times(np.full(len(rows), 9 * 3600)),
        "EndDateCareClust": Days(np.where(chunk.closes[rows] == NEVER, BLANK, chunk.endings.day[rows])),
    }
    first = np.maximum(chunk.first[rows], months.of(start[rows]))
    return Frame(
        "IDS803CareCluster",
        columns,
        chunk.provider[rows],
        first,
        chunk.last[rows],
        frozenset({"EndDateCareClust"}),
        chunk.closes[rows],
    )
