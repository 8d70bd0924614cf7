"""Measures of employment support, and of work when support or treatment begins and ends."""

from collections.abc import Iterator
from datetime import date

from oracle import outcomes, work
from oracle.cells import days
from oracle.figure import Figure, Number, Period, count, extreme, mean, median, ratio
from oracle.lists import EMPLOYMENT_APPOINTMENT, FOLLOW_UP
from oracle.outcomes import Change
from oracle.pathway import Pathway
from oracle.record import Contact, Log

DIMENSIONS = (
    "WASAS_Work",
    "WASAS_HomeManagement",
    "WASAS_SocialLeisureActivities",
    "WASAS_PrivateLeisureActivities",
    "WASAS_Relationships",
)


def figures(pathways: list[Pathway], finished: list[Pathway], period: Period) -> dict[str, Figure]:
    """Every measure of employment but those of the fields of single rows."""
    alone = [pathway for pathway in finished if pathway.therapy_alone]
    supported = [pathway for pathway in finished if pathway.supported_in_course]
    return {
        **_known([pathway for pathway in pathways if _begins_to_hold(pathway, period)]),
        **_met(pathways, period),
        **_mislabelled(pathways, period),
        **_begun(pathways, period),
        **_ended(pathways, period),
        **_outcomes(alone, 296),
        **_outcomes(supported, 306),
        **work.of_finished(alone, first=316, last=320),
        **work.of_finished(supported, first=324, last=328),
        **_scores(supported, 58),
        **_scores(alone, 83),
        **_totals(supported, first="EA282", last="EA284"),
        **_totals(alone, first="EA283", last="EA285"),
    }


def _begins_to_hold(pathway: Pathway, period: Period) -> bool:
    """RecordStartDate lies in the period."""
    return pathway.choices.record_start == "every-month" or period.holds(pathway.first_month)


def _known(pathways: list[Pathway]) -> dict[str, Figure]:
    supported = [pathway for pathway in pathways if pathway.support_first is not None]
    unknown = sum(work.never_recorded(pathway) for pathway in supported)
    return {
        "EA001": ratio(unknown, len(supported), 100),
        "EA034": count(len(supported)),
        "EA035": count(len(pathways) - len(supported)),
        "EA139": count(sum(map(work.suitable, pathways))),
    }


def _met(pathways: list[Pathway], period: Period) -> dict[str, Figure]:
    """Who met therapists, employment advisers or both in the month (EA036 to EA039)."""
    met = [(_any(pathway, period), _therapy(pathway, period), _support(pathway, period)) for pathway in pathways]
    kinds = [(therapy, support) for _, therapy, support in met]
    return {
        "EA036": count(sum(anything for anything, *_ in met)),
        "EA037": count(kinds.count((True, False))),
        "EA038": count(kinds.count((False, True))),
        "EA039": count(kinds.count((True, True))),
    }


def _any(pathway: Pathway, period: Period) -> bool:
    counted = (
        pathway.in_course_or_after(contact) or pathway.is_support_appointment(contact)
        for contact in _attended(pathway, period)
    )
    return any(counted) or _logged(pathway, period)


def _therapy(pathway: Pathway, period: Period) -> bool:
    counted = (
        contact.other_activity and contact.kind != EMPLOYMENT_APPOINTMENT and pathway.in_course_or_after(contact)
        for contact in _attended(pathway, period)
    )
    return any(counted) or _logged(pathway, period)


def _support(pathway: Pathway, period: Period) -> bool:
    return any(
        pathway.is_support_of_code(contact) or pathway.is_support_appointment(contact)
        for contact in _attended(pathway, period)
    )


def _attended(pathway: Pathway, period: Period) -> Iterator[Contact]:
    return (contact for contact in pathway.contacts if contact.attended and period.holds(contact.day))


def _logged(pathway: Pathway, period: Period) -> bool:
    return any(period.holds(log.end) and _within(pathway, log) for log in pathway.logs)


def _within(pathway: Pathway, log: Log) -> bool:
    return pathway.inside(log.start) and pathway.inside(log.end)


def _mislabelled(pathways: list[Pathway], period: Period) -> dict[str, Figure]:
    """Contacts with the code of employment support under a type that does not suit their day."""
    coded = [
        (pathway, contact)
        for pathway in pathways
        for contact in _attended(pathway, period)
        if contact.employment_support
    ]
    inside = [contact.kind for pathway, contact in coded if pathway.inside(contact.day)]
    after = [contact.kind for pathway, contact in coded if pathway.after(contact.day)]
    return {
        "EA108": count(inside.count(FOLLOW_UP)),
        "EA110": count(sum(kind not in (None, FOLLOW_UP) for kind in after)),
        "EA280": count(sum(kind not in (None, EMPLOYMENT_APPOINTMENT) for kind in after)),
    }


def _begun(pathways: list[Pathway], period: Period) -> dict[str, Figure]:
    begun = [pathway for pathway in pathways if period.holds(pathway.support_first)]
    waits = [wait for pathway in begun if (wait := days(pathway.assessment, pathway.support_first)) is not None]
    waited = [wait for wait in waits if wait >= 0]
    return {
        "EA040": count(len(begun)),
        "EA140": mean(waited),
        "EA281": median(waited),
        **work.at_start_of_support(begun),
    }


def _ended(pathways: list[Pathway], period: Period) -> dict[str, Figure]:
    ends = [(pathway, end) for pathway in pathways if (end := _end_of_support(pathway, period)) is not None]
    ended = [pathway for pathway, _ in ends if pathway.support_first is not None]
    treated = [pathway for pathway in ended if pathway.treatment_count > 0]
    return {
        "EA041": count(len(ended)),
        **work.at_ends_of_support(treated),
        "EA136": count(len(ended) - len(treated)),
        **_appointments([_supports_until(pathway, end) for pathway, end in ends]),
    }


def _end_of_support(pathway: Pathway, period: Period) -> date | None:
    """The day in the period on which support ended by a row of the patient in the same file, or the last of them."""
    told = [row.get("EmpSupportDischargeDate") for row in pathway.own_file]
    if pathway.choices.support_ended == "latest-row":
        told = [pathway.support_discharge]
    return max((day for day in told if day is not None and period.holds(day)), default=None)


def _supports_until(pathway: Pathway, end: date) -> int:
    return sum(pathway.is_support_until(contact, end) for contact in pathway.contacts)


def _appointments(numbers: list[int]) -> dict[str, Figure]:
    met: list[Number] = [number for number in numbers if number]
    return {"EA131": count(sum(met)), "EA132": mean(met), "EA133": median(met), "EA134": extreme(met, max)}


def _outcomes(finished: list[Pathway], first: int) -> dict[str, Figure]:
    """Ten measures from `first` on: finished courses, their outcomes, and three rates."""
    below = sum(map(outcomes.not_at_caseness, finished))
    improved, unchanged, worse = (sum(outcomes.change(one) is change for one in finished) for change in Change)
    recovered = sum(map(outcomes.recovered, finished))
    reliably = sum(map(outcomes.reliably_recovered, finished))
    ill = len(finished) - below
    found = [
        count(len(finished)),
        count(below),
        count(improved),
        ratio(improved, len(finished), 100),
        count(unchanged),
        count(worse),
        count(recovered),
        ratio(recovered, ill, 100),
        count(reliably),
        ratio(reliably, ill, 100),
    ]
    return {f"M{first + step}": figure for step, figure in enumerate(found)}


def _scores(finished: list[Pathway], first: int) -> dict[str, Figure]:
    """Five measures from `first` on: pairs on work, then mean and median of first and of last scores."""
    pairs = [pathway.scores["WASAS_Work"] for pathway in finished]
    firsts = [pair.first for pair in pairs if pair.first is not None and pair.last is not None]
    lasts = [pair.last for pair in pairs if pair.last is not None]
    found = [count(len(lasts)), mean(firsts), median(firsts), mean(lasts), median(lasts)]
    return {f"EA{first + step:03}": figure for step, figure in enumerate(found)}


def _totals(finished: list[Pathway], first: str, last: str) -> dict[str, Figure]:
    """Means of the five dimensions together, where each has two scores."""
    asked = [[pathway.scores[dimension] for dimension in DIMENSIONS] for pathway in finished]
    paired = [pairs for pairs in asked if all(pair.last is not None for pair in pairs)]
    return {
        first: mean(sum(pair.first or 0 for pair in pairs) for pairs in paired),
        last: mean(sum(pair.last or 0 for pair in pairs) for pairs in paired),
    }
