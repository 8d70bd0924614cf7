"""The rows of scores: true levels with measurement error, on the scale of each questionnaire."""

from __future__ import annotations

import numpy as np

from caseness.synthetic.appointments import AGREED, EMPLOYMENT_SUPPORT, FOLLOW_UP, RECOVERED_EARLY
from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import Coded, Days, Times
from caseness.synthetic.england import MEASURES
from caseness.synthetic.frames import NEVER, Frame
from caseness.synthetic.identifiers import activity_ids, referral_ids
from caseness.synthetic.people import EMPLOYED
from caseness.synthetic.scales import WSAS_ITEMS, Scale, scale
from caseness.synthetic.tables_contact import Contacts
from caseness.synthetic.trajectories import error_spread

_PEQ = (
    "747901000000107", "747911000000109", "747921000000103", "747931000000101", "747941000000105", "747951000000108",
)  # fmt: skip
_OWN = tuple(dict.fromkeys(MEASURES.values()))
TOOLS = (scale("phq9").snomed, scale("gad7").snomed, *WSAS_ITEMS, *(scale(each).snomed for each in _OWN), *_PEQ)
_PHQ9, _GAD7, _FIRST_WSAS, _FIRST_OWN = 0, 1, 2, 2 + len(WSAS_ITEMS)
_FIRST_PEQ = _FIRST_OWN + len(_OWN)
# Whole scores stand at their own places, and those with two decimals after them.
_WHOLE = 501
SCORES = (*(str(number) for number in range(_WHOLE)), *(f"{number / 100:.2f}" for number in range(501)))
_NOT_APPLICABLE = 9
# How a person's own items differ from each other, and one answer from the next: assumed, in points of an item.
_ITEM_SPREAD, _ANSWER_SPREAD = 1.0, 0.8
# Where the items stand against their mean at first: those of M213, M218, M223, M228 and M233, means of 2024-25, in points of an
# item and in the order of WSAS_ITEMS.
_ITEM_OFFSETS = (-0.06, -0.12, 0.54, -0.23, -0.13)
# How far the scale stands and moves with both questionnaires, in its standard deviations: the first is assumed, and the second set so
# that the items fall by about a point, as M213 to M235 do. A scale of how one lives moves less than symptoms do.
_WSAS_STANDING, _WSAS_CHANGE = 0.45, 0.23
# Of people out of work, to so many the item on work does not apply: set so that four in five finished courses have it at both ends, as
# in 2024-25 (M212 of M076).
_WORK_DOES_NOT_APPLY = 0.37
_EARLY_SHARE, _EXPERIENCE_SHARE = 0.15, 0.25


def score_frames(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> list[Frame]:
    """The scores of sessions, and those that were given outside them."""
    return [_of_activities(chunk, contacts, rng), _of_referrals(chunk, contacts, rng)]


def observe(level: np.ndarray, one: Scale, spread: float, rng: np.random.Generator) -> np.ndarray:
    """Scores as they are written: the true level, an error in line with reliability, rounded and within the range."""
    told = level + rng.normal(0, error_spread(one.reliability, spread), level.shape)
    factor = 10**one.decimals
    return np.round(np.clip(told, one.low, one.high) * factor).astype(np.int16) + (_WHOLE if one.decimals else 0)


def _of_activities(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> Frame:
    attended = contacts.attended
    rows = contacts.rows.take(attended)
    asked = np.flatnonzero(~np.isin(rows.purpose, (FOLLOW_UP, EMPLOYMENT_SUPPORT)))
    parts = [*_pair(chunk, contacts, attended, asked, rng), *_own(chunk, contacts, attended, asked, rng)]
    parts += _wsas(chunk, contacts, attended, asked, rng)
    activity = np.concatenate([part[0] for part in parts])
    tool = np.concatenate([np.full(len(part[0]), part[1], np.int8) for part in parts])
    value = np.concatenate([part[2] for part in parts])
    order = np.argsort(activity, kind="stable")
    activity, tool, value = activity[order], tool[order], value[order]
    columns = {
        "CareActId": activity_ids(chunk, activity),
        "CodedAssToolType": Coded(tool, TOOLS),
        "PersScore": Coded(value, SCORES),
    }
    month, late = contacts.month[attended][activity], contacts.late[attended][activity]
    provider = chunk.provider[rows.who][activity]
    return Frame("IDS607CodedScoreAssessmentAct", columns, provider, month, month, late=late)


Part = tuple[np.ndarray, int, np.ndarray]


def _spreads(chunk: Chunk, what: str) -> np.ndarray:
    return np.array([getattr(each, what)[1] for each in chunk.plan.world.problems])


def _pair(
    chunk: Chunk, contacts: Contacts, attended: np.ndarray, asked: np.ndarray, rng: np.random.Generator
) -> list[Part]:
    given = asked[rng.random(len(asked)) < chunk.plan.world.behaviour.pair_recorded]
    rows = attended[given]
    phq9 = observe(contacts.rows.depression[rows], scale("phq9"), _spreads(chunk, "phq9").mean(), rng)
    gad7 = observe(contacts.rows.anxiety[rows], scale("gad7"), _spreads(chunk, "gad7").mean(), rng)
    return [(given, _PHQ9, phq9), (given, _GAD7, gad7)]


# The measure of the problem follows anxiety: as many standard deviations above its usual start as the GAD-7.
def _own(
    chunk: Chunk, contacts: Contacts, attended: np.ndarray, asked: np.ndarray, rng: np.random.Generator
) -> list[Part]:
    world, parts = chunk.plan.world, []
    given = asked[rng.random(len(asked)) < world.behaviour.measure_recorded]
    problem = chunk.cohort.problem[contacts.rows.who[attended[given]]]
    for place, each in enumerate(world.problems):
        if not each.measure:
            continue
        chosen = given[problem == place]
        one = scale(each.measure)
        standing = (contacts.rows.anxiety[attended[chosen]] - each.gad7[0]) / each.gad7[1]
        spread = one.spread * each.own_spread
        told = observe(one.mean + one.spread * each.own_start + spread * standing, one, spread, rng)
        parts.append((chosen, _FIRST_OWN + _OWN.index(each.measure), told))
    return parts


def _wsas(
    chunk: Chunk, contacts: Contacts, attended: np.ndarray, asked: np.ndarray, rng: np.random.Generator
) -> list[Part]:
    world, cohort = chunk.plan.world, chunk.cohort
    given = asked[rng.random(len(asked)) < world.behaviour.wsas_recorded]
    who = contacts.rows.who[attended[given]]
    start = np.array([(*each.wsas, *each.phq9, *each.gad7) for each in world.problems])[cohort.problem[who]].T
    now = contacts.rows.depression[attended[given]], contacts.rows.anxiety[attended[given]]
    standing = _standing(cohort.depression[who], cohort.anxiety[who], start)
    change = _standing(*now, start) - standing
    level = (start[0] + start[1] * (_WSAS_STANDING * standing + _WSAS_CHANGE * change)) / len(WSAS_ITEMS)
    own = rng.normal(0, _ITEM_SPREAD, (len(WSAS_ITEMS), cohort.size))
    idle = (chunk.people.employment[cohort.person] != EMPLOYED) & (rng.random(cohort.size) < _WORK_DOES_NOT_APPLY)
    parts = []
    for item in range(len(WSAS_ITEMS)):
        told = level + _ITEM_OFFSETS[item] + own[item][who] + rng.normal(0, _ANSWER_SPREAD, len(who))
        value = np.round(np.clip(told, 0, 8)).astype(np.int16)
        parts.append((given, _FIRST_WSAS + item, np.where(idle[who], _NOT_APPLICABLE, value) if item == 0 else value))
    return [(one, tool, value.astype(np.int16)) for one, tool, value in parts]


# Standard deviations above the usual start, on both questionnaires together.
def _standing(depression: np.ndarray, anxiety: np.ndarray, start: np.ndarray) -> np.ndarray:
    return (depression - start[2]) / start[3] + (anxiety - start[4]) / start[5]


# Some answer between referral and first appointment, and some tell of their experience on the day of the last one.
def _of_referrals(chunk: Chunk, contacts: Contacts, rng: np.random.Generator) -> Frame:
    early, day = _early(chunk, rng)
    behaviour, cohort = chunk.plan.world.behaviour, chunk.cohort
    depression, anxiety = cohort.depression[early], cohort.anxiety[early]
    phq9 = observe(depression, scale("phq9"), _spreads(chunk, "phq9").mean(), rng)
    gad7 = observe(anxiety, scale("gad7"), _spreads(chunk, "gad7").mean(), rng)
    told = np.isin(chunk.reason, (AGREED, RECOVERED_EARLY)) & (chunk.closes != NEVER)
    told = np.flatnonzero(told & (rng.random(cohort.size) < _EXPERIENCE_SHARE))
    answers = rng.choice(5, (len(_PEQ), len(told)), p=(0.02, 0.03, 0.1, 0.3, 0.55))
    who = np.concatenate([early, early, np.tile(told, len(_PEQ))])
    tool = np.repeat(
        (_PHQ9, _GAD7, *(_FIRST_PEQ + place for place in range(len(_PEQ)))),
        (len(early),) * 2 + (len(told),) * len(_PEQ),
    )
    days = np.concatenate([day, day, np.tile(chunk.endings.last_contact[told], len(_PEQ))])
    columns = {
        "ServiceRequestId": referral_ids(chunk, who),
        "CodedAssToolType": Coded(tool.astype(np.int8), TOOLS),
        "PersScore": Coded(np.concatenate([phq9, gad7, answers.ravel()]).astype(np.int16), SCORES),
        "AssToolCompDate": Days(days),
        "AssToolCompTime": Times(np.full(len(who), 7 * 3600)),
    }
    month = chunk.plan.months.of(days)
    late = rng.random(len(who)) < behaviour.late_share
    return Frame("IDS606CodedScoreAssessmentRefer", columns, chunk.provider[who], month, month, late=late)


def _early(chunk: Chunk, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    cohort = chunk.cohort
    wait = cohort.first_day - cohort.received
    early = np.flatnonzero((chunk.endings.sessions >= 1) & (wait >= 4) & (rng.random(cohort.size) < _EARLY_SHARE))
    day = (cohort.received[early] + 1 + rng.random(len(early)) * (wait[early] - 2)).astype(np.int32)
    inside = (day < chunk.plan.months.end) & (day <= chunk.endings.day[early])
    return early[inside], day[inside]
