"""The course in words and tables: who came, waits, appointments, therapy, the ending, goals, the alliance and life."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from caseness.casebook.blocks import Block, Chapter, Grid, Paragraph, Points
from caseness.casebook.meetings import STRETCH_DAYS, stretches_in, waits_of
from caseness.casebook.model import Case, Meeting, Rated, Review
from caseness.casebook.spelling import Spell, many, plain
from caseness.casebook.telling_scores import in_short

_NOTHING = "nothing recorded"


def tell_in_short(case: Case, spell: Spell) -> Chapter:
    """The case in a few sentences."""
    attended = case.attendance["attended"]
    items = [
        *_who(case),
        f"{many(attended, 'attended contact')} of {many(len(case.meetings), 'appointment')}, {len(case.treatments)} of them treatment.",
        *([f"{many(case.logs, 'week')} of therapy over the internet."] if case.logs else []),
        *(in_short(one) for one in case.measured),
        _ended(case, spell),
        *(
            [f"The person has {many(case.other_referrals, 'other referral')} in the record."]
            if case.other_referrals
            else []
        ),
        f"The record covers the course up to {spell.day(case.known_until)}. What happened since is not in it.",
    ]
    return Chapter("in-short", "In short", (Points(tuple(items)),))


def _who(case: Case) -> Iterable[str]:
    told = [
        case.age_group and f"aged {case.age_group} at the referral",
        case.gender.lower(),
        case.problem and f"problem: {case.problem}",
    ]
    known = [one for one in told if one]
    if known:
        text = "; ".join(known)
        yield f"{text[0].upper()}{text[1:]}."
    if case.source:
        yield f"Referred by: {case.source}."


def _ended(case: Case, spell: Spell) -> str:
    if case.ending.day is None:
        return "The course is open."
    kinds = dict.fromkeys(one.kind.lower() for one in case.ending.reviews if one.kind)
    reviewed = f" Reviewed as {' and as '.join(kinds)}." if kinds else ""
    return f"Ended on {spell.day(case.ending.day)}: {case.ending.code or 'no code of an ending is recorded'}.{reviewed}"


def tell_attendance(case: Case, spell: Spell) -> Chapter:
    """Appointments, stretches without any, waits and therapies."""
    counts = tuple((kind, str(number)) for kind, number in case.attendance.items())
    blocks: list[Block] = [
        Grid("attendance", "Appointments", ("How it went", "Number"), counts, (1,)),
        Points(tuple(_waits(case))),
        *_stretches(case, spell),
        *_therapies(case),
        *_appointments(case, spell),
    ]
    return Chapter("attendance", "Appointments, waits and therapy", tuple(blocks))


def _waits(case: Case) -> Iterable[str]:
    found = waits_of(case.meetings)
    for days, what in (
        (found.to_assessment, "From the referral to the first attended assessment"),
        (found.to_treatment, "From the referral to the first attended treatment"),
        (found.to_second, "From the first treatment to the second"),
    ):
        yield f"{what}: {many(days, 'day') if days is not None else 'there was none'}."


def _stretches(case: Case, spell: Spell) -> list[Block]:
    rows = tuple(
        (f"{spell.day(one.since)} to {spell.day(one.until)}", str(one.days), str(one.missed), str(one.cancelled))
        for one in stretches_in(case.meetings)
    )
    if not rows:
        return [Paragraph(f"No stretch of {STRETCH_DAYS} days or more without an attended contact.")]
    headings = ("Stretch", "Days", "Missed in it", "Cancelled in it")
    return [
        Grid(
            "stretches",
            f"Stretches of {STRETCH_DAYS} days or more without an attended contact",
            headings,
            rows,
            (1, 2, 3),
        )
    ]


def _therapies(case: Case) -> list[Block]:
    names = list(dict.fromkeys(name for one in case.treatments for name in one.therapies))
    if not names:
        return [Paragraph("No treatment contact has a therapy in the record.")]
    rows = tuple((name, str(sum(name in one.therapies for one in case.treatments))) for name in names)
    therapists = len({one.therapist for one in case.meetings if one.was_attended and one.therapist})
    said = [Paragraph(f"{many(therapists, 'therapist')} in attended contacts.")] if therapists else []
    return [
        Grid("therapies", "Therapies, by treatment contacts that had them", ("Therapy", "Contacts"), rows, (1,)),
        *said,
    ]


def _appointments(case: Case, spell: Spell) -> list[Block]:
    rows = tuple(_appointment(one, spell) for one in case.meetings)
    headings = ("When", "How it went", "Purpose", "How it took place", "Minutes", "Therapy", "Therapist")
    return [Grid("appointments", "Every appointment", headings, rows, (4,))] if rows else []


def _appointment(one: Meeting, spell: Spell) -> tuple[str, ...]:
    minutes = "" if one.minutes is None else str(one.minutes)
    therapist = "" if one.therapist is None else f"therapist {one.therapist}"
    return spell.day(one.day), one.attendance, one.purpose, one.medium, minutes, "; ".join(one.therapies), therapist


def tell_ending(case: Case, spell: Spell) -> Chapter:
    """How the course ended, by the record and by each account of it."""
    blocks: list[Block] = [Paragraph(_ended(case, spell))]
    rows = tuple(_review(one, spell) for one in case.ending.reviews)
    if rows:
        headings = ("Account of", "When", "Kind", "Decided by", "Why", *(["Note"] if case.has_notes else []))
        blocks.append(Grid("reviews", "Reviews of the ending", headings, tuple(row[: len(headings)] for row in rows)))
    elif case.ending.day is not None:
        blocks.append(
            Paragraph("Nobody's review of the ending is in the record: neither the therapist's nor the person's.")
        )
    if len({one.kind for one in case.ending.reviews}) > 1:
        blocks.append(Paragraph("The accounts differ in whether the ending was planned."))
    return Chapter("ending", "The ending", tuple(blocks))


def _review(one: Review, spell: Spell) -> tuple[str, ...]:
    told = (one.told_by or "not said", spell.day(one.day), one.kind, one.decided_by, one.reason, marked(one.note))
    return (*(cell or _NOTHING for cell in told[:-1]), told[-1])


def marked(note: str) -> str:
    """Free text with a mark that says what it is.

    >>> marked("moved to Leeds"), marked("")
    ('[free text, may identify] moved to Leeds', '')
    """
    return f"[free text, may identify] {' '.join(note.split())}" if note else ""


def tell_goals(case: Case, spell: Spell) -> Chapter:
    """Goals and the alliance."""
    blocks = [
        *_rated(case.goals, "goals", "Goals, each rated from 0 to 10", spell),
        *_rated(case.alliance, "alliance", "Alliance and experience", spell),
    ]
    return Chapter(
        "goals",
        "Goals and the alliance",
        tuple(blocks) or (Paragraph("The record holds neither goals nor scores on the alliance."),),
    )


def _rated(found: Sequence[Rated], name: str, caption: str, spell: Spell) -> list[Block]:
    rows = tuple(
        (" ".join(filter(None, (each.name, marked(each.wording)))), spell.day(day), plain(rating))
        for each in found
        for day, rating in each.ratings
    )
    return [Grid(name, caption, ("What", "When", "Rating"), rows, (2,))] if rows else []


def tell_life(case: Case, spell: Spell) -> Chapter:
    """Life circumstances, work, home, health and medication."""
    rows = tuple(
        ("" if one.day is None else spell.day(one.day), one.about, " ".join(filter(None, (one.what, marked(one.note)))))
        for one in case.life
    )
    shown = tuple((when or "no day", *rest) for when, *rest in rows)
    note = Paragraph(
        "Religion, sexual orientation, ethnicity, disability and place of living are not shown, even where the record holds them.",
        is_note=True,
    )
    if not shown:
        return Chapter(
            "life", "Life, health and medication", (Paragraph("The record tells nothing of the person's life."), note)
        )
    return Chapter(
        "life",
        "Life, health and medication",
        (Grid("life", "What the record tells", ("When", "About", "What"), shown), note),
    )
