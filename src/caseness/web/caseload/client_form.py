"""The form that changes the details of a client."""

from __future__ import annotations

from typing import Any

from caseness.web.caseload.actions_clients import Details
from caseness.web.caseload.client_details import DETAILS
from caseness.web.caseload.entry_form import EntryForm, code_field, day_field, keep_choice, nhs_number_field, text_field
from caseness.web.caseload.models import Client

_FREE = "You can leave this blank."


class DetailsForm(EntryForm):
    """What is recorded of a client."""

    given_name = text_field("Given name", 80, _FREE)
    family_name = text_field("Family name", 80, _FREE)
    birth_date = day_field("Day of birth", _FREE, required=False)
    nhs_number = nhs_number_field()
    gender = code_field("Gender", "Gender")
    ethnic_category = code_field("EthnicCategory", "Ethnic category")
    why = text_field("Why is it changed?", 200, "What was recorded stays to be seen, with this reason.", required=True)

    def __init__(self, *given: Any, client: Client, **more: Any):
        super().__init__(*given, **more)
        self.client = client
        for name in DETAILS:
            if name in self.fields:
                self.fields[name].initial = getattr(client, name)
                keep_choice(self.fields[name], getattr(client, name))

    def clean_nhs_number(self) -> str:
        """Without its spaces."""
        return "".join(self.cleaned_data["nhs_number"].split())

    def as_given(self) -> dict[str, Any]:
        """What `change_client` takes. A detail that no field asks for stays as it is."""
        held = {name: self.cleaned_data.get(name, getattr(self.client, name)) for name in DETAILS}
        return {"entry": self.cleaned_data["entry"], "details": Details(**held), "why": self.cleaned_data["why"]}
