"""A claim as it was filed, and what the published counts make of it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from caseness.audit.quantity import Quantity
from caseness.periods import Period
from caseness.results import ENGLAND

REPRODUCED = "reproduced"
CONSISTENT = "consistent"
OTHER_DENOMINATOR = "other denominator"
OTHER_NUMERATOR = "other numerator"
CONTRADICTED = "contradicted"
CANNOT_BE_CHECKED = "cannot be checked"

# In the order in which a reader is shown them.
VERDICTS = (REPRODUCED, CONSISTENT, OTHER_DENOMINATOR, OTHER_NUMERATOR, CONTRADICTED, CANNOT_BE_CHECKED)

KINDS = ("count", "share", "ratio", "difference", "rank")
COMPARISONS = ("equals", "at_least", "at_most", "more_than", "less_than", "about")
RANKS = ("lowest", "highest")
CHANGES = ("absolute", "relative")


@dataclass(frozen=True)
class Breakdown:
    """One group of one annual breakdown, in the publisher's own words: Gender, Female."""

    type: str
    group: str


@dataclass(frozen=True)
class Need:
    """A figure that no published count can stand for, and who holds it.

    `held_by` is None where no public body is known to hold it: nobody can then be asked.
    """

    figure: str
    held_by: str | None = None


@dataclass(frozen=True)
class Claim:
    """One claim, in our paraphrase, as its file states it.

    `value`, `low` and `high` keep the decimals that were printed: 50.0 has one, 50 none.
    `since` is the earlier period of a difference (`from` in the file). `line` is where
    the claim begins in its file.
    """

    id: str
    says: str
    source: str
    kind: str
    period: Period
    numerator: str | None = None
    denominator: str | None = None
    value: Decimal | None = None
    compare: str = "equals"
    low: Decimal | None = None
    high: Decimal | None = None
    organisation: str = ENGLAND
    basis: str | None = None
    breakdown: Breakdown | None = None
    since: Period | None = None
    change: str = "absolute"
    rank: str | None = None
    within: int | None = None
    needs: Need | None = None
    line: int | None = None


@dataclass(frozen=True)
class Pair:
    """Two counts whose quotient prints the figure that was claimed."""

    numerator: str
    denominator: str
    basis: str
    figure: Quantity
    distance: int


@dataclass(frozen=True)
class Reading:
    """What one basis makes of a claim. `note` says what it cannot give, or what it gives instead."""

    basis: str
    verdict: str
    figure: Quantity
    note: str = ""


@dataclass(frozen=True)
class Implied:
    """What a claim would mean for a figure that is not published, beside what bounds that figure.

    `low` and `high` follow from the claim and `floor` and `ceiling` from published figures;
    each is None where nothing bounds that side. `unit` is count or percentage.
    """

    label: str
    period: Period
    basis: str
    unit: str
    low: float | None
    high: float | None
    floor: float | None = None
    ceiling: float | None = None


@dataclass(frozen=True)
class Request:
    """A freedom-of-information request, ready to be sent by whoever wants the answer."""

    to: str
    subject: str
    body: str


@dataclass(frozen=True)
class Judgement:
    """A claim, the verdict on it, and everything the verdict rests on.

    Attributes
    ----------
    verdict
        One of `VERDICTS`.
    figure, basis
        Our own figure, and the basis it stands on. No figure where none can be made.
    explanation
        Plain words for a reader: a sentence or a few.
    readings
        What each basis gives, the one that was judged first.
    pairs, pairs_tried, matches_by_chance
        Pairs of counts that print the claimed figure, nearest meaning first; how many
        pairs were tried; and how many would print it by chance.
    implied
        For a claim about a count that is not published: what the claim means for it.
    missing
        What would have to be published to check it. Empty where nothing is missing.
    request
        A freedom-of-information request for what is missing, where somebody holds it.
    """

    claim: Claim
    verdict: str
    figure: Quantity
    basis: str | None
    explanation: str
    readings: tuple[Reading, ...] = ()
    pairs: tuple[Pair, ...] = ()
    pairs_tried: int = 0
    matches_by_chance: float = 0.0
    implied: tuple[Implied, ...] = ()
    missing: str = ""
    request: Request | None = None
