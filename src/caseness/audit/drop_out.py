"""How many of those treated can have dropped out: bounds, since end codes are not published by number of contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from caseness.audit.quantity import Quantity, nothing, quantity_of
from caseness.audit.terms import floored, share_quantity
from caseness.stats.bounds import Bounded, total

READING = "Ended earlier than planned (fewest), or not known to have ended otherwise (most)"
EXPLANATION = (
    "Fewest: those closed as ended earlier than the professional planned (M344). Most: everyone treated, less those "
    "closed as agreed completion (M066), ended by the service earlier than the patient asked (M341), or dead (M069). "
    "In between lie those whose reason is not known, and those treated but closed with a code for people not seen or "
    "not taken on, with an invalid code, or with none."
)
ASSUMPTION = "Every code of the group taken on was given to somebody who was treated at least once."
READING_WITHOUT = "The same, if codes of those taken on were also given to people never treated"
EXPLANATION_WITHOUT = (
    "Codes of those taken on may have been given to as many people as ended before treatment. Nothing is assumed, and "
    "little is left: published end codes alone do not say how many of those treated dropped out."
)


@dataclass(frozen=True)
class DropOut:
    """The fewest and the most who can have dropped out among those treated, under one reading.

    `reading` says in short what is counted as dropping out, `explanation` in full, `assumption` what must be true for the
    bounds to hold ("" where nothing need be assumed). Where the counts show that the
    assumption is false (`is_contradicted`) there are no bounds under it. Shares are percentages of `treated`.
    """

    id: str
    reading: str
    explanation: str
    assumption: str
    is_contradicted: bool
    treated: Quantity
    lowest: Quantity
    highest: Quantity
    lowest_share: Quantity
    highest_share: Quantity


def bound_drop_out(
    taken_on: Mapping[str, Bounded], otherwise: Sequence[str], left_early: str, treated: Bounded, ended: Bounded
) -> tuple[DropOut, ...]:
    """Bound the drop-out among those treated, with the usual assumption and without any.

    Parameters
    ----------
    taken_on : mapping of figure id to Bounded of one element
        Counts of the end codes of those taken on.
    otherwise : sequence of str
        The ids of those that say for certain that somebody did not drop out.
    left_early : str
        The id of the code that says that somebody did.
    treated, ended : Bounded of one element
        Those treated once or more, and all whose referral ended.

    Examples
    --------
    >>> from caseness.stats.bounds import exact
    >>> codes = {"agreed": exact(40.0), "early": exact(30.0)}
    >>> usual, none = bound_drop_out(codes, ["agreed"], "early", treated=exact(100.0), ended=exact(120.0))
    >>> usual.lowest.value, usual.highest.value, none.lowest.value, none.highest.value
    (30.0, 60.0, 10.0, 80.0)
    """
    ended_otherwise = total([taken_on[name] for name in otherwise])
    untreated = floored(ended - treated)
    left = taken_on[left_early]
    usual = (left, floored(treated - ended_otherwise))
    without = (floored(left - untreated), _smaller(treated, floored(ended - ended_otherwise)))
    is_contradicted = bool((total(list(taken_on.values())).low > treated.high).all())
    said = ("codes as given", READING, EXPLANATION, ASSUMPTION, is_contradicted)
    said_without = ("no assumption", READING_WITHOUT, EXPLANATION_WITHOUT, "", False)
    return (
        DropOut(*said, *_quantities(treated, usual, is_contradicted)),
        DropOut(*said_without, *_quantities(treated, without)),
    )


def _quantities(treated: Bounded, ends: tuple[Bounded, Bounded], is_contradicted: bool = False) -> list[Quantity]:
    if is_contradicted:
        blank = [nothing(unit, "not_applicable") for unit in ("count", "count", "percentage", "percentage")]
        return [quantity_of(treated), *blank]
    return [quantity_of(treated), *map(quantity_of, ends), *(share_quantity(end, treated) for end in ends)]


def _smaller(one: Bounded, other: Bounded) -> Bounded:
    return Bounded(*(np.minimum(getattr(one, end), getattr(other, end)) for end in ("low", "high", "value")))
