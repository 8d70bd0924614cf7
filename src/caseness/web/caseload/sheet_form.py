"""The questionnaires of a session as a form: item by item where the licence lets the wording be shown, and else totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from caseness.instruments import Instrument, parse_total
from caseness.web.caseload.accepting import require_text
from caseness.web.caseload.entry_form import EntryForm, choice_field, day_field, text_field, tick_field, time_field
from caseness.web.caseload.models import Score
from caseness.web.caseload.refusals import NotAccepted
from caseness.web.caseload.sheets import Answered, has_entered_total, is_by_item

NO_ANSWER = "No answer"


@dataclass(frozen=True)
class Section:
    """One questionnaire on the form."""

    questionnaire: Instrument
    items: tuple[forms.BoundField, ...]
    total: forms.BoundField

    @property
    def has_problem(self) -> bool:
        """Something in it is wrong."""
        return bool(self.total.errors or any(one.errors for one in self.items))


class SheetForm(EntryForm):
    """Several questionnaires that are saved together."""

    day = day_field("Day on which they were filled in")
    at = time_field("Time", "You can leave this blank.")
    is_another = tick_field("It was filled in twice on that day", "Tick this only if both were really filled in.")

    def __init__(self, *given: Any, questionnaires: Sequence[Instrument], **more: Any):
        super().__init__(*given, **more)
        self.questionnaires = tuple(questionnaires)
        for one in self.questionnaires:
            self.fields |= _fields_of(one)

    def sections(self) -> list[Section]:
        """The questionnaires, for the page to show."""
        return [
            Section(one, tuple(self[name] for name in _items(one)), self[_total(one)]) for one in self.questionnaires
        ]

    def clean(self) -> dict[str, Any]:
        """Totals are read as the record reads them."""
        for one in self.questionnaires:
            text = self.cleaned_data.get(_total(one), "")
            parsed = parse_total(one, text, self.cleaned_data.get("day"))
            if text and parsed.value is None:
                self.add_error(_total(one), f"The total of {one.short_name} is {parsed.reason}.")
            self.cleaned_data[_total(one)] = parsed.value
        return self.cleaned_data

    def answered(self) -> list[Answered]:
        """What was entered: a questionnaire that was left blank is none."""
        told = [Answered(one.id, self.cleaned_data[_total(one)], self._answers(one)) for one in self.questionnaires]
        return [one for one in told if one.items or one.total is not None]

    def as_given(self) -> dict[str, Any]:
        """What `save_scores` takes."""
        held = self.cleaned_data
        return {**{name: held[name] for name in ("entry", "day", "at", "is_another")}, "answered": self.answered()}

    def _answers(self, one: Instrument) -> tuple[float | None, ...]:
        texts = [self.cleaned_data[name] for name in _items(one)]
        return tuple(int(text) if text else None for text in texts) if any(texts) else ()


class CorrectionForm(SheetForm):
    """One score, as it should have been entered."""

    why = text_field("Why is it corrected?", 200, "The old score stays to be seen, with this reason.", required=True)

    def __init__(self, *given: Any, score: Score, questionnaire: Instrument, **more: Any):
        super().__init__(*given, questionnaires=[questionnaire], **more)
        del self.fields["is_another"]
        self.initial |= {"day": score.day, "at": score.time, **_of_score(score, questionnaire)}

    def as_given(self) -> dict[str, Any]:
        """What `amend_score` takes."""
        answered = self.answered()
        if not answered:
            raise NotAccepted(
                _total(self.questionnaires[0]), "Nothing was entered. Take the score back if it should not be here."
            )
        return {**{name: self.cleaned_data[name] for name in ("entry", "day", "at", "why")}, "answered": answered[0]}


class WithdrawalForm(EntryForm):
    """A score that should not be here, such as another client's."""

    why = text_field("Why is it taken back?", 200, "The score stays to be seen, with this reason.", required=True)

    def as_given(self) -> dict[str, Any]:
        """The key of the form, and the reason."""
        require_text(self.cleaned_data["why"], "why", "Write why.")
        return self.cleaned_data


def _total(one: Instrument) -> str:
    return f"{one.id}-total"


def _items(one: Instrument) -> list[str]:
    return [f"{one.id}-{item.number}" for item in one.items] if is_by_item(one) else []


def _fields_of(one: Instrument) -> dict[str, forms.Field]:
    choices = [(str(option.value), option.label) for option in one.options]
    made: dict[str, forms.Field] = {}
    for item, name in zip(one.items, _items(one), strict=False):
        made[name] = choice_field(item.wording, [*choices, ("", NO_ANSWER)], is_short=True)
    decimals = f", with up to {one.decimals} decimals" if one.decimals else ""
    hint = f"{one.low:g} to {one.high:g}{decimals}."
    label = f"Total of {one.short_name}, if you have only that" if made else f"Total of {one.short_name}"
    return {**made, _total(one): text_field(label, 8, hint)}


def _of_score(score: Score, one: Instrument) -> dict[str, Any]:
    total = {} if score.total is None else {_total(one): f"{float(score.total):g}"}
    if not (score.items and is_by_item(one)):
        return total
    told = {
        name: "" if answer is None else str(int(answer)) for name, answer in zip(_items(one), score.items, strict=False)
    }
    return told | total if has_entered_total(score) else told
