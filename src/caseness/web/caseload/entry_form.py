"""Forms that enter something: drawn once, sent once, and refused with a sentence beside the field that is wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db import IntegrityError, transaction

from caseness.web.accounts.kept_forms import AGAIN
from caseness.web.caseload.accepting import legal_codes
from caseness.web.caseload.refusals import NotAccepted

_REQUIRED = {
    "required": "Enter this.",
    "null_characters_not_allowed": "There is a character in it that cannot be kept. Take it out, or type the text again.",
}
_DAY = {"required": "Enter a day.", "invalid": "Enter a day that there is, such as 2026-03-02."}
_TIME = {"invalid": "Enter a time such as 14:30."}
_NUMBER = {
    "required": "Enter a whole number.",
    "invalid": "Enter a whole number.",
    "min_value": "Enter %(limit_value)s or more.",
    "max_value": "Enter %(limit_value)s or less.",
}
_CLASH = "Something else was saved with this form. Open the page anew, and enter it again."
_NO_KEY = "This page lacks its key. Open it anew, and enter it again."
_AGAIN = "You were signed out before this was sent. Look it over, and send it."
_CHOICE = {"required": "Choose one.", "invalid_choice": "Choose one of the list."}


class EntryForm(forms.Form):
    """A form with a key of its own, drawn when it is opened: what it makes bears the key, so that it is made once."""

    entry = forms.UUIDField(
        widget=forms.HiddenInput, initial=uuid.uuid4, error_messages=dict.fromkeys(("required", "invalid"), _NO_KEY)
    )
    # What the button says that sends it.
    button_text: ClassVar[str] = "Save"
    # The client whom a refusal names, where it names one.
    named: uuid.UUID | None = None

    def as_given(self) -> dict[str, Any]:
        """What an action takes of it."""
        return dict(self.cleaned_data)

    def rows(self) -> list[forms.BoundField]:
        """The fields that are seen."""
        return list(self.visible_fields())

    def problems(self) -> list[tuple[str, str]]:
        """What is wrong, each with the id of the field. What is of no field has none."""
        return [
            (self[name].auto_id if name in self.fields else "", str(text))
            for name, found in self.errors.items()
            for text in found
        ]


def attempt(form: EntryForm, action: Callable[..., Any], **given: Any) -> Any:
    """Take an action with what a form holds, and give what it made; None where the form or the action refuses it.

    A refusal is written beside its field, and nothing of the action is saved. So it is with what somebody had typed when they
    were signed out: it is shown again first.
    """
    is_valid = form.is_valid()
    if AGAIN in form.data:
        form.add_error(None, _AGAIN)
    if not is_valid or AGAIN in form.data:
        return None
    # Two processes may make one thing at once. The one that comes second finds what the first has made.
    for _ in range(2):
        try:
            with transaction.atomic():
                return action(**given, **form.as_given())
        except NotAccepted as refused:
            form.named = refused.client
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return None
        except IntegrityError:
            continue
    form.add_error(None, _CLASH)
    return None


def day_field(label: str, hint: str = "", required: bool = True) -> forms.DateField:
    """A day, entered as the browser enters days."""
    picker = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label, help_text=hint, required=required, widget=picker, input_formats=["%Y-%m-%d"], error_messages=_DAY
    )


def time_field(label: str, hint: str = "") -> forms.TimeField:
    """A time of the day, which may be left out."""
    picker = forms.TimeInput({"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, help_text=hint, required=False, widget=picker, error_messages=_TIME)


def text_field(label: str, longest: int, hint: str = "", required: bool = False, rows: int = 0) -> forms.CharField:
    """A line of text, or several rows of it."""
    longer = {"max_length": f"Shorten it to {longest:,} letters.", **_REQUIRED}
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, help_text=hint, required=required, max_length=longest, widget=widget, error_messages=longer
    )


def nhs_number_field() -> forms.CharField:
    """An NHS number as it is written: in threes and fours, or without spaces."""
    return text_field("NHS number", 20, "Ten digits, such as 943 476 5919. You can leave this blank.")


def number_field(label: str, least: int, most: int, hint: str = "", required: bool = True) -> forms.IntegerField:
    """A whole number between two."""
    typed = forms.TextInput({"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, help_text=hint, required=required, min_value=least, max_value=most, widget=typed,
        error_messages=_NUMBER,
    )  # fmt: skip


def choice_field(
    label: str, choices: list[tuple[str, Any]], hint: str = "", required: bool = False, is_short: bool = False
) -> forms.ChoiceField:
    """One of a list: radios where it is short, and else a list to open."""
    widget = forms.RadioSelect() if is_short else forms.Select()
    return forms.ChoiceField(
        label=label, help_text=hint, required=required, choices=choices, widget=widget, error_messages=_CHOICE
    )


def code_field(
    list_id: str, label: str, hint: str = "", blank: str = "Not recorded", required: bool = False
) -> forms.ChoiceField:
    """A code of the data set by its meaning, in the groups of the list."""
    return choice_field(label, [("", blank), *grouped(legal_codes(list_id))], hint, required)


def tick_field(label: str, hint: str = "") -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, help_text=hint, required=False)


def member_field(label: str, found: Any, hint: str = "", required: bool = False, blank: str = "Nobody yet") -> Any:
    """One of some people or teams, by their keys."""
    return forms.ModelChoiceField(
        found,
        label=label,
        help_text=hint,
        required=required,
        to_field_name="key",
        empty_label=blank,
        error_messages=_CHOICE,
    )


def grouped(codes: list[tuple[str, str, str]]) -> list[tuple[str, Any]]:
    """Choices in the groups of their list; without one where the list has none.

    >>> grouped([("Seen", "46", "Agreed"), ("Seen", "47", "Early"), ("", "x", "Other")])
    [('Seen', [('46', 'Agreed'), ('47', 'Early')]), ('x', 'Other')]
    """
    groups = dict.fromkeys(group for group, _, _ in codes if group)
    told: list[tuple[str, Any]] = [
        (group, [(code, meaning) for each, code, meaning in codes if each == group]) for group in groups
    ]
    return [*told, *((code, meaning) for group, code, meaning in codes if not group)]


def keep_choice(field: Any, held: Any) -> None:
    """Let a code stay that came with an import and is none of the list, unless something else is chosen."""
    known = {code for one in getattr(field, "choices", ()) for code in _codes(one)}
    if known and held and held not in known:
        field.choices = [*field.choices, (held, held)]


def _codes(choice: Any) -> list[str]:
    code, label = choice
    return [code] if isinstance(label, str) else [each for each, _ in label]
