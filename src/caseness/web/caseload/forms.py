"""The forms of a caseload, each for one action."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from caseness.web.caseload.actions_contacts import Appointment
from caseness.web.caseload.actions_course import BEST_RATING
from caseness.web.caseload.actions_referrals import Arrival
from caseness.web.caseload.entry_form import (
    EntryForm,
    code_field,
    day_field,
    keep_choice,
    member_field,
    nhs_number_field,
    number_field,
    text_field,
    time_field,
)
from caseness.web.caseload.models import Contact, Referral
from caseness.web.caseload.staff import teams_for, therapists_for
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader
from caseness.web.services.roles import Permission

_FREE = "You can leave this blank."


class ReferralForm(EntryForm):
    """A new client with a referral."""

    given_name = text_field("Given name", 80, _FREE)
    family_name = text_field("Family name", 80, _FREE)
    local_patient_id = text_field(
        "Identifier of the client", 20, "The one in your record. One is made if you leave it blank. Of a client of yours "
        "who is here already, it adds a new referral."
    )  # fmt: skip
    birth_date = day_field("Day of birth", _FREE, required=False)
    nhs_number = nhs_number_field()
    gender = code_field("Gender", "Gender")
    ethnic_category = code_field("EthnicCategory", "Ethnic category")
    received = day_field("Day on which the referral was received")
    source_of_referral = code_field("SourceOfReferralIAPT", "Who referred the client")
    problem = code_field("PresComp", "What the client comes with")
    onset_month = text_field("Month in which it began", 7, "Such as 2024-04. You can leave this blank.")
    was_diagnosed_before = code_field("PrevDiagCondInd", "Was it diagnosed before?")

    def __init__(self, *given: Any, reader: Reader, **more: Any):
        super().__init__(*given, **more)
        self.reader = reader
        self.fields["received"].initial = reader.today
        if reader.may(Permission.ALLOCATE_CLIENTS):
            self.fields["team"] = member_field("Team", teams_for(reader), blank="No team yet")
            self.fields["therapist"] = member_field("Therapist", therapists_for(reader))

    def clean_nhs_number(self) -> str:
        """Without its spaces."""
        return "".join(self.cleaned_data["nhs_number"].split())

    def as_given(self) -> dict[str, Any]:
        """The arrival. A therapist's new client is theirs."""
        held = super().as_given()
        entry = held.pop("entry")
        if not self.reader.may(Permission.ALLOCATE_CLIENTS):
            held |= {"therapist": self.reader.membership, "team": self.reader.team}
        held |= {"team": held["team"] or (None if held["therapist"] else self.reader.team)}
        return {"entry": entry, "arrival": Arrival(**held)}


class AllocateForm(EntryForm):
    """Who has a client."""

    def __init__(self, *given: Any, reader: Reader, referral: Referral, **more: Any):
        super().__init__(*given, **more)
        self.fields["team"] = member_field("Team", teams_for(reader), blank="No team")
        self.fields["therapist"] = member_field("Therapist", therapists_for(reader))
        self.initial |= {"team": _key(referral.team), "therapist": _key(_now(referral, therapists_for(reader)))}

    def as_given(self) -> dict[str, Any]:
        """The team and the therapist."""
        return {name: self.cleaned_data[name] for name in ("team", "therapist")}


class EndForm(EntryForm):
    """The end of a referral. Its review has a form of its own later."""

    ended = day_field("Day on which the referral ends")
    end_code = code_field("EndCode", "Why it ends", blank="Choose one", required=True)

    def as_given(self) -> dict[str, Any]:
        """The day and the code."""
        return {name: self.cleaned_data[name] for name in ("ended", "end_code")}


class ReopenForm(EntryForm):
    """An end that should not have been."""

    button_text = "Open it again"
    why = text_field("Why is it opened again?", 200, "The end stays to be seen, with this reason.", required=True)


class ContactForm(EntryForm):
    """An appointment."""

    day = day_field("Day")
    time = time_field("Time", _FREE)
    appointment_type = code_field("AppType", "What it is for")
    medium = code_field("ConsMechanism", "How it takes place")
    attendance = code_field("AttendOrDNACode", "What became of it", blank="Nothing yet: it is booked")
    minutes = number_field("Length in minutes", 1, 600, _FREE, required=False)
    therapy = code_field("CodeProcAndProcStatus", "Therapy")
    second_therapy = code_field("CodeProcAndProcStatus", "Second therapy", blank="None")
    psychotropic_medication = code_field("PsychMed", "Psychotropic medication", "As of this appointment.")

    def __init__(self, *given: Any, reader: Reader, **more: Any):
        super().__init__(*given, **more)
        self.therapist = reader.membership if reader.membership.care_person_id else None

    def as_given(self) -> dict[str, Any]:
        """The appointment, of whoever enters it unless it has somebody already."""
        held = super().as_given()
        entry, therapies = held.pop("entry"), (held.pop("therapy"), held.pop("second_therapy"))
        told = Appointment(**held, therapist=self.therapist, therapies=tuple(filter(None, therapies)))
        return {"entry": entry, "appointment": told}


class ContactChangeForm(ContactForm):
    """What became of an appointment that is there."""

    def __init__(self, *given: Any, reader: Reader, contact: Contact, **more: Any):
        super().__init__(*given, reader=reader, initial=_of_contact(contact), **more)
        self.therapist = contact.therapist
        self.others = _therapies(contact)[2:]
        for name, field in self.fields.items():
            keep_choice(field, self.initial.get(name))

    def as_given(self) -> dict[str, Any]:
        """The appointment alone: the contact has its key already."""
        told = super().as_given()["appointment"]
        return {"appointment": replace(told, therapies=(*told.therapies, *self.others))}


class GoalForm(EntryForm):
    """What the client wants."""

    wording = text_field("What the client wants, in the client's own words", 400, rows=3, required=True)
    day = day_field("Day on which it was said")


class RatingForm(EntryForm):
    """How far a goal is reached."""

    rating = number_field("How far it is reached", 0, BEST_RATING, "0 is not at all, 10 is reached.")
    day = day_field("Day")


class CircumstanceForm(EntryForm):
    """Something in the client's life."""

    kind = code_field("LifeCircumstanceKind", "What it concerns", blank="Choose one", required=True)
    note = text_field("In a few words", 400, _FREE, rows=3)
    day = day_field("Day on which it was told")


class MedicationForm(EntryForm):
    """A medicine that the client takes."""

    name = text_field("Name of the medicine", 120, required=True)
    dose = text_field("Dose", 80, _FREE)
    day = day_field("Since when")


class StopForm(EntryForm):
    """The client takes a medicine no longer."""

    stopped = day_field("Last day on which it was taken")

    def as_given(self) -> dict[str, Any]:
        """The day."""
        return {"stopped": self.cleaned_data["stopped"]}


class StrikeForm(EntryForm):
    """Something that was entered by mistake."""

    button_text = "Strike it out"
    why = text_field("Why is it struck out?", 200, "It stays to be seen, with this reason.", required=True)


class NoteForm(EntryForm):
    """A note of the therapist."""

    text = text_field("Note", 8000, "It is never exported with the record.", rows=8, required=True)
    day = day_field("Day it is about")


def starting(day: date, *names: str) -> dict[str, Any]:
    """What a form begins with: a key of its own, and today in the days that are named."""
    return {"entry": uuid.uuid4(), **dict.fromkeys(names, day)}


def _of_contact(contact: Contact) -> dict[str, Any]:
    names = ("day", "time", "appointment_type", "medium", "attendance", "minutes", "psychotropic_medication")
    held = {name: getattr(contact, name) for name in names}
    return {**held, **dict(zip(("therapy", "second_therapy"), _therapies(contact), strict=False))}


def _therapies(contact: Contact) -> list[str]:
    return [one.procedure for one in contact.activities.order_by("pk") if one.procedure]


# The therapist as they are today: whoever was moved has another membership than the client was given under.
def _now(referral: Referral, found: QuerySet[Membership]) -> Membership | None:
    held = found.filter(user=referral.therapist.user_id) if referral.therapist else found.none()
    return min(held, key=lambda one: one.pk != referral.therapist_id, default=None)


def _key(one: Any) -> Any:
    return one.key if one else None
