"""Natural recovery: who might have recovered anyway, by several estimates, and what remains."""

from __future__ import annotations

from math import ceil, floor

from caseness.audit.natural import Band, Natural
from caseness.audit.natural.model import CurveLine
from caseness.audit.quantity import Quantity
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent, name_sources
from caseness.report.charts.recovery import draw_estimates, draw_recovery
from caseness.report.controls import Controls, Outcome, Slider
from caseness.report.sections.natural_tables import (
    tabulate_applicability,
    tabulate_arms,
    tabulate_bands,
    tabulate_curves,
    tabulate_durations,
    tabulate_estimators,
    tabulate_lines,
    tabulate_problems,
    tabulate_remainders,
)
from caseness.report.sections.story import bases_text
from caseness.report.sentence import Sentence, say

_TITLE = "Natural recovery, and what remains"
_DAYS_IN_A_MONTH = 365.25 / 12
_SHORTEST, _LONGEST = 30, 365

_MAY_NOT = (
    "That treatment caused what remains. Nobody was allocated by chance: this is not a controlled comparison.",
    "That treatment did nothing where an estimate leaves nothing. Other people recovered by another definition, over another time.",
    "That one estimate is the right one. They answer different questions, and the grade says how far each applies.",
    "That a service is better than another because more remains. Its clients may differ in severity, problems and time.",
)
_TOO_HIGH = (
    "Studies of untreated people over-represent mild and moderate cases, who recover more often than severe ones.",
    "People who ask for help may be those who would not get better by themselves.",
    "Control arms include care as usual, which is some treatment.",
    "The curve counts from the start of a study. Many who come to a service have been unwell for long.",
)
_TOO_LOW = (
    "People tend to come when they are at their worst, so scores fall by themselves more than in a study of all cases.",
    "People who wait in a trial may put off getting better, since help is promised.",
    "Response in trials asks for half the score to go. A score just above the cut-off needs to fall by far less to recover.",
    "Time at risk begins here with the referral. Some had begun to get better before.",
)


def tell_natural(audit: Audit) -> Section:
    """The section of natural recovery."""
    natural = audit.natural
    if natural is None:
        return Section("natural", _TITLE, (absent("Natural recovery was not estimated."),))
    blocks = [
        *(Paragraph(one) for one in _introduction(natural)),
        *(absent(one) for one in natural.absent),
        *_what_remains(natural),
        *_pictures(audit, natural),
        *_durations(natural),
        *_words(),
        *_behind(natural),
    ]
    return Section("natural", _TITLE, tuple(blocks))


def _introduction(natural: Natural) -> list[Sentence]:
    time = natural.time_at_risk
    told = [
        say(
            "Some people recover without treatment. None of the published figures says how many of those counted as recovered "
            "are among them. Here several estimates stand side by side, each with what it assumes and a grade for how far it applies. "
            "None of them is a fact about the programme, and no single subtraction is presented as the truth."
        ),
        say(
            "Mean time from referral to the last treatment: ",
            time.days,
            ", or in months ",
            time.in_months,
            ". ",
            time.how,
        ),
    ]
    return [*told, *(_lead(band, natural) for band in natural.bands[:1])]


def _lead(band: Band, natural: Natural) -> Sentence:
    return say(
        f"Observed ({band.basis}): ", band.observed, " of those judged recovered. By the estimates of grade "
        f"{natural.least_grade} or better, ", band.natural, " might have anyway, each with its own interval. What remains is ",
        band.specific, ", or ", band.additional, f" people: {band.verdict}.",
    )  # fmt: skip


def _what_remains(natural: Natural) -> list[Block]:
    if not natural.remainders:
        return []
    grids: list[Block] = [Grid(tabulate_bands(natural))] if natural.bands else []
    return [Heading("What remains", "natural-remains"), *grids, Grid(tabulate_remainders(natural))]


def _pictures(audit: Audit, natural: Natural) -> list[Block]:
    heading = Heading("The estimates", "natural-estimates")
    curves: list[Block] = [_curve_figure(audit, natural)] if natural.curves else []
    return [heading, *curves, _estimate_figure(audit, natural), *_controls(natural)]


def _curve_figure(audit: Audit, natural: Natural) -> Figure:
    observed = natural.bands[0].observed if natural.bands else None
    time, curves = natural.time_at_risk, natural.curves
    return Figure(
        id="fig-natural-curve",
        heading=f"Recovery without treatment over time, and the time that people were in the service, {_where(audit)}",
        alternative=say(
            *_curve_words(natural),
            "People were in the service for ",
            time.in_months,
            " on average. ",
            *_observed(natural),
        ),
        describe=lambda width: draw_recovery(curves, time, observed, width),
        table=tabulate_curves(natural),
        citation=say(f"{_where(audit)}: mean time at risk ", time.days, "."),
        basis=_bases(natural),
        source=name_sources(natural.estimators[0].source),
        notes=(
            "Shaded around a curve: its given ends, and four shapes through or near its points.",
            *(f"{one.label}: ends {one.range}." for one in curves),
        ),
    )


def _curve_words(natural: Natural) -> list:
    return [
        part
        for curve in natural.curves
        for part in (
            f"{curve.label}: recovered ",
            *(bit for point in curve.given for bit in (point.recovered, f" by {point.months:g} months, ")),
            "rising. ",
        )
    ]


def _observed(natural: Natural) -> list:
    return ["Observed recovery: ", natural.bands[0].observed, "."] if natural.bands else []


def _estimate_figure(audit: Audit, natural: Natural) -> Figure:
    observed = natural.bands[0].observed if natural.bands else None
    parts = [
        part
        for one in natural.estimators
        for part in (f"{one.label}: ", one.rate, f", grade {one.applicability.grade}; ")
    ]
    return Figure(
        id="fig-natural-estimates",
        heading=f"Estimates of natural recovery side by side, {_where(audit)}",
        alternative=say("Dots with intervals. ", *parts, *_observed(natural)),
        describe=lambda width: draw_estimates(natural.estimators, observed, width),
        table=tabulate_estimators(natural),
        citation=say(f"{_where(audit)}: ", *parts[:-1], f", grade {natural.estimators[-1].applicability.grade}."),
        basis=_bases(natural),
        source=name_sources(*(one.source for one in natural.estimators)),
        notes=(
            "A full dot enters the band of what remains, a hollow one does not. Intervals are not all of one kind: see the table.",
        ),
    )


# Only a curve has a time to move; it is held against the first basis.
def _controls(natural: Natural) -> list[Block]:
    first = next(
        (one for one in natural.remainders if natural.curves and one.estimator_id == natural.curves[0].id), None
    )
    if first is None or not natural.bands or natural.bands[0].observed.value is None:
        return []
    band, days, curve = natural.bands[0], natural.time_at_risk.days, natural.curves[0]
    shortest, longest = min(_SHORTEST, floor(days.value or 0)), max(_LONGEST, ceil(days.value or 0))
    return [
        Controls(
            id="natural-controls",
            heading="What the time at risk does",
            model="natural",
            sliders=(Slider("days", "Days from referral to the last treatment", days, shortest, longest, 1),),
            fixed=(("observed", band.observed), ("judged", band.judged)),
            outcomes=(
                Outcome("natural", "Natural recovery, by the curve", first.natural),
                Outcome("specific", "What remains", first.specific),
                Outcome("additional", "People", first.additional),
            ),
            note=f"By the curve “{curve.label}” alone, on the {band.basis}, without its interval.",
            curves=(("curve", _points(curve, days, first.natural)),),
        )
    ]


# Between its points the line is straight, so the place where the audit stands is a point of its own.
def _points(curve: CurveLine, days: Quantity, natural: Quantity) -> tuple[tuple[float, float], ...]:
    line = [(one.months * _DAYS_IN_A_MONTH, one.recovered.value or 0.0) for one in curve.line]
    return tuple(sorted([*line, (days.value or 0.0, natural.value or 0.0)]))


def _durations(natural: Natural) -> list[Block]:
    if not natural.durations:
        return []
    words = say(
        "The same observed rate, less what the curve gives after three, six and twelve months. Nothing else differs between "
        "the rows: who chooses the duration chooses the answer."
    )
    heading = Heading("What the assumed duration alone does", "natural-durations")
    return [heading, Paragraph(words), Grid(tabulate_durations(natural), natural.durations[0].basis)]


def _words() -> list[Block]:
    parts = (
        ("What may not be concluded", "natural-may-not", _MAY_NOT),
        ("Why natural recovery may be less than estimated", "natural-too-high", _TOO_HIGH),
        ("Why it may be more", "natural-too-low", _TOO_LOW),
    )
    return [
        block for heading, place, listed in parts for block in (Heading(heading, place), Items(tuple(map(say, listed))))
    ]


def _behind(natural: Natural) -> list[Block]:
    arms: list[Block] = [Grid(tabulate_arms(natural))] if natural.arms else []
    assumed = tuple(say(f"{one.label}: {sentence}") for one in natural.estimators for sentence in one.assumes)
    return [
        Heading("What each estimate assumes", "natural-assumes"),
        Items(assumed),
        Grid(tabulate_applicability(natural)),
        Heading("Behind the estimates", "natural-behind"),
        Grid(tabulate_lines(natural)),
        *arms,
        Grid(tabulate_problems(natural)),
    ]


def _where(audit: Audit) -> str:
    return f"{audit.subject.name}, {audit.subject.period.label}"


def _bases(natural: Natural) -> str:
    return bases_text([one.basis for one in natural.bands])
