"""The pages of allauth that exist here. Whatever else it has, or adds in a later version, answers that it does not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from allauth.urls import urlpatterns as all_of_them
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver

from caseness.web.services.pages import for_anyone

KEPT = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_index",
        "mfa_authenticate",
        "mfa_reauthenticate",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
        "mfa_login_webauthn",
        "mfa_reauthenticate_webauthn",
        "mfa_remove_webauthn",
        "mfa_edit_webauthn",
    }
)


@for_anyone
def absent(request: HttpRequest, **parameters: str) -> HttpResponse:
    """There is no such page: nobody signs up, changes their address or signs in by another site."""
    raise Http404


def keep(patterns: Iterable[Any]) -> Any:
    """The same addresses and names, with the pages that are not kept absent."""
    return [_kept(each) for each in patterns]


def _kept(pattern: Any) -> URLPattern | URLResolver:
    if isinstance(pattern, URLResolver):
        return URLResolver(pattern.pattern, keep(pattern.url_patterns))
    if pattern.name in KEPT:
        return pattern
    return URLPattern(pattern.pattern, absent, name=pattern.name)


urlpatterns = keep(all_of_them)
