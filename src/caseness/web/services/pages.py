"""What every page of ours states: which permission it asks for, or that it asks for none."""

from __future__ import annotations

from collections.abc import Callable

from django.http.response import HttpResponseBase

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
