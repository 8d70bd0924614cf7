"""Courses within care for a long-term condition and without, and internet therapy: the fields of that file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from caseness.derive.sets import CONDITIONS, PROGRAMMES
from caseness.measures.algebra import Condition, Measure, condition, count, ended, mean, median, percentage
from caseness.measures.breakdown import Value, Variable, holds, holds_none, holds_other
from caseness.measures.catalogue import find_measure
from caseness.measures.conditions import blank, days_between, finished, present
from caseness.measures.outcomes import deteriorated, improved, recovered, unchanged
from caseness.measures.variables_of_courses import LISTED_CONDITIONS
from caseness.measures.variables_of_the_year import SOURCE

_INTEGRATED = present("integrated_contact_first_date", "with a contact with an integrated service")
_CORE = blank("integrated_contact_first_date", "without a contact with an integrated service")


@condition
def _wait_for_integrated(referral_date, integrated_contact_first_date):
    """days from the referral to the first contact with an integrated service"""
    return days_between(referral_date, integrated_contact_first_date)


@condition
def _wait_for_treatment(referral_date, first_session_date):
    """days from the referral to the first treatment"""
    return days_between(referral_date, first_session_date)


# What became of one group: counts and shares by outcome. Recovery itself is of the catalogue.
def _outcomes(name: str, short: str, group: Condition, everybody: str, below: str) -> dict[str, Measure]:
    whole = find_measure(everybody)
    judged = whole - find_measure(below)
    told = {
        "Improvement": (improved, whole.above),
        "ReliableRecovery": (recovered & improved, judged),
        "NoChange": (unchanged, whole.above),
        "Deterioration": (deteriorated, whole.above),
    }
    cells: dict[str, Measure] = {}
    for outcome, (where, of) in told.items():
        figure = f"{short}_{outcome.lower()}"
        cells[f"Count_{name}{outcome}"] = count(
            figure, f"Finished, {short}: {outcome}", on=ended, where=finished & group & where
        )
        cells[f"Percentage_{name}{outcome}"] = percentage(
            f"{figure}_percentage", f"Rate, {short}: {outcome}", cells[f"Count_{name}{outcome}"], of
        )
    return cells


def _waits(name: str, short: str, days: Condition, group: Condition) -> dict[str, Measure]:
    return {
        f"Mean_{name}": mean(f"mean_wait_{short}", f"Mean wait, {short}", days, on=ended, where=finished & group),
        f"Median_{name}": median(
            f"median_wait_{short}", f"Median wait, {short}", days, on=ended, where=finished & group
        ),
    }


_OFFICIAL = {
    "Count_FirstIntegratedContact": "M271", "Count_FirstIntegratedTreatment": "M272", "Count_FinishedIntegratedReferrals": "M273",
    "Count_FinishedIntegratedReferralsCoreOnly": "M274", "Count_IntegratedReferralsAtCaseness": "M275",
    "Count_IntegratedReferralsNotAtCaseness": "M276", "Count_IntegratedReferralsRecovered": "M277",
    "Percentage_IntegratedReferralsRecovered": "M278", "Count_IntegratedReferralsCoreOnlyAtCaseness": "M283",
    "Count_IntegratedReferralsCoreOnlyNotAtCaseness": "M284", "Count_IntegratedReferralsCoreOnlyRecovered": "M285",
    "Percentage_IntegratedReferralsCoreOnlyRecovered": "M286", "Count_InternetEnabledTherapySessions": "M343",
    "Mean_ContactTimeIETReferral": "M1013", "Percentage_IntegratedAppointments": "M1011",
    "Percentage_IntegratedAppointmentsFinishedCourseTreatment": "M1012",
}  # fmt: skip


@cache
def integrated_cells() -> Mapping[str, Measure]:
    """The fields of the file of long-term conditions and internet therapy, each with its measure.

    >>> len(integrated_cells()), integrated_cells()["Percentage_IntegratedReferralsRecovered"].id
    (36, 'M278')
    """
    return MappingProxyType(
        {
            **{printed: find_measure(official) for printed, official in _OFFICIAL.items()},
            **_outcomes("IntegratedReferrals", "integrated", _INTEGRATED, "M273", "M276"),
            **_outcomes("IntegratedReferralsCoreOnly", "not_integrated", _CORE, "M274", "M284"),
            **_waits("WaitFirstIntegratedAppointment", "integrated", _wait_for_integrated, _INTEGRATED),
            **_waits("WaitFirstAppointmentCoreOnly", "not_integrated", _wait_for_treatment, _CORE),
        }
    )


_INTEGRATED_WHY = "Integrated services treat people with a long-term condition together with their physical care."
conditions = Variable(
    "annual-condition", "LongTermCondition",
    (
        *(Value(label, holds(CONDITIONS, code)) for label, code in LISTED_CONDITIONS.items()),
        Value("Other long term condition recorded", holds_other(CONDITIONS, "a condition of no list")),
        Value("No long term condition recorded", holds_none(CONDITIONS, "no condition recorded")),
    ),
    _INTEGRATED_WHY, overlaps=True, source=SOURCE,
)  # fmt: skip
programmes = Variable(
    "annual-programme", "IETprogramme",
    (
        *(Value(name, holds(PROGRAMMES, name, "a log's programme contains")) for name in PROGRAMMES.groups),
        Value("Other/unknown IET", holds_other(PROGRAMMES, "a log has another programme")),
        Value("No recorded IET", holds_none(PROGRAMMES, "no log tells a programme")),
    ),
    "Which programmes of internet therapy are used, and with what outcomes.", overlaps=True, assumed=("programmes",), source=SOURCE,
)  # fmt: skip
