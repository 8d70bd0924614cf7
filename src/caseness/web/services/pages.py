"""What every page of ours states: which permission it asks for, or that it asks for none; and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Protocol, runtime_checkable

from django.db import connection, transaction
from django.forms import BaseForm, ModelChoiceField
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST

from caseness.web.services.roles import Permission

# A file that is downloaded is no `HttpResponse`, but both have the same base.
View = Callable[..., HttpResponseBase]


def page(permission: Permission) -> Callable[[View], View]:
    """Mark a view as one that needs a permission. `services.middleware` refuses it to a reader who lacks it."""

    def mark(view: View) -> View:
        view.permission = permission
        return view

    return mark


def for_any_member(view: View) -> View:
    """Mark a view as one for whoever belongs to the service today, whatever the role."""
    view.permission = None
    return view


def for_anyone(view: View) -> View:
    """Mark a view as one that is read without signing in. It tells nothing of a person."""
    view.permission = None
    view.is_for_anyone = True
    view.login_required = False
    return view


def only_sent(view: View) -> View:
    """Mark a view as one that a form is sent to, and that is no page: nobody is led to it."""
    marked = require_POST(view)
    marked.is_only_sent = True
    return marked


def asked_by_script(view: View) -> View:
    """Mark a view as one that a script asks, so that there is nothing that somebody did in vain."""
    view.is_asked_by_script = True
    return view


class Shown(TemplateResponse):
    """A page that is drawn when its transaction is over: it holds no lock of the database while it is.

    So whatever it shows is read before it is given back, in the transaction that holds the event of the reading. The tests refuse a
    page that reads something while it is drawn.
    """


@runtime_checkable
class ReadsFirst(Protocol):
    """A page object that does not hold from the start all that is shown of it."""

    def read(self) -> None:
        """Read it."""


def show(request: HttpRequest, template: str, told: dict[str, Any], status: int = 200) -> Shown:
    """The page of a template, drawn once its transaction is over. What it lets one choose from, and what its page object reads, is read now."""
    for one in told.values():
        if isinstance(one, BaseForm):
            _read_choices(one)
        elif isinstance(one, ReadsFirst):
            one.read()
    return Shown(request, template, told, status=status)


# Django would ask for the choices each time that they are drawn.
def _read_choices(form: BaseForm) -> None:
    for field in form.fields.values():
        if isinstance(field, ModelChoiceField):
            field.choices = list(field.choices)


def writes_when_sent(view: View) -> View:
    """Mark a view as one that writes nothing, no event either, unless something is sent to it.

    Where it is only looked at it is one snapshot, which waits for nobody who writes, and holds up nobody.
    """

    @wraps(view)
    def shown(request: HttpRequest, *given: Any, **more: Any) -> HttpResponseBase:
        with reading() if request.method in ("GET", "HEAD") else transaction.atomic():
            return view(request, *given, **more)

    return transaction.non_atomic_requests(shown)


# SQLite takes the lock of who writes when a transaction begins, unless it is told to wait until something is written.
@contextmanager
def reading() -> Iterator[None]:
    """A transaction in which nothing is written."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            yield
        return
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = usual
