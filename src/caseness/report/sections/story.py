"""Which of an audit's ledgers tells the story, and the words that every part uses for a basis."""

from __future__ import annotations

from types import MappingProxyType

from caseness.audit.denominators import Share
from caseness.audit.ledger import Ledger
from caseness.audit.record import COMPUTED_BASES
from caseness.audit.run import Audit
from caseness.results import ANNUAL, MONTHLY, PRESS, SUMMED

_COMPUTED = {COMPUTED_BASES[ANNUAL]: "Year", COMPUTED_BASES[SUMMED]: "Sum of months", COMPUTED_BASES[MONTHLY]: "Month"}
_SLUGS = {ANNUAL: "annual", SUMMED: "summed", MONTHLY: "monthly", PRESS: "press"}

# Short names that fit the head of a column, and the start of its name in a file.
SHORT = MappingProxyType({ANNUAL: "Annual", SUMMED: "Monthly sum", MONTHLY: "Monthly", PRESS: "Press", **_COMPUTED})
SLUGS = MappingProxyType({**_SLUGS, **{said: _SLUGS[basis] for basis, said in COMPUTED_BASES.items()}})


def main_ledger(audit: Audit) -> Ledger | None:
    """The ledger that the first page is told from: one that begins with all who ended, else the first there is."""
    begins_with_ended = [one for one in audit.ledgers if one.line("ended_referrals").count.is_known]
    return next(iter([*begins_with_ended, *audit.ledgers]), None)


def find_share(audit: Audit, basis: str, numerator: str, denominator: str) -> Share | None:
    """One share of the rates, where there is one."""
    cells = (cell for grid in audit.rates.grids if grid.basis == basis for cell in grid.cells)
    found = (cell for cell in cells if (cell.numerator, cell.denominator) == (numerator, denominator))
    return next((cell for cell in found if cell.share.is_known), None)


def bases_text(bases: list[str]) -> str:
    """Bases as they are named in a citation.

    >>> bases_text(["annual report", "sum of monthly files"])
    'annual report; sum of monthly files'
    """
    return "; ".join(dict.fromkeys(bases))


def name_place(organisation: str, commissioner: str | None) -> str:
    """The code of an organisation, and of the commissioner for whom a figure is counted.

    >>> name_place("X01", "C01"), name_place("X01", None)
    ('X01 for C01', 'X01')
    """
    return f"{organisation} for {commissioner}" if commissioner else organisation
