"""The promise that was made for the programme, beside what happened."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Estimate, Quantity
from caseness.periods import Period


@dataclass(frozen=True)
class Step:
    """One step from the cohort to recovery: as promised for the same cohort, and as it happened.

    `promised_share` and `happened_share` are of the step before. `note` says why a number is not there,
    or what it must not be taken for.
    """

    id: str
    label: str
    promised: Quantity
    happened: Quantity
    promised_share: Quantity
    happened_share: Quantity
    promised_of_100: Quantity
    happened_of_100: Quantity
    note: str


@dataclass(frozen=True)
class Term:
    """How many fewer recoveries than promised come from one step. Below nothing: the step did better than promised."""

    id: str
    label: str
    recoveries: Quantity


@dataclass(frozen=True)
class Reading:
    """One reading of the promise: of whom, and what completing means. The terms sum to the shortfall.

    `is_main` marks the reading that the assumptions choose.
    """

    id: str
    label: str
    basis: str
    is_main: bool
    steps: tuple[Step, ...]
    promised: Quantity
    happened: Quantity
    shortfall: Quantity
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Money:
    """One line of the account: as promised, and as it happened, each in the money of its own year."""

    id: str
    label: str
    promised: Quantity
    happened: Quantity | Estimate
    note: str


@dataclass(frozen=True)
class Start:
    """Those of one employment status at the start of treatment who finished: what they were at the end.

    `ends` are counts by status at the end, in the order of `employment.STARTS`, the last one not stated. `employed`
    and `out_of_work` (unemployed or long-term sick) are shares of those whose status at the end is `stated`.
    `least` and `most` are shares of all who finished: none, and all, of the not stated employed. `id` is "" for a
    label that is not known.
    """

    id: str
    label: str
    finished: Quantity
    ends: tuple[Quantity, ...]
    stated: Quantity
    employed: Quantity
    least: Quantity
    most: Quantity
    out_of_work: Quantity


@dataclass(frozen=True)
class Employment:
    """Employment at the end of treatment by employment at the start. No `starts`: no file of it among the releases.

    `out_of_work` adds those who were unemployed to those who were long-term sick, where both are printed under a
    label that is known. `unknown` names every other label; `contradictions` says what does not add up.
    """

    source: str
    year: Period
    starts: tuple[Start, ...]
    out_of_work: Start | None
    unknown: tuple[str, ...]
    contradictions: tuple[str, ...]

    @property
    def in_work(self) -> Start | None:
        """Those who were employed at the start, where they are printed under the label that is known."""
        return next((one for one in self.starts if one.id == "employed"), None)


@dataclass(frozen=True)
class Promise:
    """The promise held against the record of one organisation and period.

    `needed` says which figure would settle what is left open; `why_blank` why there is no reading.
    """

    organisation: str
    period: Period
    readings: tuple[Reading, ...]
    money: tuple[Money, ...]
    off_sick_pay: Quantity
    off_sick_pay_share: Quantity
    employment: Employment
    needed: str
    why_blank: str

    @property
    def main(self) -> Reading | None:
        """The reading that the assumptions choose, where there is one."""
        return next((one for one in self.readings if one.is_main), None)
