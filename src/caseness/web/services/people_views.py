"""An administrator's pages of people and teams."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from caseness.web.accounts.invitations import make_invitation
from caseness.web.accounts.models import User
from caseness.web.services.ended_page import EndedPage
from caseness.web.services.forms import IdentifierForm, InvitationForm, MembershipForm, RoleForm, TeamForm
from caseness.web.services.membership_actions import (
    change_identifier,
    end_membership,
    give_membership,
    move_member,
)
from caseness.web.services.membership_rules import MembershipRefused
from caseness.web.services.models import Membership
from caseness.web.services.pages import only_sent, page, show, writes_when_sent
from caseness.web.services.people_actions import end_account, invite, remove_second_factors, send_invitation
from caseness.web.services.people_page import PeoplePage, PersonPage, say_role, say_what_ends, say_who_is_left
from caseness.web.services.reader import ReaderRequest
from caseness.web.services.role_ends import count_left, say_left
from caseness.web.services.roles import Permission
from caseness.web.services.scope import find_membership, find_person, find_team
from caseness.web.services.team_actions import add_team, rename_team

FIND_THEM = "A service lead finds them under “No therapist” of the caseload, and gives them to others."


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def people(request: ReaderRequest) -> HttpResponse:
    """Everybody of the service, and its teams."""
    return show(request, "services/people.jinja", {"page": PeoplePage(request.reader)})


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def person(request: ReaderRequest, person: UUID) -> HttpResponse:
    """One of them."""
    user = find_person(request.reader, person)
    return show(request, "services/person.jinja", {"page": PersonPage(request.reader, user)})


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def invite_person(request: ReaderRequest) -> HttpResponse:
    """Somebody new, or somebody of another service."""
    form = InvitationForm(request.POST or None, reader=request.reader, initial={"first": request.reader.today})
    if not form.is_valid():
        return show(request, "services/invite.jinja", {"form": form})
    membership = attempt(form, invite, by=request.reader)
    if membership is None:
        return show(request, "services/invite.jinja", {"form": form})
    mail_link(request, membership)
    return redirect("person", person=membership.user.key)


def attempt(form: forms.Form, action: Callable[..., Any], **given: Any) -> Any:
    """Take an action with what a form holds, and give what it made; None where it is refused, beside the field."""
    try:
        return action(**given, **form.cleaned_data)
    except MembershipRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return None


def mail_link(request: ReaderRequest, membership: Membership) -> None:
    """Send the mail with the link, and say so."""
    user = membership.user
    known = user.has_usable_password()
    path = reverse("account_login") if known else reverse("accept-invitation", args=[make_invitation(user)])
    send_invitation(by=request.reader, membership=membership, link=request.build_absolute_uri(path))
    messages.success(request, f"A mail was sent to {user.email}.")


@only_sent
@page(Permission.MANAGE_PEOPLE)
def invite_again(request: ReaderRequest, membership: UUID) -> HttpResponse:
    """The mail was lost, or its link is too old."""
    found = find_membership(request.reader, membership)
    mail_link(request, found)
    return redirect("person", person=found.user.key)


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def add_membership(request: ReaderRequest, person: UUID) -> HttpResponse:
    """A further role of somebody, or one anew."""
    user = find_person(request.reader, person)
    form = MembershipForm(request.POST or None, reader=request.reader, initial={"first": request.reader.today})
    if not form.is_valid() or attempt(form, give_membership, by=request.reader, person=user) is None:
        return show(request, "services/add_membership.jinja", {"form": form, "person": user})
    return redirect("person", person=user.key)


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def move(request: ReaderRequest, membership: UUID) -> HttpResponse:
    """The same person in another role or team, from today."""
    found = find_membership(request.reader, membership)
    initial = {"role": found.role, "team": found.team.key if found.team else None}
    form = RoleForm(request.POST or None, reader=request.reader, initial=initial)
    given = {"by": request.reader, "membership": found, "on": request.reader.today}
    if not form.is_valid() or attempt(form, move_member, **given) is None:
        return show(request, "services/move.jinja", {"form": form, "membership": found})
    warn_of_left(request, found.user)
    return redirect("person", person=found.user.key)


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def identify(request: ReaderRequest, membership: UUID) -> HttpResponse:
    """By which identifier the record knows somebody."""
    found = find_membership(request.reader, membership)
    form = IdentifierForm(request.POST or None, initial={"care_person_id": found.care_person_id})
    given = {"by": request.reader, "membership": found}
    if not form.is_valid() or attempt(form, change_identifier, **given) is None:
        return show(request, "services/identifier.jinja", {"form": form, "membership": found})
    messages.success(request, "The identifier was saved.")
    return redirect("person", person=found.user.key)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def end(request: ReaderRequest, membership: UUID) -> HttpResponse:
    """One role of somebody, from now on and at their next request, once that is confirmed."""
    found = find_membership(request.reader, membership)
    if found.ended is not None and found.ended <= request.reader.today:
        told = {"page": EndedPage(request.reader, found), "title": "This role has ended already"}
        return show(request, "services/ended.jinja", told)
    if request.method != "POST":
        title = f"End the role of {say_role(found)}?"
        left = say_who_is_left(request.reader, found.user, [found])
        return _confirm(request, found.user, title, say_what_ends(found, request.reader.today), "End it now", left)
    end_membership(by=request.reader, membership=found, on=request.reader.today)
    messages.success(request, f"{found.user.name} is no longer {found.get_role_display().lower()}.")
    warn_of_left(request, found.user)
    return redirect("person", person=found.user.key)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def end_all(request: ReaderRequest, person: UUID) -> HttpResponse:
    """All that somebody is here, and the account with it, once that is confirmed."""
    user = find_person(request.reader, person)
    if request.method != "POST":
        about = "All their roles here end now, and whatever page they have open is their last."
        left = say_who_is_left(request.reader, user, list(user.memberships.filter(service=request.reader.service)))
        return _confirm(request, user, "End all their roles?", about, "End everything now", left)
    end_account(by=request.reader, person=user)
    messages.success(request, f"{user.name} sees nothing of this service any more.")
    warn_of_left(request, user)
    return redirect("person", person=user.key)


@require_http_methods(["GET", "HEAD", "POST"])
@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def remove_factors(request: ReaderRequest, person: UUID) -> HttpResponse:
    """Somebody has lost their phone. An account that another service shares is not this administrator's to open."""
    shown = PersonPage(request.reader, find_person(request.reader, person))
    if shown.belongs_elsewhere:
        raise PermissionDenied
    if request.method != "POST":
        about = "Be sure that it is they who ask. They sign in with the password alone until they have set up another."
        return _confirm(request, shown.user, "Remove the second factor?", about, "Remove the second factor")
    remove_second_factors(by=request.reader, person=shown.user)
    messages.success(request, f"{shown.user.name} sets up a second factor at the next sign-in.")
    return redirect("person", person=shown.user.key)


def warn_of_left(request: ReaderRequest, person: User) -> None:
    """Say how many clients of somebody no therapist has now, where there are any."""
    if many := count_left(request.reader, person):
        messages.warning(request, f"{say_left(many, 'have' if many > 1 else 'has')} {FIND_THEM}")


def _confirm(
    request: ReaderRequest, person: User, title: str, about: str, button_text: str, left: str = ""
) -> HttpResponse:
    told = {"person": person, "title": title, "about": about, "button_text": button_text, "left": left}
    return show(request, "services/confirm.jinja", told)


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def new_team(request: ReaderRequest) -> HttpResponse:
    """A team more."""
    form = TeamForm(request.POST or None, reader=request.reader)
    if not form.is_valid():
        return show(request, "services/team.jinja", {"form": form, "title": "Add a team"})
    add_team(by=request.reader, **form.cleaned_data)
    return redirect("people")


@page(Permission.MANAGE_PEOPLE)
@writes_when_sent
def edit_team(request: ReaderRequest, team: UUID) -> HttpResponse:
    """Another name or code of a team."""
    found = find_team(request.reader, team)
    form = TeamForm(request.POST or None, reader=request.reader, instance=found)
    if not form.is_valid():
        return show(request, "services/team.jinja", {"form": form, "title": f"Change {found.name}"})
    rename_team(by=request.reader, team=found, **form.cleaned_data)
    return redirect("people")
