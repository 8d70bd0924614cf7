"""A case as a case study: what is told, in which order, and what stands above and below it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from caseness.casebook.blocks import Block, Chapter, Grid, Heading, Paragraph, Points, Question, Study
from caseness.casebook.model import Case
from caseness.casebook.prompts import AGAINST, FOR, METHOD, Prompt, evidence_for, prompts
from caseness.casebook.spelling import Spell
from caseness.casebook.telling_course import tell_attendance, tell_ending, tell_goals, tell_in_short, tell_life
from caseness.casebook.telling_scores import tell_scores, tell_signals, tell_turning_points
from caseness.feedback import INTENDED_PURPOSE

PERSONAL = (
    "This is one person's record. Without names it is still personal data: who knows the person may know them by their course. Keep it "
    "within the care of the person and its supervision, and ask for consent before it goes further."
)
WITH_DATES = "Dates are shown, so this case study is less well protected than one in days from the referral."
WITH_NOTES = "Free text is shown and marked. It may name people and places: read it before anybody else does."
NOT_CHECKED = "The rows of this course were not checked as a record is. What `caseness check` rejects counts in no measure, and may count here."
_LIMITS = (
    "One course cannot show that the therapy brought the change. The questions on both sides are to be asked of people who know the person, and "
    "of the person.",
    "Scores are answers to questionnaires, and a line on a questionnaire is no diagnosis.",
    "What is not in the record is not here: what was said, what was tried, and what mattered.",
    "A therapist is not judged by one course, and one course is no ground for a rank.",
)


def tell_case(case: Case, with_dates: bool = False) -> Study:
    """Lay a case out as a case study.

    Parameters
    ----------
    case : what `make_case` gives
    with_dates : whether days are written as dates. Without it they are counted from the referral.
    """
    spell = Spell(case.received if with_dates else None)
    return Study(
        title=f"Case study {case.pseudonym}",
        lead=f"{'Dates are real.' if with_dates else 'Days are counted from the referral, which is day 0.'} {PERSONAL}",
        purpose=INTENDED_PURPOSE,
        warnings=tuple(_warnings(case, with_dates)),
        made_up=case.made_up,
        chapters=tuple(tell(case, spell) for tell in _TELLERS),
    )


def _warnings(case: Case, with_dates: bool) -> Iterable[str]:
    if with_dates:
        yield WITH_DATES
    if case.has_notes:
        yield WITH_NOTES
    if case.demonstration:
        yield case.demonstration


def tell_official(case: Case, spell: Spell) -> Chapter:
    """How the official measures count the course."""
    if case.official.why_none:
        return Chapter("official", "In the official measures", (Paragraph(case.official.why_none),))
    grid = Grid(
        "official", "How the official measures count this course", ("What they ask", "Answer"), case.official.claims
    )
    return Chapter(
        "official", "In the official measures", (grid, *(Paragraph(each, is_note=True) for each in case.remarks))
    )


def tell_questions(case: Case, spell: Spell) -> Chapter:
    """Questions for and against the therapy as the cause of change."""
    blocks: list[Block] = [Paragraph(METHOD, is_note=True)]
    for side, heading in ((FOR, "For the therapy as the cause"), (AGAINST, "Against it, or for something else")):
        asked = [each for each in prompts() if each.side == side]
        blocks.append(Heading(heading))
        blocks += [Question(each.asks, evidence_for(each, case, spell)) for each in asked]
        blocks.append(Paragraph(_sources(asked), is_note=True))
    return Chapter("questions", "Questions to study the case by", tuple(blocks))


# The questions are ours. Each distinct source is named once, with what of it could not be read.
def _sources(asked: Sequence[Prompt]) -> str:
    told = dict.fromkeys(f"{one.source}{f' (not verified: {one.reason})' if one.reason else ''}" for one in asked)
    return f"The questions are in our own words. After: {'; '.join(told)}."


def tell_limits(case: Case, spell: Spell) -> Chapter:
    """What is left out, and what cannot be shown."""
    said = f"Free texts of the record that are left out, since they may identify a person: {case.notes_left_out}."
    left = [said] if case.notes_left_out else []
    return Chapter("limits", "What this cannot show", (Points((*_LIMITS, *left, *case.remarks)),))


_TELLERS: tuple[Callable[[Case, Spell], Chapter], ...] = (
    tell_in_short,
    tell_scores,
    tell_turning_points,
    tell_signals,
    tell_attendance,
    tell_ending,
    tell_goals,
    tell_life,
    tell_official,
    tell_questions,
    tell_limits,
)
