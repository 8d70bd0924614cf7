"""What is said of how organisations and groups differ."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Estimate, Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class Point:
    """One organisation in a funnel.

    `score` counts standard errors of chance alone from the centre, `adjusted` those of
    chance and the usual spread together; a negative one lies below. `is_flagged` says
    whether it lies outside the action limits that allow for both. `may_change` says that
    another reading of the rounded counts would answer that differently.
    """

    organisation: str
    name: str
    part: Quantity
    whole: Quantity
    share: Quantity
    score: float
    adjusted: float
    is_flagged_naively: bool
    is_flagged: bool
    may_change: bool
    naive_may_change: bool


@dataclass(frozen=True)
class LeftOut:
    """How many organisations are in a funnel, and why the others are not.

    `listed` = `compared` + `small` + `suppressed` + `contradictory`. Small: a denominator
    below the smallest that is compared. Suppressed: a count was not printed, and leaves the
    share too open. Contradictory: the count exceeds the whole it is a part of. `middled`
    of those compared rest on a suppressed count that leaves little room: its middle is taken.
    """

    listed: int
    compared: int
    small: int
    suppressed: int
    contradictory: int
    middled: int


@dataclass(frozen=True)
class Limits:
    """The limits of a funnel at one size: by chance alone, and allowing for the usual spread. Percentages."""

    size: int
    naive_lower: float
    naive_upper: float
    warning_lower: float
    warning_upper: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Screen:
    """Whether what differs between organisations in one year is worth reading at all.

    `chance_share` is the share of the spread that chance alone would give. `dispersion` is
    1 where chance explains everything. `usual_spread` is the standard deviation between
    organisations beyond chance; `chance_reach` that of chance alone in an organisation of
    the middle `size`. `foretells` is the correlation of an organisation's position with its
    position a year before, over `pairs` organisations that are in both.
    """

    chance_share: Estimate
    raw_dispersion: float
    dispersion: float
    usual_spread: Quantity
    size: Quantity
    chance_reach: Quantity
    previous: Period | None
    foretells: Quantity
    pairs: int
    statement: str


@dataclass(frozen=True)
class Comparison:
    """One measure over all organisations that are large enough.

    `centre` is the share of all compared organisations together. `points` stand in order of
    code and never of rate. So many of them lie outside the action limits of chance alone
    (`flagged_naively`), and of chance and the usual spread together (`flagged`); the `ends` of
    either say how many it could be within the rounding of the counts. `england` and `own` are the rates of
    England and of the organisation that the audit is about. `why_not` says why nothing is
    compared, and is empty where something is.
    """

    id: str
    label: str
    of: str
    basis: str
    note: str
    left_out: LeftOut
    centre: Quantity
    england: Quantity
    own: Quantity
    spread_on_the_scale: float | None
    flagged_naively: int
    flagged: int
    flagged_naively_ends: Quantity
    flagged_ends: Quantity
    points: tuple[Point, ...]
    limits: tuple[Limits, ...]
    screen: Screen | None
    why_not: str = ""

    @property
    def flagged_points(self) -> tuple[Point, ...]:
        """The organisations outside the adjusted limits, in order of code."""
        return tuple(point for point in self.points if point.is_flagged)


@dataclass(frozen=True)
class Selection:
    """Whether organisations that finish fewer of their referrals recover more of those they finish.

    `correlation` is that of reliable recovery with finished over referrals received, over
    `pairs` organisations. `above_one` of them finished more than they received.
    """

    correlation: Quantity
    pairs: int
    above_one: int
    basis: str
    statement: str


@dataclass(frozen=True)
class GroupRate:
    """One rate of one group: `rate` with its interval by chance, and `gap` to everybody together.

    `chance` is how often chance alone would part the group from all the others as far, by
    Holm's steps over every group and measure of all breakdowns together; `differs` whether
    it is below 5 %. Both are None where the group is not compared.
    """

    measure: str
    part: Quantity
    whole: Quantity
    rate: Quantity
    gap: Quantity
    chance: float | None
    differs: bool | None


@dataclass(frozen=True)
class Group:
    """One group of a breakdown. `is_stated` is False for "not stated", which is kept apart."""

    label: str
    is_stated: bool
    rates: tuple[GroupRate, ...]

    def rate(self, measure: str) -> GroupRate | None:
        """One rate of this group, where it was published."""
        return next((one for one in self.rates if one.measure == measure), None)


@dataclass(frozen=True)
class Extremes:
    """The gap between two groups of a breakdown: the ends of an order, or the highest and the lowest.

    `gap` is the first less the second, in percentage points. Where the two were picked for
    their rates, its interval is wide enough for every pair of groups at once.
    """

    measure: str
    first: str
    second: str
    first_rate: Quantity
    second_rate: Quantity
    gap: Quantity
    are_picked: bool


@dataclass(frozen=True)
class Breakdown:
    """Everybody, by one characteristic.

    `overlaps` where a person can be in two groups: the groups are then shown and not
    compared. `not_stated_finished` and `not_stated_referred` say how often it is unknown.
    `notes` say what must be known to read it.
    """

    id: str
    label: str
    overlaps: bool
    groups: tuple[Group, ...]
    extremes: tuple[Extremes, ...]
    not_stated_finished: Quantity
    not_stated_referred: Quantity
    notes: tuple[str, ...]

    def extreme(self, measure: str) -> Extremes | None:
        """The gap between the extreme groups for one measure, where there is one."""
        return next((one for one in self.extremes if one.measure == measure), None)


@dataclass(frozen=True)
class GapYear:
    """The gap between the least and the most deprived tenth in one year, for one measure."""

    period: Period
    measure: str
    least: Quantity
    most: Quantity
    gap: Quantity


@dataclass(frozen=True)
class Gaps:
    """How groups of people differ. `whose` says of whom everybody is: England by its annual report, or a record."""

    period: Period
    whose: str
    basis: str
    whole: Group
    breakdowns: tuple[Breakdown, ...]
    deprivation: tuple[GapYear, ...]
    questions: int
    why_not: str = ""

    def breakdown(self, breakdown_id: str) -> Breakdown | None:
        """One breakdown by its id, where it was published."""
        return next((one for one in self.breakdowns if one.id == breakdown_id), None)


@dataclass(frozen=True)
class DecileYear:
    """The nine deciles of the organisations compared in one year, from the lowest, with England and the subject."""

    period: Period
    organisations: int
    deciles: tuple[Quantity, ...]
    england: Quantity
    own: Quantity


@dataclass(frozen=True)
class Deciles:
    """One measure over time, on one basis."""

    id: str
    label: str
    of: str
    basis: str
    years: tuple[DecileYear, ...]


@dataclass(frozen=True)
class Variation:
    """How organisations and groups differ, beyond chance and beyond what is usual between services.

    `period` is the financial year that is compared, that of the subject. `cautions` are
    plain sentences about what may not be concluded.
    """

    period: Period
    organisation: str
    name: str
    smallest_denominator: Quantity
    warning_limit: Quantity
    action_limit: Quantity
    comparisons: tuple[Comparison, ...]
    selection: Selection | None
    gaps: Gaps
    deciles: tuple[Deciles, ...]
    cautions: tuple[str, ...]

    def comparison(self, comparison_id: str) -> Comparison:
        """One comparison by the id of its measure."""
        return next(one for one in self.comparisons if one.id == comparison_id)
