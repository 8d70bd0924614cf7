"""What every answer tells the browser besides the page, and what is too large to be read at all."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

# Nothing of the machine is used but passkeys.
_FORBIDDEN = ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "browsing-topics")
PERMISSIONS = ", ".join(
    [*(f"{each}=()" for each in _FORBIDDEN), "publickey-credentials-get=(self)", "publickey-credentials-create=(self)"]
)
HEADERS = {
    # A page of somebody's record lies in no cache, neither of the browser nor on the way to it.
    "Cache-Control": "no-store",
    "Permissions-Policy": PERMISSIONS,
    "Cross-Origin-Resource-Policy": "same-origin",
}
TOO_LARGE = "This is larger than the application takes. Nothing was read of it.\n"


class HeadersMiddleware:
    """Stands after WhiteNoise, whose files are the same for all and may be kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, or a refusal before its body is read."""
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.LARGEST_REQUEST:
            status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
            response = HttpResponse(TOO_LARGE, status=status, content_type="text/plain")
        else:
            response = self.get_response(request)
        for name, value in HEADERS.items():
            response[name] = value
        return response
