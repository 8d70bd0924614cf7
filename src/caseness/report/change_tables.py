"""The tables of judged change: the headline under every definition, who is judged differently, and what was not computed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from caseness.audit.change import Agreement, Judged, JudgedOutcome, OfficialFigure, Verdict, find_definition
from caseness.audit.quantity import Quantity
from caseness.report.table import Cell, Column, Table, files_only, marked, numbers, words

_COLUMNS = (
    words("definition", "Definition"),
    numbers("recovered", "Recovered"),
    numbers("of", "Of"),
    numbers("rate", "Rate"),
    numbers("points", "Points from the headline", sign=True),
    numbers("gained", "Recovered here only"),
    numbers("lost", "Recovered there only"),
    numbers("differently", "In another class"),
    numbers("of_ended", "Of all that ended"),
)
_COUNTS = (
    words("definition", "Definition"),
    numbers("judged", "Judged"),
    numbers("began_below", "Began below the line"),
    numbers("crossed", "Crossed the line"),
    numbers("improved", "Improved"),
    numbers("improved_rate", "Improved, of judged"),
    numbers("unchanged", "Unchanged"),
    numbers("deteriorated", "Deteriorated"),
    numbers("deteriorated_rate", "Deteriorated, of judged"),
    numbers("unknown", "Unknown"),
)
# A file without a row could not say what it is of.
_ALL_COMPUTED = ("Nothing is left out", "Every definition was computed for everybody")
_OF_WHOM = (
    "Of: finished courses that the definition can be asked of, less those that began on the functional side, as the programme "
    "counts. Without a last score a course stays in it, and is not recovered.",
    "The headline is the programme's recovery among the same courses. Here only, there only: recovered under this definition and "
    "not under the programme's, and the reverse.",
    "alpha and retest name the reliability that an index uses: internal consistency, or the correlation of two measurements. "
    "Where no cut-off is named, it is the programme's.",
)


def change_tables(judged: Judged) -> tuple[Table, ...]:
    """Every table, in the order of reading. In files each row says what it is for, and whether anybody in it is real."""
    tables = [table for one in judged.outcomes for table in outcome_tables(one, judged)]
    tables += [smallest_table(judged)] if judged.smallest_changes else []
    return tuple(_with_purpose(marked(one, judged.made_up), judged) for one in (*tables, purpose_table(judged)))


# A row may be copied without the page or the file that says what it is for.
def _with_purpose(table: Table, judged: Judged) -> Table:
    said = f"{judged.purpose} {judged.intended_purpose}"
    columns = (*table.columns, files_only("purpose", "Purpose"))
    return replace(table, columns=columns, rows=tuple((*row, said) for row in table.rows))


def outcome_tables(one: JudgedOutcome, judged: Judged) -> Iterator[Table]:
    """The tables of one outcome."""
    yield headline_table(one, judged)
    yield counts_table(one)
    if one.figures:
        yield official_table(one)
    if one.agreement:
        yield agreement_table(one, one.agreement)
    yield not_judged_table(one)


def headline_table(one: JudgedOutcome, judged: Judged) -> Table:
    """The headline under every definition."""
    of_all = (
        f"Of all that ended: recovered, of the {judged.ended:,} referrals that ended in the period, finished or not, less the "
        "courses that the definition cannot be asked of."
    )
    notes = (*_OF_WHOM, of_all, *one.notes)
    return Table(f"change-{one.id}", f"{one.label}: {one.courses:,} finished courses, {one.paired:,} with both scores",
                 _COLUMNS, tuple(map(_headline, one.verdicts)), notes)  # fmt: skip


def _headline(one: Verdict) -> tuple[Cell, ...]:
    counts = (_count(one.gained), _count(one.lost), _count(one.differently))
    return (
        one.label,
        _count(one.recovered),
        _count(one.judged - one.began_below),
        one.rate,
        one.points,
        *counts,
        one.of_ended,
    )


def counts_table(one: JudgedOutcome) -> Table:
    """The counts behind the headline."""
    note = "Recovered courses are among the improved, save under the programme's recovery, which asks for no smallest change."
    return Table(f"change-counts-{one.id}", f"{one.label}: who improved and who deteriorated", _COUNTS,
                 tuple(map(_counted, one.verdicts)), (note,))  # fmt: skip


def _counted(one: Verdict) -> tuple[Cell, ...]:
    return (
        one.label, _count(one.judged), _count(one.began_below), _count(one.crossed), _count(one.improved), one.improved_rate,
        _count(one.unchanged), _count(one.deteriorated), one.deteriorated_rate, _count(one.unknown),
    )  # fmt: skip


def official_table(one: JudgedOutcome) -> Table:
    """The programme's own counts, beside the same counted course by course."""
    columns = (
        words("figure", "Figure"), words("label", "Counts"), numbers("official", "Official measure"),
        numbers("counted", "Course by course"), words("agrees", "Agrees"),
    )  # fmt: skip
    said = (
        "The programme's headline is reproduced to the unit."
        if one.is_reproduced
        else "The headline is NOT reproduced."
    )
    return Table(f"change-official-{one.id}", f"{one.label}: the official counts", columns,
                 tuple(map(_official, one.figures)), (said,))  # fmt: skip


def _official(one: OfficialFigure) -> tuple[Cell, ...]:
    return one.id, one.label, _count(one.official), _count(one.counted), "yes" if one.official == one.counted else "NO"


def agreement_table(one: JudgedOutcome, agreement: Agreement) -> Table:
    """Two definitions, class by class."""
    first, second = (find_definition(name).label for name in (agreement.first, agreement.second))
    columns = (words("class", first), *(numbers(name.lower(), name) for name in agreement.classes))
    rows = zip(agreement.classes, agreement.counts, strict=True)
    note = f"{agreement.differing:,} of {agreement.total:,} courses are in another class. Rows: {first}. Columns: {second}."
    return Table(f"change-agreement-{one.id}", f"{one.label}: {first} against {second}", columns,
                 tuple((name, *map(_count, counts)) for name, counts in rows), (note,))  # fmt: skip


def not_judged_table(one: JudgedOutcome) -> Table:
    """What was not computed, or not for everybody, and why. Definitions that lack the same are one row."""
    columns = (words("why", "Why not"), words("definitions", "Definitions"))
    labels: dict[str, list[str]] = {}
    for label, why in [
        *((each.label, each.why) for each in one.not_judged),
        *((v.label, v.note) for v in one.verdicts if v.note),
    ]:
        labels.setdefault(why[:1].upper() + why[1:].removesuffix("."), []).append(label)
    rows = tuple((why, "; ".join(of)) for why, of in labels.items()) or (_ALL_COMPUTED,)
    return Table(f"change-not-computed-{one.id}", f"{one.label}: not computed, or not for everybody", columns, rows)


def smallest_table(judged: Judged) -> Table:
    """How the threshold of a reliable change moves with the reliability."""
    columns: tuple[Column, ...] = (
        words("questionnaire", "Questionnaire"), words("reliability", "Reliability"), numbers("value", "Value"),
        words("group", "Of whom"), numbers("deviation", "SD"), words("deviation_of", "SD of whom"),
        numbers("change", "Smallest reliable change"), words("programme", "The programme's"), words("verified", "Verified"),
    )  # fmt: skip
    rows = tuple(
        (
            one.instrument, one.reliability, _number(one.value), one.group, _number(one.deviation), one.deviation_of,
            _number(one.change), one.programme, "yes" if one.verified else f"no: {one.source}",
        )
        for one in judged.smallest_changes
    )  # fmt: skip
    note = "By Jacobson and Truax: 1.96 times the standard error of a difference. A change must exceed it."
    return Table("change-smallest", "The smallest reliable change, by each reliability", columns, rows, (note,))


def purpose_table(judged: Judged) -> Table:
    """What all of this is for, and what it cannot show."""
    rows = [("Purpose", judged.purpose), ("Of signals", judged.intended_purpose)]
    rows += [*(("Limit", said) for said in judged.limits), ("Policy", judged.policy)]
    rows += [("Note", said) for said in judged.notes]
    rows += [("Synthetic", judged.made_up)] if judged.made_up else []
    return Table("change-purpose", "Purpose and limits", (words("what", ""), words("says", "")), tuple(rows))


def _count(number: int) -> Quantity:
    return Quantity(number, number, number)


def _number(number: float) -> Quantity:
    return Quantity(number, number, number, "number")
