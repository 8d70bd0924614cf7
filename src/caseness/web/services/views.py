"""Where everybody begins, and how an invitation is taken up."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from caseness.web.accounts.invitations import read_invitation
from caseness.web.accounts.kept_forms import form_of
from caseness.web.design.context import places
from caseness.web.events.models import Kind
from caseness.web.services.forms import NewPasswordForm
from caseness.web.services.middleware import CHOSEN
from caseness.web.services.pages import asked_by_script, for_any_member, for_anyone, only_sent, show, writes_when_sent
from caseness.web.services.people_page import ChoicePage
from caseness.web.services.reader import ReaderRequest, reader_of
from caseness.web.services.signing import tell_of

TOO_LONG = "What you asked for was too long, and nothing was looked for. Look for a part of it."


@require_GET
@for_any_member
@writes_when_sent
def start(request: ReaderRequest) -> HttpResponse:
    """The first page that the reader's role has. Whoever has several roles chooses first."""
    if request.GET.get("was") == "too-long":
        messages.info(request, TOO_LONG)
    several = len(ChoicePage(request.reader).memberships) > 1
    if several and CHOSEN not in request.session:
        return redirect("choose-membership")
    open_places = places(request.reader, request.path)
    return redirect(open_places[0].href if open_places else "mfa_index")


@for_any_member
@writes_when_sent
def choose_membership(request: ReaderRequest) -> HttpResponse:
    """As what somebody reads, who is several things, in one service or in more."""
    asked = request.POST.get("membership")
    if not asked:
        return show(request, "services/choose.jinja", {"page": ChoicePage(request.reader)})
    chosen = reader_of(request.reader.user, request.reader.today, asked)
    if chosen is None or str(chosen.membership.key) != asked:
        raise PermissionDenied
    request.session[CHOSEN] = asked
    return redirect("start")


@for_anyone
def refuse_forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A post without our token: from another site, or from a page that was open for too long.

    What a page of ours sent is shown to whoever sent it, to be copied: browsers tell it from what another site sent.
    """
    form = form_of(request) if request.headers.get("Sec-Fetch-Site") == "same-origin" else None
    return render(request, "403_csrf.html", {"typed": form.typed if form else []}, status=403)


@only_sent
@asked_by_script
@for_any_member
@transaction.non_atomic_requests
def stay(request: ReaderRequest) -> HttpResponse:
    """Somebody is still there: that this was asked is what keeps the session."""
    return HttpResponse(status=204)


@for_anyone
@transaction.atomic
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The first password of somebody who was invited. A link that is worth nothing says so, and no more."""
    user = read_invitation(token)
    if user is None:
        return render(request, "services/invitation_over.jinja", status=410)
    form = NewPasswordForm(request.POST or None, user=user)
    if not form.is_valid():
        return render(request, "services/invitation.jinja", {"form": form, "invited": user})
    user.set_password(form.cleaned_data["password1"])
    user.save(update_fields=["password"])
    tell_of(user, Kind.PASSWORD_CHANGED, "user")
    messages.success(request, "Your password is set. Sign in with it.")
    return redirect("account_login")
