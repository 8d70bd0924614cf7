"""How near two counts are in meaning, by a declared table, and which pairs make sense at all."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.audit.claims.room import is_part_of
from caseness.audit.counts import COUNTS

TABLE = "nearest.csv"

# Counts that people divide by. Those received or accessing in the period are not those
# whose referral ended in it, but they are used so in public debate.
DENOMINATORS = (
    "referrals_received",
    "ended_referrals",
    "accessing_services",
    "ended_after_treatment",
    "finished_course",
    "judged_for_recovery",
    "at_caseness",
    "paired",
    "appointments",
)
_OTHER_COHORTS = frozenset({"referrals_received", "accessing_services"})
_OF_APPOINTMENTS = frozenset({"appointments", "appointments_attended", "appointments_not_attended"})

# What each count is usually a share of, in the official reports or, where they print no
# such share, the next count up the journey.
_USUAL = MappingProxyType(
    {
        "recovery": "judged_for_recovery",
        "reliable_recovery": "judged_for_recovery",
        "at_caseness": "finished_course",
        "not_at_caseness": "finished_course",
        "judged_for_recovery": "finished_course",
        "paired": "finished_course",
        "reliable_improvement": "finished_course",
        "no_reliable_change": "finished_course",
        "reliable_deterioration": "finished_course",
        "finished_course": "ended_after_treatment",
        "ended_treated_once": "ended_after_treatment",
        "ended_before_treatment": "ended_referrals",
        "ended_after_treatment": "ended_referrals",
        "ended_referrals": "referrals_received",
        "accessing_services": "referrals_received",
        "referrals_received": "ended_referrals",
        "appointments": "finished_course",
        "appointments_attended": "appointments",
        "appointments_not_attended": "appointments",
    }
)


def usual_denominator(numerator: str) -> str:
    """The count that this one is usually divided by."""
    return _USUAL[numerator]


def distance(one: str, other: str) -> int | None:
    """How far apart two counts are in meaning: the shortest way through the declared table.

    None where no way leads from one to the other.

    >>> distance("judged_for_recovery", "at_caseness"), distance("recovery", "appointments")
    (1, None)
    """
    return _distances(one).get(other)


def makes_sense(numerator: str, denominator: str, kind: str) -> bool:
    """Whether people divide one count by the other.

    A share needs a part and its whole, or the counts of a journey and those received or
    beginning in the same period. A plain ratio may also set appointments beside people.

    >>> makes_sense("recovery", "appointments", "ratio"), makes_sense("appointments_attended", "finished_course", "ratio")
    (False, True)
    """
    if numerator == denominator or denominator not in DENOMINATORS or is_part_of(denominator, numerator):
        return False
    if numerator in _OF_APPOINTMENTS:
        return is_part_of(numerator, denominator) or (kind == "ratio" and denominator not in _OF_APPOINTMENTS)
    return is_part_of(numerator, denominator) or denominator in _OTHER_COHORTS


@cache
def _distances(start: str) -> Mapping[str, int]:
    ways = _ways()
    found = {start: 0}
    waiting = [start]
    while waiting:
        here = min(waiting, key=lambda name: found[name])
        waiting.remove(here)
        for other, step in ways[here].items():
            if found[here] + step < found.get(other, 1 << 30):
                found[other] = found[here] + step
                waiting.append(other)
    return MappingProxyType(found)


@cache
def _ways() -> Mapping[str, Mapping[str, int]]:
    ways: dict[str, dict[str, int]] = {name: {} for name in COUNTS}
    table = files("caseness.audit.claims").joinpath(TABLE).read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        ways[row["count"]][row["other"]] = int(row["distance"])
        ways[row["other"]][row["count"]] = int(row["distance"])
    return ways
