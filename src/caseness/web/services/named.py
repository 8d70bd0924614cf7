"""A service by its provider code, for whoever works on the server itself."""

from __future__ import annotations

from caseness.errors import BadRequest, UnknownName
from caseness.web.services.models import Service


def find_service(code: str | None) -> Service:
    """The service of a provider code; without one, the only service there is.

    Raises
    ------
    UnknownName
        If there is none of that code.
    BadRequest
        If none is named, and there is none or more than one.
    """
    services = list(Service.objects.order_by("name"))
    codes = [one.provider_code for one in services]
    if code is None:
        if len(services) == 1:
            return services[0]
        raise BadRequest(f"There are {len(services)} services ({', '.join(codes)}). Name one with --service.")
    found = [one for one in services if one.provider_code == code]
    if len(found) > 1:
        raise BadRequest(f"{len(found)} services have the provider code {code}. Mend their codes first.")
    if not found:
        raise UnknownName("service", code, codes, "Give the provider code of a service.")
    return found[0]
