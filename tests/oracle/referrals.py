"""Counts of pathways by what their referral row says: received, waiting, assessed, treated, ended."""

from collections.abc import Callable

from oracle.cells import days
from oracle.figure import Period
from oracle.lists import END_CODES, SOURCES
from oracle.pathway import Pathway

Test = Callable[[Pathway, Period], bool]


def ended(pathway: Pathway, period: Period) -> bool:
    return period.holds(pathway.discharge)


def finished(pathway: Pathway, period: Period) -> bool:
    return ended(pathway, period) and pathway.completed


def received_from(*sources: str) -> Test:
    return lambda pathway, period: period.holds(pathway.receipt) and pathway.source in sources


def ended_with(end_code: str) -> Test:
    return lambda pathway, period: ended(pathway, period) and pathway.end_code == end_code


def idle(lowest: int | None, highest: int | None = None) -> Test:
    """Open, and that many days at the period's end since the last session."""

    def holds(pathway: Pathway, period: Period) -> bool:
        return pathway.discharge is None and _within(days(pathway.last_session, period.end), lowest, highest)

    return holds


def waiting(lowest: int | None, highest: int | None = None) -> Test:
    """Open and untreated, and that many days at the period's end since receipt."""

    def holds(pathway: Pathway, period: Period) -> bool:
        open_and_untreated = pathway.first_session is None and pathway.discharge is None
        return open_and_untreated and _within(days(pathway.receipt, period.end), lowest, highest)

    return holds


def assessed(lowest: int | None, highest: int | None = None) -> Test:
    """First assessed in the period, that many days after receipt."""

    def holds(pathway: Pathway, period: Period) -> bool:
        gap = days(pathway.receipt, pathway.assessment)
        return period.holds(pathway.assessment) and _within(gap, lowest, highest)

    return holds


def entered(lowest: int | None, highest: int | None = None) -> Test:
    """First treated in the period, that many days after receipt."""

    def holds(pathway: Pathway, period: Period) -> bool:
        return period.holds(pathway.first_session) and _within(pathway.wait, lowest, highest)

    return holds


def treated_again(lowest: int | None, highest: int | None = None) -> Test:
    """Treated for the second time in the period, that many days after the first."""

    def holds(pathway: Pathway, period: Period) -> bool:
        return period.holds(pathway.second_session) and _within(pathway.second_wait, lowest, highest)

    return holds


def finished_after(highest: int) -> Test:
    """Finished in the period, having waited at most that long for the first session."""
    return lambda pathway, period: finished(pathway, period) and _within(pathway.wait, None, highest)


def _within(gap: int | None, lowest: int | None, highest: int | None) -> bool:
    if gap is None:
        return False
    return (lowest is None or gap >= lowest) and (highest is None or gap <= highest)


def awaiting_assessment(pathway: Pathway, _: Period) -> bool:
    return pathway.assessment is None and pathway.discharge is None


def awaiting_assessment_long(pathway: Pathway, period: Period) -> bool:
    return awaiting_assessment(pathway, period) and _within(days(pathway.receipt, period.end), 91, None)


def ended_unlisted(pathway: Pathway, period: Period) -> bool:
    listed = pathway.end_code in END_CODES.values()
    return ended(pathway, period) and pathway.end_code is not None and not listed


COUNTS: dict[str, Test] = {
    "M001": lambda pathway, period: period.holds(pathway.receipt),
    **{measure: received_from(*sources) for measure, sources in SOURCES.items()},
    "M019": idle(None, 60),
    "M020": idle(61, 90),
    "M021": idle(91, 120),
    "M022": idle(121),
    "M023": lambda pathway, period: period.holds(pathway.assessment),
    "M024": assessed(None, 28),
    "M025": assessed(29, 56),
    "M026": assessed(57, 90),
    "M027": assessed(91),
    "M028": lambda pathway, period: ended(pathway, period) and pathway.assessment is None,
    "M029": awaiting_assessment,
    "M030": awaiting_assessment_long,
    "M031": lambda pathway, period: period.holds(pathway.first_session),
    "M032": entered(None, 28),
    "M033": entered(29, 56),
    "M034": entered(57, 90),
    "M035": entered(91),
    "M036": entered(None, 42),
    "M037": entered(None, 126),
    "M038": lambda pathway, _: pathway.first_session is None and pathway.discharge is None,
    "M039": waiting(None, 14),
    "M040": waiting(None, 28),
    "M041": waiting(None, 42),
    "M042": waiting(None, 84),
    "M043": waiting(None, 126),
    "M044": waiting(127),
    "M045": waiting(91),
    "M046": treated_again(29),
    "M047": treated_again(91),
    "M052": finished_after(42),
    "M054": finished_after(126),
    "M056": ended,
    **{measure: ended_with(end_code) for measure, end_code in END_CODES.items()},
    "M071": ended_unlisted,
    "M072": lambda pathway, period: ended(pathway, period) and pathway.end_code is None,
    "M073": lambda pathway, period: ended(pathway, period) and pathway.contact_count == 0,
    "M074": lambda pathway, period: (
        ended(pathway, period) and pathway.treatment_count == 0 and pathway.contact_count > 0
    ),
    "M075": lambda pathway, period: ended(pathway, period) and pathway.treatment_count == 1,
    "M076": finished,
    "M121": treated_again(None, 28),
    "M122": treated_again(29, 90),
    "M153": lambda pathway, period: ended(pathway, period) and pathway.first_session is None,
    "M184": lambda pathway, period: period.holds(pathway.second_session),
}
