"""Questions for whoever studies a case, for and against the therapy as the cause, each beside what the record can say to it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from caseness.casebook.model import Case, Scores, Told
from caseness.casebook.spelling import Spell, many, plain
from caseness.instruments import Sourced
from caseness.instruments.judging import NO_CHANGE

FOR, AGAINST = "for", "against"
SIDES = (FOR, AGAINST)
METHOD = (
    "Hermeneutic single case efficacy design (HSCED): signs of a direct link from therapy to change are sought first, and "
    "explanations without therapy weighed after. Elliott 2002, Psychotherapy Research 12:1-21 (opening pages read)."
)


@dataclass(frozen=True, kw_only=True)
class Prompt(Sourced):
    """A question, and the side that it is asked for: `for` the therapy as the cause of change, or `against`."""

    id: str
    side: str
    asks: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.side not in SIDES:
            raise ValueError(f"A prompt is asked {' or '.join(SIDES)}, not {self.side!r}.")


@cache
def prompts() -> tuple[Prompt, ...]:
    """Every question, in its order.

    >>> len(prompts()), prompts()[0].side
    (13, 'for')
    """
    text = (files("caseness.casebook") / "prompts.toml").read_text(encoding="utf-8")
    return tuple(Prompt(**each) for each in tomllib.loads(text)["prompt"])


def evidence_for(prompt: Prompt, case: Case, spell: Spell) -> tuple[str, ...]:
    """What the record can say to a question. Nothing where it says nothing."""
    return tuple(_EVIDENCE[prompt.id](case, spell))


def _long_standing(case: Case, spell: Spell) -> Iterable[str]:
    if case.problem_months is not None:
        yield f"The problem began about {many(case.problem_months, 'month')} before the referral, by the record."
    for one in case.measured:
        if one.began_as_case:
            yield f"{one.questionnaire.short_name} was that of a case when first scored, on {spell.day(one.scores[0].day)}."


def _own_account(case: Case, spell: Spell) -> Iterable[str]:
    own = [each for each in case.ending.reviews if "person" in each.told_by.casefold()]
    yield f"Accounts of the ending by the person in the record: {len(own)}."


def _worked_on(case: Case, spell: Spell) -> Iterable[str]:
    for each in case.goals:
        yield f"{each.name}: {plain(each.ratings[0][1])} at first, {plain(each.ratings[-1][1])} at last, of 10."
    done = dict.fromkeys(therapy for one in case.treatments for therapy in one.therapies)
    if done:
        yield f"Therapies given: {'; '.join(done)}."


def _event_before_shift(case: Case, spell: Spell) -> Iterable[str]:
    for one in case.measured:
        for point in one.turning_points:
            kind = "gain" if point.is_gain else "loss"
            yield (
                f"{one.questionnaire.short_name}: a sudden {kind} between {spell.day(point.day_before)} and {spell.day(point.day)}."
            )


def _moved_together(case: Case, spell: Spell) -> Iterable[str]:
    for each in case.alliance:
        yield f"{each.name}: {many(len(each.ratings), 'score')}, {plain(each.ratings[0][1])} at first and {plain(each.ratings[-1][1])} at last."


def _trivial(case: Case, spell: Spell) -> Iterable[str]:
    for one in case.measured:
        yield f"{one.questionnaire.short_name}: {one.change.outcome or 'not known whether the change is reliable'}."
    if case.measured and all(one.change.outcome in (NO_CHANGE, None) for one in case.measured):
        yield "No questionnaire shows a reliable change."


def _artefact(case: Case, spell: Spell) -> Iterable[str]:
    start = min((one.day for one in case.treatments), default=None)
    for one in case.measured:
        before = [each for each in one.within if start is None or each.day <= start]
        yield f"{one.questionnaire.short_name}: {many(len(before), 'score')} up to the day of the first treatment."


def _pleasing(case: Case, spell: Spell) -> Iterable[str]:
    for one in case.measured:
        inside = sum(each.in_contact for each in one.scores)
        yield f"{one.questionnaire.short_name}: {inside} of {many(len(one.scores), 'score')} given in a contact."


def _hoped_for(case: Case, spell: Spell) -> Iterable[str]:
    yield "Questionnaires, goals and the alliance are the person's own report. Attendance, work and the ending are not."


def _by_itself(case: Case, spell: Spell) -> Iterable[str]:
    start = min((one.day for one in case.treatments), default=None)
    if start is not None:
        yield f"The first treatment was on {spell.day(start)}."
        yield from filter(None, (_drift(one, start) for one in case.measured))


def _drift(one: Scores, start: int) -> str:
    before = [each.total for each in one.within if each.day <= start]
    if len(before) < 2:
        return ""
    return f"{one.questionnaire.short_name} went from {plain(before[0])} to {plain(before[-1])} before and on that day."


def _life(case: Case, spell: Spell) -> Iterable[str]:
    for one in case.life:
        if one.about in ("told by the person", "work", "home"):
            yield _when(one, spell)


def _when(one: Told, spell: Spell) -> str:
    return f"{one.what}." if one.day is None else f"{one.what}, on {spell.day(one.day)}."


def _body(case: Case, spell: Spell) -> Iterable[str]:
    for one in case.life:
        if one.about in ("medication", "health"):
            yield _when(one, spell)


def _being_measured(case: Case, spell: Spell) -> Iterable[str]:
    yield f"Scores in the record: {sum(len(one.scores) for one in case.measured)}, on {many(len(case.measured), 'questionnaire')}."


_EVIDENCE: Mapping[str, Callable[[Case, Spell], Iterable[str]]] = MappingProxyType(
    {
        "long_standing": _long_standing,
        "own_account": _own_account,
        "worked_on": _worked_on,
        "event_before_shift": _event_before_shift,
        "moved_together": _moved_together,
        "trivial": _trivial,
        "artefact": _artefact,
        "pleasing": _pleasing,
        "hoped_for": _hoped_for,
        "by_itself": _by_itself,
        "life": _life,
        "body": _body,
        "being_measured": _being_measured,
    }
)
