"""Scores in words and tables: the course on each questionnaire, its turning points, and signals."""

from __future__ import annotations

from collections.abc import Iterable

from caseness.casebook.blocks import Block, Chapter, Grid, Heading, Paragraph, Picture, Points
from caseness.casebook.model import Case, Raised, Score, Scores
from caseness.casebook.spelling import Spell, many, plain
from caseness.instruments import change, is_case

NO_SCORES = "The record holds no score that counts on a questionnaire that is known here."
NO_SIGNAL = "No signal would have been raised. That is no assurance: scores may be missing, late or not meant, and what is not asked for is not seen."
REPLAYED = (
    "Each signal is told as it would have read on its first day, with what was known then. Days with a score or an attended contact were looked "
    "at, and the day before each."
)


def tell_scores(case: Case, spell: Spell) -> Chapter:
    """The course on each questionnaire: a chart, the lines, and every score."""
    blocks = [block for one in case.measured for block in _one(one, spell)] or [Paragraph(NO_SCORES)]
    return Chapter("scores", "The course", (*blocks, *_left_out(case, spell)))


def in_short(one: Scores) -> str:
    """A questionnaire in one sentence."""
    name, within = one.questionnaire.short_name, one.within
    if not within:
        return f"{name}: no score within the course."
    if len(within) == 1:
        return (
            f"{name}: one score, {plain(within[0].total)}{_case_word(one.began_as_case)}. One score tells of no change."
        )
    outcome = one.change.outcome or "whether that is a reliable change is not known"
    return (
        f"{name}: {plain(within[0].total)} at first{_case_word(one.began_as_case)}, {plain(within[-1].total)} at last"
        f"{_case_word(one.ended_as_case)}; {outcome}."
    )


def tell_turning_points(case: Case, spell: Spell) -> Chapter:
    """Sudden gains and losses, and the best and the worst score of each questionnaire."""
    rows = [(one.questionnaire.short_name, *row) for one in case.measured for row in _turning_rows(one, spell)]
    found = (
        [_grid("turning-points", "Sudden gains and losses", ("Questionnaire", "What", "From", "To", "Later"), rows)]
        if rows
        else []
    )
    judged = "; ".join(f"{one.questionnaire.short_name} {one.steps_judged}" for one in case.measured)
    blocks: list[Block] = [
        *found,
        *([] if rows else [Paragraph("No sudden gain or loss was found.")]),
        Paragraph(f"Steps between sessions that could be judged: {judged or 'none'}. {_CRITERIA}", is_note=True),
        *_extremes(case, spell),
    ]
    return Chapter("turning-points", "Turning points", tuple(blocks))


_CRITERIA = (
    "A change is sudden when it is at least the reliable change of the questionnaire, at least a quarter of the score before, and lasts by the "
    "means of up to three sessions either side (Tang and DeRubeis 1999). A step across a missing score is not judged. That the least gain is the "
    "reliable change is assumed where the questionnaire is neither PHQ-9 nor GAD-7."
)


def tell_signals(case: Case, spell: Spell) -> Chapter:
    """The signals along the course, each with what it rests on and how often it was right."""
    told = [block for one in case.signals for block in _signal(one, case, spell)] or [Paragraph(NO_SIGNAL)]
    missing = [Paragraph(text, is_note=True) for text in (REPLAYED, case.norms_say) if text]
    return Chapter("signals", "Signals along the course", (*missing, *told))


def _signal(one: Raised, case: Case, spell: Spell) -> Iterable[Block]:
    found, until = one.signal, "still so at the end" if one.holds else f"last on {spell.day(one.last)}"
    yield Heading(f"{one.questionnaire}: {found.title}" if one.questionnaire else found.title)
    yield Paragraph(
        f"{spell.text(found.why, case.received)} First on {spell.day(one.first)}, {until}. To be looked at {found.urgency.says}."
    )
    yield Points(found.consider)
    yield Paragraph(
        f"Rests on: {spell.text(found.rests_on, case.received)} How often it was right: {found.accuracy}", is_note=True
    )


def _one(one: Scores, spell: Spell) -> Iterable[Block]:
    chart = f"course-{one.questionnaire.id.replace('_', '-')}"
    yield Heading(f"{one.questionnaire.short_name}: {one.questionnaire.name}")
    yield Paragraph(f"{one.questionnaire.about} {_range(one)}")
    yield Paragraph(in_short(one))
    yield Picture(chart, one, _alternative(one, spell))
    yield _every_score(one, f"scores-{chart}", spell)
    yield Paragraph(" ".join((*_lines_in_words(one), *one.lines.notes, *_risk(one))), is_note=True)
    if one.expected is not None:
        yield Paragraph(" ".join(filter(None, (one.expected.made_up, one.expected.says))), is_note=True)


# Whoever cannot see the chart finds the band in the table.
def _every_score(one: Scores, name: str, spell: Spell) -> Grid:
    rows = tuple(_rows(one, spell))
    caption = f"Every score on {one.questionnaire.short_name}"
    if one.expected is None:
        return Grid(name, caption, _COLUMNS, rows, (1, 2))
    band = {day: f"{low:.3g} to {high:.3g}" for day, low, high in one.expected.points}
    expected = (band.get(each.day, "none") for each in one.scores)
    return Grid(
        name,
        caption,
        (*_COLUMNS, "Expected"),
        tuple((*row, cell) for row, cell in zip(rows, expected, strict=True)),
        (1, 2),
    )


_COLUMNS = ("When", "Session", "Score", "Case", "Against the first score", "Where it was given")


def _range(one: Scores) -> str:
    found = one.questionnaire
    if found.low is None or found.high is None:
        return ""
    return f"From {found.low:g} to {found.high:g}; {'higher' if found.higher_is == 'worse' else 'lower'} is worse."


def _rows(one: Scores, spell: Spell) -> Iterable[tuple[str, ...]]:
    first = one.within[0] if one.within else None
    for each in one.scores:
        case = is_case(one.questionnaire, [each.total]).tolist()[0]
        yield (
            spell.day(each.day),
            str(each.session),
            plain(each.total),
            {True: "yes", False: "no", None: "not known"}[case],
            _against(one, first, each),
            ("in a contact" if each.in_contact else "outside a contact")
            + (", after the end" if each.is_after_end else ""),
        )


def _against(one: Scores, first: Score | None, each: Score) -> str:
    if first is None:
        return ""
    if each is first:
        return "first score"
    found = change(one.questionnaire, first.total, each.total)
    return found.outcome or "not known"


def _lines_in_words(one: Scores) -> Iterable[str]:
    if one.lines.caseness_says:
        yield f"A case: {one.lines.caseness_says}."
    if one.lines.reliable_says:
        yield f"A reliable change: {one.lines.reliable_says} points."


# A record holds totals. Nobody who reads it may think that the item about risk was looked at.
def _risk(one: Scores) -> Iterable[str]:
    if one.questionnaire.risk is not None:
        item = one.questionnaire.risk.item
        yield f"Only totals are in the record: the answer to item {item}, which asks about risk, is not seen here, and has to be asked."


def _alternative(one: Scores, spell: Spell) -> str:
    scores = one.scores
    ends = f"{plain(scores[0].total)} on {spell.day(scores[0].day)}, {plain(scores[-1].total)} on {spell.day(scores[-1].day)}"
    best = f"best {plain(one.best.total)} on {spell.day(one.best.day)}, worst {plain(one.worst.total)} on {spell.day(one.worst.day)}"
    line = f" A case: {one.lines.caseness_says}." if one.lines.caseness_says else ""
    return f"{one.questionnaire.short_name}, {many(len(scores), 'score')}: {ends}; {best}.{line} The table below has every score."


def _case_word(is_a_case: bool | None) -> str:
    return {True: " (a case)", False: " (not a case)", None: ""}[is_a_case]


def _turning_rows(one: Scores, spell: Spell) -> Iterable[tuple[str, ...]]:
    for each in one.turning_points:
        yield (
            "sudden gain" if each.is_gain else "sudden loss",
            f"{plain(each.before)} on {spell.day(each.day_before)}",
            f"{plain(each.after)} on {spell.day(each.day)}",
            "more than half was given back" if each.is_reversed else "not given back",
        )


def _extremes(case: Case, spell: Spell) -> list[Block]:
    rows = [
        (
            one.questionnaire.short_name,
            *(f"{plain(each.total)} on {spell.day(each.day)}" for each in (one.best, one.worst)),
        )
        for one in case.measured
    ]
    return (
        [_grid("best-and-worst", "Best and worst scores of the course", ("Questionnaire", "Best", "Worst"), rows)]
        if rows
        else []
    )


def _left_out(case: Case, spell: Spell) -> list[Block]:
    rows = [
        (each.questionnaire or "not known", "" if each.day is None else spell.day(each.day), each.why)
        for each in case.left_out
    ]
    return (
        [_grid("left-out", "Scores in the record that are left out", ("Questionnaire", "When", "Why"), rows)]
        if rows
        else []
    )


def _grid(name: str, caption: str, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> Grid:
    return Grid(name, caption, headings, tuple(rows))
