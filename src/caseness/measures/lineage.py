"""What a measure reads: the columns of its grain, and the official item codes for which they stand."""

from __future__ import annotations

from caseness.measures.algebra import COUNT, PERCENTAGE, Measure, Part
from caseness.measures.breakdown import Variable
from caseness.measures.catalogue import MONTH, all_official
from caseness.measures.columns import (
    ATTRIBUTE_UIDS,
    EMPLOYMENT,
    PATHWAY,
    PATHWAYS,
    UIDS,
    USED_IN_MONTH,
    USED_IN_QUARTER,
)


def columns_read(measure: Measure) -> tuple[str, ...]:
    """The columns that it reads, each as grain and name.

    >>> from caseness.measures.catalogue import find_measure
    >>> columns_read(find_measure("M031"))
    ('referral.first_session_date',)
    """
    read = [f"{part.on.grain}.{name}" for part in measure.parts for name in part.columns]
    return tuple(dict.fromkeys(read))


def uids_read(measure: Measure) -> frozenset[str]:
    """The official item codes of all that it reads, with those of the row that stands for a pathway.

    >>> from caseness.measures.catalogue import find_measure
    >>> sorted(uids_read(find_measure("M031")))
    ['I101D12', 'I101D14', 'I101D25']
    """
    read = {uid for part in measure.parts for uid in _of_part(part)}
    # An employment row is of a person, and of no pathway.
    flag = set() if measure.clock.grain == EMPLOYMENT else {_flag(measure)}
    return frozenset(read | flag | ({PATHWAY} if _counts_pathways(measure) else set()))


def _of_part(part: Part) -> tuple[str, ...]:
    known = UIDS[part.on.grain]
    return (*part.uids, *(uid for name in part.columns for uid in known[name]))


# What is published by quarter alone is defined on the row that stands for a pathway in the quarter.
def _flag(measure: Measure) -> str:
    return USED_IN_MONTH if MONTH in all_official()[measure.id].kinds else USED_IN_QUARTER


# A sum or a mean over pathways reads the number, and not which pathway has it.
def _counts_pathways(measure: Measure) -> bool:
    counts = measure.statistic in (COUNT, PERCENTAGE) and all(part.number is None for part in measure.parts)
    return counts and all(part.on.grain in PATHWAYS for part in measure.parts)


def uids_of_variable(variable: Variable) -> frozenset[str]:
    """The official item codes of all that a variable reads.

    >>> from caseness.measures.variables import find_variable
    >>> sorted(uids_of_variable(find_variable("V012")))
    ['I101D19', 'I101D20', 'I101D53']
    """
    return frozenset(uid for name in variable.columns for uid in ATTRIBUTE_UIDS.get(name, ()))
