"""What a disclosure policy leaves out of the audit of a record, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from caseness.disclosure import EXACT, Linkage, Policy

COHORTS, COUNTED_ENDS, NOTES = "cohorts", "counted_ends", "notes"


@dataclass(frozen=True)
class Withheld:
    """Parts of an audit, or figures by their ids, that are not let out, and why."""

    parts: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class LetOut:
    """The policy under which the figures of an audit were let out, for whom, and what is not let out under it."""

    policy: str
    audience: str
    says: str
    withheld: tuple[Withheld, ...] = ()

    @property
    def is_own_use(self) -> bool:
        """Whether everything is exact, and for the service and those who treat alone."""
        return self.policy in EXACT

    def why_not(self, part: str) -> str:
        """Why a part is not let out; empty where it is.

        >>> LetOut("public", "public", "", (Withheld(("cohorts",), "Its counts are exact."),)).why_not("cohorts")
        'Its counts are exact.'
        """
        return next((one.why for one in self.withheld if part in one.parts), "")


def let_out_under(policy: Policy, withheld: Sequence[Withheld] = ()) -> LetOut:
    """A policy as an audit tells of it."""
    return LetOut(policy.id, policy.audience, policy.says, tuple(withheld))


def list_withheld(policy: Policy, linkage: Linkage | None) -> tuple[Withheld, ...]:
    """What an audit of a record leaves out under a policy.

    Parameters
    ----------
    linkage : how the figures hang together, for a policy that lets them out together

    Examples
    --------
    >>> from caseness.disclosure import OWN_USE
    >>> list_withheld(OWN_USE, None)
    ()
    """
    if policy.id in EXACT:
        return ()
    return (*_OF_ROWS, *(_together(linkage) if linkage else ()))


_OF_ROWS = (
    Withheld(
        (COHORTS,),
        "The people referred, followed to what became of them, are counted from rows beside the official measures. How these "
        "counts hang together with the others is not declared, and the policy has no rule for them.",
    ),
    Withheld(
        (COUNTED_ENDS,),
        "End codes by number of treatment contacts are counted from rows beside the official measures, and most are small. "
        "How they hang together with the others is not declared, and the policy has no rule for them.",
    ),
    Withheld((NOTES,), "What was noted when the rows were checked holds exact counts of them."),
)
_YEARS = Withheld(
    ("years",),
    "Counts over whole years are not let out beside those of their months, which add up to them. A year is the sum of its "
    "months as they are shown.",
)
_GROUPS = Withheld(
    ("variation by group",),
    "Figures by age, gender, ethnicity and the like are of several breakdowns, and each adds up to the same totals. One "
    "breakdown at a time is let out by `caseness measures compute --breakdown`.",
)
_CASENESS = Withheld(
    ("at_caseness",),
    "Who was at caseness is counted by no official monthly measure, so how it adds up is not declared.",
)


def _together(linkage: Linkage) -> Iterator[Withheld]:
    yield from (_YEARS, _GROUPS, _CASENESS)
    for held, says in linkage.held_back:
        yield Withheld(held, says)
