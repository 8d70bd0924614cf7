"""The forms of what is done about signals and risk."""

from __future__ import annotations

from typing import Any

from caseness.web.attention.clinical_support import DOMAINS, OUTCOMES
from caseness.web.attention.scope import away_for, standing_in_for
from caseness.web.caseload.entry_form import EntryForm, choice_field, day_field, member_field, text_field, tick_field
from caseness.web.services.reader import Reader

_LONGEST = 2000


class PlanForm(EntryForm):
    """What was talked over and agreed after a signal, over the five domains of clinical support."""

    was_made_with_client = tick_field(
        "This was made together with the client", "If not yet, take it to the next session."
    )
    review_on = day_field("Day on which you look at it again")

    def __init__(self, *given: Any, **more: Any):
        super().__init__(*given, **more)
        made = {one.id: text_field(one.title, _LONGEST, " ".join(one.prompts), rows=3) for one in DOMAINS}
        self.fields = {"entry": self.fields.pop("entry"), **made, **self.fields}

    def as_given(self) -> dict[str, Any]:
        """The plan."""
        held = super().as_given()
        domains = {one.id: held.pop(one.id) for one in DOMAINS}
        return {**held, "domains": domains}


class ReviewForm(EntryForm):
    """What happened after a plan."""

    what_happened = choice_field("What happened next?", list(OUTCOMES), required=True, is_short=True)
    note = text_field("In a few words", _LONGEST, "You can leave this blank.", rows=3)

    def as_given(self) -> dict[str, Any]:
        """What happened, and the note."""
        return {name: self.cleaned_data[name] for name in ("what_happened", "note")}


class CloseForm(EntryForm):
    """What was done about a risk alert."""

    what_was_done = text_field(
        "What was done?", _LONGEST, "What you asked, what the client said, what was agreed, and whom you told.", rows=5, required=True
    )  # fmt: skip

    def as_given(self) -> dict[str, Any]:
        """What was done."""
        return {"what_was_done": self.cleaned_data["what_was_done"]}


class AccountForm(CloseForm):
    """What else was done about one that was closed."""

    def as_given(self) -> dict[str, Any]:
        """What was done, and the key by which it counts once."""
        return dict(self.cleaned_data)


class CoverForm(EntryForm):
    """Who stands in for somebody who is away."""

    def __init__(self, *given: Any, reader: Reader, **more: Any):
        super().__init__(*given, **more)
        people = {"required": True, "blank": "Choose somebody"}
        self.fields["away"] = member_field("Who is away", away_for(reader), **people)
        self.fields["stand_in"] = member_field("Who stands in", standing_in_for(reader), **people)
        self.fields["first"] = day_field("First day")
        self.fields["last"] = day_field("Last day")

    def as_given(self) -> dict[str, Any]:
        """Both people and both days."""
        return {name: self.cleaned_data[name] for name in ("away", "stand_in", "first", "last")}
