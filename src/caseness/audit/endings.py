"""How referrals ended: every end code, what it can and cannot say, and where the codes break.

The sixteen end codes add up to the referrals ended. They are published on their own, never
by number of contacts: how many of those treated once or twice left early can be bounded,
not counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class Ending:
    """One end code.

    `code` is the code that a service enters (None for "invalid" and "none recorded").
    `of_ended` is the percentage of referrals ended. `by_month` runs over `Endings.months`,
    `of_ended_by_month` gives the same as percentages of the referrals ended that month.
    """

    figure_id: str
    code: str | None
    label: str
    group: str
    count: Quantity
    of_ended: Quantity
    by_month: tuple[Quantity, ...]
    of_ended_by_month: tuple[Quantity, ...]


@dataclass(frozen=True)
class EndingGroup:
    """The end codes of one kind, added: not seen, seen but not taken on, taken on, invalid, none recorded."""

    id: str
    label: str
    count: Quantity
    of_ended: Quantity


@dataclass(frozen=True)
class CourseEnd:
    """One way in which those who were taken on ended. `of_treated` is a percentage of all treated (once, or more).

    The codes are not split by number of contacts, so these are not parts of "finished".
    """

    id: str
    label: str
    meaning: str
    figure_ids: tuple[str, ...]
    count: Quantity
    of_treated: Quantity


@dataclass(frozen=True)
class DropOut:
    """The fewest and the most who can have dropped out among those treated, under one reading.

    `reading` says what is counted as dropping out, `assumption` what must be true for the
    bounds to hold ("" where nothing need be assumed). Shares are percentages of `treated`.
    """

    id: str
    reading: str
    assumption: str
    treated: Quantity
    lowest: Quantity
    highest: Quantity
    lowest_share: Quantity
    highest_share: Quantity


@dataclass(frozen=True)
class SeriesBreak:
    """A month from which a published series means something else, so that a chart can mark it."""

    month: Period
    figure_ids: tuple[str, ...]
    note: str
    source: str


@dataclass(frozen=True)
class Endings:
    """How the referrals of one organisation and period ended.

    `remainder` is the referrals ended less all codes. `not_taken_on` is the fewest who were
    treated yet not closed with a code of the group "taken on": treated (once, or more) less
    all those codes. `breaks` are those that touch an end code, whether or not they fall in
    the period. `remarks` are plain sentences for a reader.
    """

    organisation: str
    period: Period
    basis: str
    ended: Quantity
    codes: tuple[Ending, ...]
    groups: tuple[EndingGroup, ...]
    remainder: Quantity
    treated_once: Quantity
    treated: Quantity
    not_taken_on: Quantity
    not_taken_on_share: Quantity
    course_ends: tuple[CourseEnd, ...]
    drop_out: tuple[DropOut, ...]
    months: tuple[Period, ...]
    ended_by_month: tuple[Quantity, ...]
    breaks: tuple[SeriesBreak, ...]
    remarks: tuple[str, ...]
