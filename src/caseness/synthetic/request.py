"""What is asked for: how many referrals, over which months, in which shape, and with how many planted errors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from caseness.errors import BadRequest

NATIONAL, SERVICE, PRACTICE = "national", "service", "practice"
SHAPES = (NATIONAL, SERVICE, PRACTICE)
FIRST_MONTH = date(2024, 4, 1)
# The data set's version 2.1 begins here, and only that version is made.
_EARLIEST = date(2022, 4, 1)
MOST_REFERRALS, MOST_MONTHS = 5_000_000, 120
MOST_LEAD_IN = 24
_NATIONAL_LEAD_IN = 12
ERROR_RATE = 0.001


@dataclass(frozen=True)
class Request:
    """A record to be made up. Referrals are received over the months; the record ends with the last of them.

    Months of `lead_in` go before: their referrals are made up too, and are in the record as far as they are still open.
    `error_rate` is the share of eligible rows that get one planted error of each kind.

    Raises
    ------
    BadRequest
        If a number is out of bounds, or the shape is not known.

    Examples
    --------
    >>> Request(referrals=1000, months=12, seed=1).shape
    'national'
    >>> Request(referrals=0, months=12, seed=1)
    Traceback (most recent call last):
    ...
    caseness.errors.BadRequest: 0 referrals were asked for. Ask for 1 to 5,000,000. Nothing was written.
    """

    referrals: int
    months: int
    seed: int
    shape: str = NATIONAL
    first_month: date = FIRST_MONTH
    error_rate: float = ERROR_RATE
    lead_in: int = 0

    @property
    def total(self) -> int:
        """Referrals in all: those of the months, and as many for each month of the lead-in."""
        return round(self.referrals * (self.months + self.lead_in) / self.months)

    def __post_init__(self) -> None:
        _require_between(self.referrals, 1, MOST_REFERRALS, "referrals were asked for")
        _require_between(self.months, 1, MOST_MONTHS, "months were asked for")
        _require(
            0 <= self.lead_in <= MOST_LEAD_IN,
            f"A lead-in of {self.lead_in} months was asked for. Ask for 0 to {MOST_LEAD_IN}.",
        )
        _require(self.seed >= 0, f"The seed is {self.seed}. Give a whole number from 0.")
        _require(self.shape in SHAPES, f"There is no shape {self.shape!r}. Choose one of {', '.join(SHAPES)}.")
        _require(
            self.first_month.day == 1 and self.first_month >= _EARLIEST,
            f"The first month is to begin on {self.first_month}. Give the first day of a month from {_EARLIEST} on.",
        )
        _require(
            0 <= self.error_rate <= 0.1, f"The rate of planted errors is {self.error_rate}. Give a share from 0 to 0.1."
        )


def usual_lead_in(shape: str) -> int:
    """Months before the first whose open referrals are in a record, where none are asked for.

    A country always has people in treatment, so a year of it holds the contacts of those who were referred before. A
    service or a practice begins empty, so that every referral of a tutorial is there from its first day.

    Examples
    --------
    >>> usual_lead_in("national"), usual_lead_in("service")
    (12, 0)
    """
    return _NATIONAL_LEAD_IN if shape == NATIONAL else 0


def _require_between(value: int, low: int, high: int, what: str) -> None:
    _require(low <= value <= high, f"{value:,} {what}. Ask for {low:,} to {high:,}.")


def _require(is_true: bool, otherwise: str) -> None:
    if not is_true:
        raise BadRequest(f"{otherwise} Nothing was written.")
