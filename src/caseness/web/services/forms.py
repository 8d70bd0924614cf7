"""Forms about people and teams."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from caseness.web.services.days import DAYS_AHEAD, DAYS_OF_MEMBERSHIP
from caseness.web.services.models import Team
from caseness.web.services.reader import Reader
from caseness.web.services.roles import DESCRIPTIONS, Role
from caseness.web.services.scope import teams_of

NO_IDENTIFIER = "Enter the identifier (CarePersLocalId). Without it nobody can be given clients."
_OF_A_TEAM = frozenset({Role.SUPERVISOR, Role.THERAPIST})


def asked(what: str) -> dict[str, str]:
    """What is said where it is missing."""
    return {"required": f"Enter {what}."}


class RoleForm(forms.Form):
    """What somebody is in the service, and in which team."""

    role = forms.ChoiceField(choices=Role.choices, error_messages={"required": "Choose a role."})
    team = forms.ModelChoiceField(queryset=None, required=False, to_field_name="key")

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_of(reader)
        self.today = reader.today

    def clean(self) -> dict[str, Any]:
        """A supervisor and a therapist have a team; the others see no team more than another."""
        given = super().clean()
        if role := given.get("role"):
            given["role"] = Role(role)
            if given["role"] not in _OF_A_TEAM:
                given["team"] = None
            elif not given.get("team"):
                self.add_error(
                    "team", "Choose the team. A supervisor sees the clients of a team, a therapist is in one."
                )
        return given

    @property
    def descriptions(self) -> list[tuple[str, str, str]]:
        """Each role, what it is called and what it may see."""
        return [(value, label, DESCRIPTIONS[Role(value)]) for value, label in Role.choices()]


class MembershipForm(RoleForm):
    """The same, with the identifier in the record and the days."""

    care_person_id = forms.CharField(max_length=20, required=False)
    first = forms.DateField(error_messages=asked("the first day"))
    last = forms.DateField(required=False)

    def clean(self) -> dict[str, Any]:
        """A therapist has an identifier; the last day is not before the first, and no day is too far away."""
        given = super().clean()
        if given.get("role") == Role.THERAPIST and not given.get("care_person_id"):
            self.add_error("care_person_id", NO_IDENTIFIER)
        for name, most in (("first", DAYS_AHEAD), ("last", DAYS_OF_MEMBERSHIP)):
            if given.get(name) and given[name] > self.today + most:
                self.add_error(name, f"This day is more than {most.days // 365} years from now. Look at the year.")
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            self.add_error("last", "The last day is before the first.")
        return given


class IdentifierForm(forms.Form):
    """By which identifier the record knows somebody."""

    care_person_id = forms.CharField(max_length=20, error_messages={"required": NO_IDENTIFIER})


class InvitationForm(MembershipForm):
    """The same, of somebody who may be new."""

    name = forms.CharField(max_length=120, error_messages=asked("the name"))
    email = forms.EmailField(
        max_length=254, error_messages={**asked("the email address"), "invalid": "This is no email address."}
    )
    field_order = ["name", "email", "role", "team", "care_person_id", "first", "last"]  # noqa: RUF012 - as Django declares it


class TeamForm(forms.ModelForm):
    """A team's name, and the code by which the record knows it."""

    class Meta:
        model = Team
        fields = ("name", "code")
        error_messages = {"name": asked("the name"), "code": asked("the code")}  # noqa: RUF012 - as Django declares it

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.reader = reader

    def clean_code(self) -> str:
        """No two teams of a service have one code."""
        code = self.cleaned_data["code"]
        if teams_of(self.reader).filter(code=code).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Another team has this code.")
        return code


class NewPasswordForm(forms.Form):
    """The first password of somebody who was invited."""

    password1 = forms.CharField(strip=False, error_messages=asked("the password"))
    password2 = forms.CharField(strip=False, error_messages=asked("the password once more"))

    def __init__(self, *args: Any, user: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Twice the same, and good enough."""
        given = super().clean()
        if given.get("password1") and given.get("password2"):
            if given["password1"] != given["password2"]:
                self.add_error("password2", "This is not the same as above.")
            try:
                validate_password(given["password1"], self.user)
            except forms.ValidationError as problem:
                self.add_error("password1", problem)
        return given
