"""Referrals that ended: why, how far they had come, and what share of all that is."""

from caseness.measures.algebra import Condition, Measure, condition, count, ended, percentage
from caseness.measures.chapter import Chapter
from caseness.measures.conditions import blank, coded, finished, never_treated

# The reasons for ending that the catalogue knows. Any other is invalid, and a blank is none.
KNOWN_END_CODES = ("10", "11", "12", "13", "14", "16", "17", "95", "46", "47", "48", "49", "50", "96")


def _because(figure_id: str, title: str, code: str) -> Measure:
    return count(figure_id, title, on=ended, where=coded("end_code", (code,), "for a reason"))


@condition
def ended_for_no_known_reason(end_code):
    """for a reason that the data set does not define"""
    return end_code.notnull() & end_code.notin(list(KNOWN_END_CODES))


@condition
def not_seen(care_contacts):
    """that had no attended contact"""
    return care_contacts == 0


@condition
def seen_not_treated(treatment_contacts, care_contacts):
    """that had an attended contact and no treatment"""
    return (treatment_contacts == 0) & (care_contacts > 0)


@condition
def treated_once(treatment_contacts):
    """that had one treatment"""
    return treatment_contacts == 1


def _ended(figure_id: str, title: str, where: Condition) -> Measure:
    return count(figure_id, title, on=ended, where=where)


ended_referrals = count("M056", "Ended", on=ended)
not_suitable = _because("M057", "Ended: not suitable, no action or sent back", "10")
signposted = _because("M058", "Ended: not suitable, signposted elsewhere", "11")
advised = _because("M059", "Ended: by agreement after advice and support", "12")
referred_on = _because("M060", "Ended: referred to another therapy service", "13")
declined = _because("M061", "Ended: suitable, but declined", "14")
died_assessed = _because("M062", "Ended: died, assessed only", "17")
unknown_assessed = _because("M063", "Ended: not known, assessed only", "95")
agreed_completion = _because("M066", "Ended: treatment completed by agreement", "46")
died_treated = _because("M069", "Ended: died, treated", "49")
unknown_treated = _because("M070", "Ended: not known, treated", "96")
invalid_reason = _ended("M071", "Ended: reason invalid", ended_for_no_known_reason)
no_reason = _ended("M072", "Ended: no reason recorded", blank("end_code", "with no reason for it"))
incomplete_assessment = _because("M340", "Ended: dropped out of the assessment", "16")
earlier_than_patient = _because("M341", "Ended: earlier than the person asked for", "48")
not_assessed = _because("M342", "Ended: not assessed", "50")
earlier_than_professional = _because("M344", "Ended: earlier than the professional planned", "47")

ended_not_seen = _ended("M073", "Ended, never seen", not_seen)
ended_seen = _ended("M074", "Ended, seen but not treated", seen_not_treated)
ended_once = _ended("M075", "Ended, treated once", treated_once)
finished_course = _ended("M076", "Finished a course of treatment", finished)
ended_untreated = _ended("M153", "Ended before treatment", never_treated)

share_untreated = percentage("M077", "Share that ended before treatment", ended_untreated, ended_referrals)
share_once = percentage("M078", "Share that ended, treated once", ended_once, ended_referrals)
share_finished = percentage("M079", "Share that finished a course", finished_course, ended_referrals)
share_treated = percentage(
    "M080", "Share that ended after any treatment", ended_once + finished_course, ended_referrals
)
finished_of_treated = percentage(
    "M081", "Share of the treated that finished a course", finished_course, ended_referrals - ended_untreated
)
attrition = percentage(
    "M288", "Share of the treated that ended after one treatment", ended_once, ended_referrals - ended_untreated
)

CHAPTER = Chapter(
    "endings",
    "Endings",
    "Outcomes are counted among those who finished. This says how many did not, and what is known of why.",
    (
        ended_referrals,
        not_suitable,
        signposted,
        advised,
        referred_on,
        declined,
        died_assessed,
        unknown_assessed,
        agreed_completion,
        died_treated,
        unknown_treated,
        invalid_reason,
        no_reason,
        incomplete_assessment,
        earlier_than_patient,
        not_assessed,
        earlier_than_professional,
        ended_not_seen,
        ended_seen,
        ended_once,
        finished_course,
        ended_untreated,
        share_untreated,
        share_once,
        share_finished,
        share_treated,
        finished_of_treated,
        attrition,
    ),
)
