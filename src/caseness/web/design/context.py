"""What every page is given: who reads, which banners it carries, and where one can go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import resolve, reverse

NOT_FOR_CLINICAL_USE = (
    "Not for clinical use. No clinical safety officer has signed this application off here. "
    "Do not use it to decide about the care of anybody."
)
MADE_UP = "Made-up people. Nobody in this service is real."
# Where the header leads, in this order: the name of a page and what it is called there. A reader is shown those that
# the permission of the page's view allows; nothing is told twice.
PLACES = (
    ("caseload", "Caseload"),
    ("risk", "Risk"),
    ("signals-audit", "Signals"),
    ("people", "People"),
    ("events", "Events"),
    ("exchange", "Import and export"),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One tab of the header."""

    href: str
    text: str
    is_here: bool


def page_context(request: HttpRequest) -> dict[str, Any]:
    """The parts that the page template shows around every page."""
    reader = getattr(request, "reader", None)
    return {
        "reader": reader,
        "user": getattr(request, "user", None),
        "csrf": lambda: get_token(request),
        "nonce": lambda: str(request.csp_nonce),
        "messages": get_messages(request),
        "banners": banners(reader),
        "path": request.path,
        "places": (found := places(reader, request.path)),
        "home": found[0].href if found else reverse("start"),
        "idle_seconds": settings.IDLE_SECONDS,
        "has_kept_forms": getattr(request, "has_kept_forms", False),
    }


def banners(reader: Any) -> list[str]:
    """What stands above every page: that it is not for clinical use, that nobody is real."""
    found = [] if settings.ENVIRONMENT.safety_officer else [NOT_FOR_CLINICAL_USE]
    if settings.IS_DEMONSTRATION or (reader and reader.service.is_made_up):
        found.append(MADE_UP)
    return found


def places(reader: Any, path: str) -> list[Place]:
    """The tabs of a reader: none for who belongs to no service."""
    if reader is None:
        return []
    addresses = [(reverse(name), text) for name, text in PLACES]
    return [Place(href, text, href == path) for href, text in addresses if _is_open_to(reader, href)]


def _is_open_to(reader: Any, href: str) -> bool:
    permission = getattr(resolve(href).func, "permission", None)
    return permission is None or reader.may(permission)
