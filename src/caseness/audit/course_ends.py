"""The ways in which those who were taken on ended, and the rest of those treated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from caseness.audit.counts import COUNTS
from caseness.audit.quantity import Quantity, quantity_of
from caseness.audit.terms import floored, share_quantity
from caseness.programme import EndCode
from caseness.stats.bounds import Bounded, total

AGREED, LEFT_EARLY, ENDED_BY_SERVICE, DIED = "M066", "M344", "M341", "M069"

# What a code of those taken on says, and what it does not.
MEANINGS = MappingProxyType(
    {
        AGREED: "The client and the professional agreed that treatment was complete.",
        LEFT_EARLY: "Treatment ended before the professional had planned. Nearest to what people call dropping out.",
        ENDED_BY_SERVICE: "The service ended treatment before the patient asked. No drop-out of the client.",
        DIED: "Died after treatment had begun.",
        "M070": "Closed as treated, with the reason not known.",
    }
)
# The two rows that the codes of those taken on leave of those treated.
UNCODED = ("no_reason", "Invalid code, or none recorded", "At most so many of those treated: some were never treated.")
NOT_TAKEN_ON = (
    "not_taken_on",
    "Treated, but closed as not seen or not taken on",
    "At least so many of those treated were closed with a code for people who were not seen, or seen and not taken on.",
)


@dataclass(frozen=True)
class CourseEnd:
    """One way in which those who were taken on ended. `of_treated` is a percentage of all treated (once, or more).

    The codes are not split by number of contacts, so these are not parts of "finished".
    For England they add up to those treated. `id` is a figure id, no_reason or not_taken_on;
    `figure_ids` are those it is made of.
    """

    id: str
    label: str
    meaning: str
    figure_ids: tuple[str, ...]
    count: Quantity
    of_treated: Quantity


def list_course_ends(
    entries: Sequence[EndCode], taken_on: Mapping[str, Bounded], uncoded: Mapping[str, Bounded], treated: Bounded
) -> tuple[CourseEnd, ...]:
    """The codes of those taken on, then the codes that say nothing, then what is left of those treated.

    >>> from caseness.stats.bounds import exact
    >>> agreed = EndCode("Completion, mutually agreed", "taken_on", "46", "M066")
    >>> ends = list_course_ends([agreed], {"M066": exact(40.0)}, {"M072": exact(10.0)}, treated=exact(80.0))
    >>> [(end.id, end.of_treated.value) for end in ends]
    [('M066', 50.0), ('no_reason', 12.5), ('not_taken_on', 37.5)]
    """
    return tuple(
        CourseEnd(name, label, meaning, figure_ids, quantity_of(counted), share_quantity(counted, treated))
        for (name, label, meaning), figure_ids, counted in _rows(entries, taken_on, uncoded, treated)
    )


def least_left_over(treated: Bounded, codes: Mapping[str, Bounded]) -> Bounded:
    """The fewest of those treated who have none of these codes: each may have been given to somebody never treated.

    >>> from caseness.stats.bounds import exact
    >>> least_left_over(exact(100.0), {"M066": exact(40.0), "M344": exact(30.0)}).value
    array([30.])
    """
    return floored(treated - total(list(codes.values())))


def _rows(
    entries: Sequence[EndCode], taken_on: Mapping[str, Bounded], uncoded: Mapping[str, Bounded], treated: Bounded
) -> Iterator[tuple[tuple[str, str, str], tuple[str, ...], Bounded]]:
    for each in entries:
        said = (each.figure_id, each.label, MEANINGS.get(each.figure_id, ""))
        yield said, (each.figure_id,), taken_on[each.figure_id]
    yield UNCODED, tuple(uncoded), total(list(uncoded.values()))
    figure_ids = (*COUNTS["ended_after_treatment"].plus, *taken_on, *uncoded)
    yield NOT_TAKEN_ON, figure_ids, least_left_over(treated, {**taken_on, **uncoded})
