"""A made-up service in which every page has something to show, in each state that a page can be of.

Run as a program it makes the service in the database that the environment names, and prints as JSON how one reads it:
sessions of people who are signed in, and what stands in addresses, by what stands before it.
"""

import json
import sys
import uuid
from datetime import timedelta
from hashlib import sha256

import django

django.setup()

from allauth.account.forms import default_token_generator  # noqa: E402
from allauth.account.utils import user_pk_to_url_str  # noqa: E402
from allauth.mfa.models import Authenticator  # noqa: E402
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from django.db import transaction  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402
from fido2.cose import ES256  # noqa: E402
from fido2.webauthn import (  # noqa: E402
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorAttestationResponse,
    AuthenticatorData,
    CollectedClientData,
    RegistrationResponse,
)

from caseness.web.accounts.invitations import make_invitation  # noqa: E402
from caseness.web.accounts.models import User  # noqa: E402
from caseness.web.attention.models import Cover, Plan  # noqa: E402
from caseness.web.attention.signal_audit import count_signals  # noqa: E402
from caseness.web.caseload.models import ClientChange, Referral, Reopening, Score  # noqa: E402
from caseness.web.events.models import Kind, record_event  # noqa: E402
from caseness.web.exchange.models import State, Transfer, Way  # noqa: E402
from caseness.web.services.models import Membership, Service  # noqa: E402
from caseness.web.services.roles import Role  # noqa: E402
from web.caseloads import add_alert, add_life, fill_caseload  # noqa: E402
from web.hostile_texts import make_hostile  # noqa: E402
from web.people import PASSWORD, make_member, make_referral, make_service, make_team, number_from  # noqa: E402
from web.visits import FRESH, make_session  # noqa: E402

_NAMES = {
    Role.THERAPIST: "Thea Made-Up", Role.SUPERVISOR: "Samir Made-Up", Role.SERVICE_LEAD: "Lena Made-Up",
    Role.ADMINISTRATOR: "Adam Made-Up", Role.ANALYST: "Anja Made-Up",
}  # fmt: skip
_CHECKED = {
    "verdict": "2 rows are rejected. The rest can be imported.",
    "months": ["2026-01", "2026-02"],
    "left": {"superseded": 1, "imported before": 2},
    "findings": [
        {
            "rule": "IDS101-01", "severity": "record", "table": "IDS101Referral", "says": "A referral has no day on which it was received.",
            "count": 2, "of": 80, "effect": "It is in no count of referrals.", "remedy": "Enter the day in the system that made the file.",
        },
        {
            "rule": "IDS201-09", "severity": "warning", "table": "IDS201CareContact", "says": "A contact does not say how long it was.",
            "count": 1, "of": 412, "effect": "Minutes of therapy are too few.", "remedy": "Enter the minutes.",
        },
    ],
    "taken_along": 5,
    "tables": [
        {"table": "IDS101Referral", "read": 80, "kept": 78, "rejected": 2},
        {"table": "IDS607CodedScoreAssessmentAct", "read": 1204, "kept": 1204, "rejected": 0},
    ],
    "ignored": [{"file": "letters/a-long-name-of-a-file-that-is-no-table.pdf", "why": "it is no table"}],
}  # fmt: skip
_DONE = {"imported": {"clients_added": 1, "referrals_added": 80, "scores_corrected": 3}}
_EXPORTED = {"months": ["2026-01", "2026-02"], "rows": {"IDS101Referral": 80, "IDS607CodedScoreAssessmentAct": 1}}
_PROBLEM = "The record is of ZZ903, and this service has the provider code ZZ905. Nothing was imported."


@transaction.atomic
def build():
    """Make the service, and give its members by their roles."""
    today = timezone.localdate()
    service = make_service("Walked Through", "ZZ905")
    team = make_team(service, "Team of the Walk")
    members = {
        role: make_member(service, role, team if role in _OF_A_TEAM else None, _NAMES[role], PASSWORD) for role in Role
    }
    therapist = members[Role.THERAPIST]
    referrals = fill_caseload(therapist, 8, today)
    for referral in referrals[:3]:
        add_life(referral, today, therapist.user)
    correct(referrals[0].scores.filter(instrument_id="gad7").first(), therapist.user)
    review(Plan.objects.filter(signal__referral__in=referrals).first(), therapist.user)
    put_right(referrals[1], therapist.user, today)
    acknowledge(add_alert(referrals[0], today, therapist, 1), therapist.user)
    add_alert(referrals[1], today, therapist)
    make_referral(service, therapist, received=today, name="Nova Newcomer")
    make_referral(service, therapist, received=today - timedelta(90), ended=today - timedelta(3), name="Eno Ended")
    Cover.objects.create(
        away=therapist, by=members[Role.SUPERVISOR], first=today - timedelta(1), last=today + timedelta(9)
    )
    make_transfers(service, members[Role.ADMINISTRATOR].user)
    invite_and_end(service, team, today)
    tell_events(service, members[Role.ADMINISTRATOR].user, referrals[0].client)
    count_signals(timezone.now())
    return members


_OF_A_TEAM = (Role.THERAPIST, Role.SUPERVISOR)


def correct(score, by):
    """It was entered wrongly."""
    Score.objects.filter(pk=score.pk).update(is_current=False)
    score.pk, score.key, score.entry, score.replaces_id = None, uuid.uuid4(), uuid.uuid4(), score.pk
    score.total, score.entered_by, score.why_corrected = score.total + 1, by, "A slip of the pen"
    score._state.adding = True
    score.save()


def put_right(referral, by, today):
    """Entries were struck out, details were changed, and an end was taken back."""
    told = {"struck": timezone.now(), "struck_by": by, "why_struck": "Of somebody else"}
    for entries in (referral.goals, referral.notes, referral.circumstances, referral.medication):
        entries.filter(pk=entries.first().pk).update(**told)
    twice = referral.contacts.first()
    twice.pk, twice.key, twice.care_contact_id, twice._state.adding = (
        None,
        uuid.uuid4(),
        f"{twice.care_contact_id}x",
        True,
    )
    twice.struck, twice.struck_by, twice.why_struck = told.values()
    twice.save()
    referral.contacts.create(day=today - timedelta(2), care_contact_id="STRUCK", **told)
    before, since = {"given_name": "Ana"}, {"given_name": referral.client.given_name}
    ClientChange.objects.create(client=referral.client, before=before, since=since, why="A slip of the pen", by=by)
    Reopening.objects.create(
        referral=referral, ended=today - timedelta(9), end_code="10", why="Of somebody else", by=by
    )


def review(plan, by):
    """It was said what happened next."""
    plan.reviewed, plan.reviewed_by, plan.what_happened = timezone.now(), by, "improved"
    plan.review_note = "Sleeps better since the shifts were changed."
    plan.save()


def acknowledge(alert, by):
    """The alert was answered, and is closed."""
    alert.acknowledged = alert.closed = timezone.now()
    alert.acknowledged_by = alert.closed_by = by
    alert.what_was_done = "Asked, and gone through the safety plan.\nThe GP was told."
    alert.save()
    alert.accounts.create(by=by, written=alert.closed, what_was_done="The GP rang back.\nShe sees the client tomorrow.")


def make_transfers(service, by):
    """An import in each state, and an export in each that it can have."""
    told = {State.ARRIVED: {}, State.FAILED: {}, State.DONE: {**_CHECKED, **_DONE}}
    for state in State:
        make_transfer(service, by, Way.IN, state, told.get(state, _CHECKED))
    for state in (State.CONFIRMED, State.DONE, State.FAILED):
        make_transfer(service, by, Way.OUT, state, _EXPORTED if state == State.DONE else {})


def make_transfer(service, by, way, state, told):
    """One import or export, with the file that it would have."""
    name = "A long name of a folder with the record of the last quarter of the year (final).zip"
    made = Transfer.objects.create(
        service=service, by=by, way=way, state=state, told=told, asked=timezone.now(), profile="submission",
        name=name if way == Way.IN else "", problem=_PROBLEM if state == State.FAILED else "",
    )  # fmt: skip
    made.folder.mkdir(parents=True, exist_ok=True)
    (made.folder / "record.zip").write_bytes(b"")


def invite_and_end(service, team, today):
    """Somebody who was invited, somebody who has left, and somebody with two roles."""
    make_member(service, team=team, name="Ina Invited", is_invited=True)
    left = make_member(service, team=team, name="Len Left", password=PASSWORD)
    left.ended = today - timedelta(10)
    left.save()
    both = make_member(service, team=team, name="Bo Both", password=PASSWORD)
    Membership.objects.create(user=both.user, service=service, role=Role.ANALYST, started=today - timedelta(5))


def tell_events(service, by, client):
    """An event of each kind."""
    for kind in Kind:
        record_event(kind, "client", service=service.key, by=by.key, client=client.key, fields=["day", "note"], count=1)


def keep_keys(user):
    """Recovery codes, and a passkey as a browser would have sent it."""
    RecoveryCodes.activate(user)
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    credential = AttestedCredentialData.create(b"\0" * 16, b"made up credential", key)
    told = AuthenticatorData.create(sha256(b"127.0.0.1").digest(), AuthenticatorData.FLAG(0x45), 0, credential)
    response = AuthenticatorAttestationResponse(
        client_data=CollectedClientData.create("webauthn.create", b"c" * 16, "http://127.0.0.1"),
        attestation_object=AttestationObject.create("none", told, {}),
    )
    sent = json.loads(json.dumps(dict(RegistrationResponse(raw_id=b"made up credential", response=response))))
    data = {"name": "My phone", "credential": sent}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


def keys_of(members, passkey):
    """What stands in addresses, by what stands before it. Those that differ in state are all named."""
    service = members[Role.THERAPIST].service
    referrals = list(Referral.objects.filter(service=service).order_by("pk"))
    users = User.objects.filter(memberships__service=service).distinct().order_by("pk")
    lived, reviewed = referrals[0], Plan.objects.filter(signal__referral__in=referrals, reviewed__isnull=False)
    return {
        "clients/": [referrals[0].key, referrals[1].key, referrals[-2].key, referrals[-1].key],
        "contacts/": [lived.contacts.first().key],
        "scores/": [one.key for one in lived.scores.filter(is_current=True)[:2]],
        "goals/": [lived.goals.first().key],
        "medication/": [lived.medication.first().key],
        "circumstances/": [lived.circumstances.first().key],
        "notes/": [lived.notes.first().key],
        "signals/": list(
            dict.fromkeys(
                [
                    *(one.key for referral in referrals[:3] for one in referral.signals.all()[:1]),
                    *reviewed.values_list("signal__key", flat=True),
                ]
            )
        ),
        "plans/": [Plan.objects.filter(signal__referral__in=referrals).first().key],
        "risk/cover/": [Cover.objects.get(away__service=service).pk],
        "risk/": [one.key for referral in referrals for one in referral.risk_alerts.all()],
        "people/": [one.key for one in users.filter(name__in=("Ina Invited", "Len Left", "Bo Both"))],
        "memberships/": [members[Role.THERAPIST].key],
        "teams/": [members[Role.THERAPIST].team.key],
        "exchange/import/": list(Transfer.objects.filter(service=service, way=Way.IN).values_list("key", flat=True)),
        "exchange/export/": list(Transfer.objects.filter(service=service, way=Way.OUT).values_list("key", flat=True)),
        "invitation/": [invitation_of(service), "worthless"],
        "accounts/2fa/webauthn/keys/": [passkey.pk],
    }


def invitation_of(service):
    """The last part of the link of somebody who was invited."""
    return make_invitation(User.objects.get(name="Ina Invited", memberships__service=service))


def reset_paths(user):
    """The address of a link that sets a password, and of one that works no more."""
    name, uid = "account_reset_password_from_key", user_pk_to_url_str(user)
    return [reverse(name, args=(uid, key)) for key in (default_token_generator.make_token(user), "worthless-1")]


def main(is_hostile):
    """Make it all, and print it."""
    now = timezone.now().timestamp()
    number_from(1000 * (1 + Service.objects.count()))
    members = build()
    administrator, analyst = members[Role.ADMINISTRATOR].user, members[Role.ANALYST].user
    passkey = keep_keys(administrator)
    keys = {before: [str(one) for one in found] for before, found in keys_of(members, passkey).items()}
    if is_hostile:
        make_hostile(members[Role.THERAPIST].service)
    analyst.authenticator_set.all().delete()
    sessions = {role: make_session(User.objects.get(pk=one.user.pk), now) for role, one in members.items()}
    sessions[FRESH] = sessions.pop(Role.ANALYST)
    paths = {"account_reset_password_from_key": reset_paths(administrator)}
    sys.stdout.write(json.dumps({"sessions": sessions, "keys": keys, "paths": paths}))


if __name__ == "__main__":
    main("hostile" in sys.argv)
