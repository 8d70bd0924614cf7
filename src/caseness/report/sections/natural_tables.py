"""The tables of natural recovery."""

from __future__ import annotations

from caseness.audit.natural import Natural
from caseness.report.pointers import Held
from caseness.report.table import Table, files_only, numbers, words


def tabulate_bands(natural: Natural) -> Table:
    """What remains on each basis, over the estimates that apply."""
    columns = (
        words("basis", "Basis"), numbers("recovered", "Recovered"), numbers("judged", "Judged"), numbers("observed", "Observed"),
        numbers("natural", "Natural"), numbers("specific", "Remains"), numbers("additional", "People"), words("verdict", "Verdict"),
    )  # fmt: skip
    rows = tuple(
        (one.basis, one.recovered, one.judged, one.observed, one.natural, one.specific, one.additional, one.verdict)
        for one in natural.bands
    )
    note = (
        f"Natural: from the lowest to the highest end of the estimates of grade {natural.least_grade} or better. Ends are "
        "combined as they stand, with no probability: the lowest observed with the highest natural, and the other way round. "
        "People are never fewer than none."
    )
    return Table("natural-band", "Observed recovery, natural recovery and what remains", columns, rows, (note,))


def tabulate_remainders(natural: Natural) -> Table:
    """What each estimate leaves, on each basis."""
    columns = (
        words("basis", "Basis"), words("estimate", "Estimate"), words("grade", "Grade"), numbers("natural", "Natural"),
        numbers("specific", "Remains"), numbers("additional", "People"), words("verdict", "Verdict"),
    )  # fmt: skip
    grades = {one.id: one.applicability.grade for one in natural.estimators}
    rows = tuple(
        (one.basis, one.label, grades[one.estimator_id], one.natural, one.specific, one.additional, one.verdict)
        for one in natural.remainders
    )
    return Table("natural-remainders", "What each estimate leaves", columns, rows)


def tabulate_estimators(natural: Natural) -> Table:
    """The estimates, with what their intervals are."""
    columns = (
        words("estimate", "Estimate"), numbers("rate", "Natural recovery"), words("grade", "Grade"), words("in_band", "In the band"),
        words("interval", "The interval is"), files_only("source", "Source"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.rate, one.applicability.grade, one.place, one.rate.interval, one.source)
        for one in natural.estimators
    )
    sources = tuple(f"{one.label}: {one.source}." for one in natural.estimators)
    return Table("natural-estimates", "Estimates of natural recovery", columns, rows, sources)


def tabulate_curves(natural: Natural) -> Table:
    """The points of each curve."""
    columns = (words("curve", "Curve"), numbers("months", "After"), numbers("recovered", "Recovered"))
    rows = tuple(
        (curve.label, Held(point, "months", "months"), point.recovered)
        for curve in natural.curves
        for point in curve.given
    )
    return Table("natural-curves", "Points of the curves, with their ends", columns, rows)


def tabulate_durations(natural: Natural) -> Table:
    """What the assumed duration alone does."""
    columns = (
        numbers("months", "Duration"), numbers("natural", "Natural, by the curve"), numbers("specific", "Remains"),
        words("verdict", "Verdict"),
    )  # fmt: skip
    rows = tuple((one.months, one.natural, one.specific, one.verdict) for one in natural.durations)
    return Table("natural-durations", "What the assumed duration alone does", columns, rows)


def tabulate_applicability(natural: Natural) -> Table:
    """How each estimate was graded."""
    columns = (
        words("estimate", "Estimate"), words("grade", "Grade"), words("criterion", "Criterion"), files_only("question", "Question"),
        words("mark", "Mark"), words("because", "Because"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.applicability.grade, mark.criterion, mark.question, mark.word, mark.because)
        for one in natural.estimators
        for mark in one.applicability.marks
    )
    notes = tuple(dict.fromkeys(one.applicability.rule for one in natural.estimators))
    return Table("natural-applicability", "How far each estimate applies", columns, rows, notes)


def tabulate_lines(natural: Natural) -> Table:
    """The numbers behind the estimates."""
    columns = (
        words("estimate", "Estimate"),
        words("line", "Number"),
        numbers("number", "Value"),
        words("note", "Note"),
    )
    rows = tuple((one.label, line.label, line.number, line.note) for one in natural.estimators for line in one.lines)
    return Table("natural-lines", "Other shapes, other assumptions and parts", columns, rows)


def tabulate_arms(natural: Natural) -> Table:
    """The pooled arms of trials."""
    columns = (
        words("disorder", "Disorder"), numbers("comparisons", "Comparisons"), numbers("as_listed", "Controls, as listed"),
        numbers("treated", "Treated"), numbers("control_arms", "Control arms"), numbers("counted_once", "Controls, counted once"),
        numbers("one_further", "One further trial"), numbers("i_squared", "I squared"),
    )  # fmt: skip
    rows = tuple(
        (
            one.disorder, Held(one, "comparisons"), one.as_listed, one.treated, Held(one, "control_arms"), one.counted_once,
            one.one_further, one.i_squared,
        )
        for one in natural.arms
    )  # fmt: skip
    notes = (
        "Response: the score fell by half or more. Random effects on logits (DerSimonian and Laird), 95 % intervals.",
        "A control arm that several comparisons of one study share (same responders, same size) is counted once.",
    )
    return Table("natural-arms", "Responders in trials, pooled", columns, rows, notes)


def tabulate_problems(natural: Natural) -> Table:
    """The problems by which the control arms are weighted."""
    columns = (
        words("problem", "Problem"), numbers("judged", "Judged for recovery"), numbers("share", "Share"),
        words("disorder", "Weighted with the trials of"),
    )  # fmt: skip
    rows = tuple(
        (one.problem, one.judged, one.share, one.disorder or "the mean of the others") for one in natural.problems
    )
    return Table("natural-problems", "The problems that people had", columns, rows, (natural.problems_of,))
