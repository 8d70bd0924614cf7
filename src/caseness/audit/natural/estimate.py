"""Natural recovery of one organisation and period: every estimate, and what each leaves."""

from __future__ import annotations

from collections.abc import Iterator

from caseness.audit.assumptions import Assumptions
from caseness.audit.natural.curves import draw_curve, estimate_curve
from caseness.audit.natural.model import Estimator, Natural, ProblemShare, TimeAtRisk
from caseness.audit.natural.problems import weigh_problems
from caseness.audit.natural.remains import Observed, make_bands, observe, show_durations, take_away
from caseness.audit.natural.second_measurement import estimate_second_measurement
from caseness.audit.natural.time_at_risk import measure_time
from caseness.audit.natural.trials import estimate_control_arms, pool_disorder
from caseness.audit.record import Record
from caseness.audit.subject import Subject
from caseness.disclosure import Released
from caseness.programme import load


def estimate(record: Record, released: Released, subject: Subject, assumptions: Assumptions) -> Natural:
    """Estimate natural recovery in several ways, and what remains of observed recovery.

    Parameters
    ----------
    record : Record
        Gives recovery and time at risk.
    released : Released
        Gives the problems that people had, where its annual report has them.
    subject : Subject
    assumptions : Assumptions
        Give the curves, the choices and every other number.

    Examples
    --------
    >>> from caseness.audit.assumptions import read_shipped_assumptions
    >>> from caseness.audit.record import gather
    >>> from caseness.audit.subject import choose
    >>> from caseness.disclosure import release
    >>> from caseness.published import Embedded
    >>> released = release(Embedded())
    >>> record = gather(released)
    >>> natural = estimate(record, released, choose(record, "2024-25"), read_shipped_assumptions())
    >>> round(natural.time_at_risk.days.value), natural.band("annual report").verdict
    (179, 'some recovery remains')
    """
    period, organisation = subject.period, subject.organisation
    time = measure_time(record, period, organisation, assumptions)
    problems, problems_of = weigh_problems(released, period, organisation, assumptions)
    estimators = tuple(_estimators(time, problems, assumptions))
    observed = observe(record, period, organisation)
    bands = make_bands(observed, estimators)
    curves = tuple(draw_curve(one) for one in assumptions.entries_of("natural.curve"))
    disorders = dict.fromkeys(one.disorder for one in problems if one.disorder)
    least = assumptions.choice("natural.least_grade")
    return Natural(
        bands=bands,
        organisation=organisation,
        period=period,
        time_at_risk=time,
        estimators=estimators,
        remainders=tuple(take_away(one, estimator) for one in observed for estimator in estimators),
        curves=curves,
        arms=tuple(pool_disorder(one) for one in disorders),
        problems=problems,
        problems_of=problems_of,
        durations=tuple(show_durations(observed[0], curves[0])) if observed and curves else (),
        least_grade=least,
        absent=tuple(_absent(observed, estimators, subject, least)),
    )


def _estimators(time: TimeAtRisk, problems: tuple[ProblemShare, ...], assumptions: Assumptions) -> Iterator[Estimator]:
    for entry in assumptions.entries_of("natural.curve"):
        yield estimate_curve(entry, time, assumptions)
    arms = estimate_control_arms(problems, assumptions)
    if arms is not None:
        yield arms
    yield estimate_second_measurement(assumptions, load("england"))


def _absent(
    observed: tuple[Observed, ...], estimators: tuple[Estimator, ...], subject: Subject, least: str
) -> Iterator[str]:
    if not observed:
        yield (
            f"No recovery of {subject.name} was published for {subject.period.label}, so nothing can be taken away from it. "
            "The estimates of natural recovery stand by themselves."
        )
    for one in estimators:
        if one.extrapolated:
            yield f"{one.label}: {one.extrapolated}. What lies outside is extrapolated, so this estimate does not enter the band, whatever its grade."
    if not any(one.in_band for one in estimators):
        yield f"No estimate has grade {least} or better and applies here, so there is no band of what remains."
