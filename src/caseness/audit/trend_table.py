"""Which figures are followed through time, declared in the order in which a reader wants them."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.cube import Cell
from caseness.stats.spc import HIGHER, LOWER, NEUTRAL

_FINISHED = "those who finished a course"


@dataclass(frozen=True)
class Followed:
    """One figure to follow: a count, or one count over another.

    `part` and `whole` are names of counts (`audit.counts.COUNTS`) or sums of figure ids.
    On the annual basis `annual_part` (cells to add) over `annual_whole` replaces them,
    where the annual report counts another group. `per` is 100 for a percentage, 1 for a
    mean. `target` is the rate to which a target is set.
    """

    id: str
    label: str
    better: str
    part: str
    numerator: str
    whole: str = ""
    denominator: str = ""
    annual_part: tuple[Cell, ...] = ()
    annual_whole: Cell | None = None
    target: str = ""
    unit: str = "percentage"
    per: float = 100.0


def _counted(name: str, label: str, better: str = NEUTRAL, part: str = "") -> Followed:
    return Followed(name, label, better, part or name, label[:1].lower() + label[1:], unit="count")


def _bands(wait: str, *bands: str) -> tuple[Cell, ...]:
    return tuple(Cell("M076", wait, band) for band in bands)


_ALL_FINISHED = Cell("M076")

FOLLOWED = (
    Followed("recovery_rate", "Recovery rate", HIGHER, "recovery", "recovered", "judged_for_recovery", "those judged for recovery", target="M192"),
    Followed("reliable_recovery_rate", "Reliable recovery rate", HIGHER, "reliable_recovery", "reliably recovered", "judged_for_recovery", "those judged for recovery", target="M195"),
    Followed("reliable_improvement_rate", "Reliable improvement rate", HIGHER, "reliable_improvement", "reliably improved", "finished_course", _FINISHED, target="M186"),
    Followed("finished_of_treated", "Finished a course, of those treated", HIGHER, "finished_course", "two or more treatments", "ended_after_treatment", "those whose referral ended after treatment"),
    Followed("treated_once_of_ended", "Treated once, of referrals ended", LOWER, "ended_treated_once", "one treatment", "ended_referrals", "referrals ended"),
    Followed("second_over_90_days", "Second treatment after more than 90 days", LOWER, "M047", "more than 90 days after the first", "M184", "second treatments (annual report: those who finished a course)", _bands("First to second treatment", ">90 days"), _ALL_FINISHED),
    Followed("six_weeks", "First treatment within 6 weeks", HIGHER, "M052", "within 6 weeks", "M076", _FINISHED, _bands("Accessing services", "<6 weeks"), _ALL_FINISHED, "M053"),
    Followed("eighteen_weeks", "First treatment within 18 weeks", HIGHER, "M054", "within 18 weeks", "M076", _FINISHED, _bands("Accessing services", "<18 weeks"), _ALL_FINISHED, "M055"),
    Followed("reliable_deterioration_rate", "Reliable deterioration rate", LOWER, "reliable_deterioration", "reliably deteriorated", "finished_course", _FINISHED),
    Followed("no_reliable_change_rate", "No reliable change", LOWER, "no_reliable_change", "no reliable change", "finished_course", _FINISHED),
    Followed("paired_of_finished", "Paired scores, of those who finished", HIGHER, "paired", "paired scores", "finished_course", _FINISHED),
    Followed("before_treatment_of_ended", "Ended before treatment, of referrals ended", NEUTRAL, "ended_before_treatment", "no treatment", "ended_referrals", "referrals ended"),
    Followed("agreed_of_ended", "Ended by agreement, of referrals ended", HIGHER, "M066", "completion mutually agreed", "M056", "referrals ended"),
    Followed("ended_early_of_ended", "Ended earlier than planned, of referrals ended", LOWER, "M344", "ended earlier than the professional planned", "M056", "referrals ended"),
    Followed("no_reason_of_ended", "No reason recorded, of referrals ended", LOWER, "M072", "no reason recorded", "M056", "referrals ended"),
    Followed("not_attended_of_appointments", "Appointments not attended", LOWER, "appointments_not_attended", "not attended without warning", "appointments", "appointments"),
    Followed("mean_appointments", "Mean appointments of those who finished", NEUTRAL, "M089", "treatment appointments", "M076", _FINISHED, unit="appointments", per=1.0),
    _counted("referrals_received", "Referrals received"),
    _counted("accessing_services", "Accessing services"),
    _counted("ended_referrals", "Referrals ended"),
    _counted("finished_course", "Finished a course"),
    _counted("waiting_for_treatment", "Waiting for a first treatment at the end of the month", LOWER, "M038"),
)  # fmt: skip
