"""The norms by which a service's courses are judged."""

from __future__ import annotations

import json
from functools import lru_cache

from django.conf import settings

from caseness.feedback.case import say_others
from caseness.feedback.norms import Norms
from caseness.feedback.norms_file import take_norms
from caseness.web.attention.models import ServiceNorms
from caseness.web.services.models import Service


def is_demonstration(service: Service) -> bool:
    """Nobody is treated here: norms that nobody enabled, or of made-up people, may be shown."""
    return bool(settings.IS_DEMONSTRATION or service.is_made_up)


def norms_of(service: Service) -> Norms | None:
    """The norms of a service, or None. Outside a demonstration those of other providers count for nothing."""
    found = (
        ServiceNorms.objects.filter(service=service).values_list("pk", "added", "file__hash", "file__sign_off").first()
    )
    if found is None:
        return None
    norms = _read(found[0], str(found[1]), str(found[2]), json.dumps(found[3]))
    is_of_others = bool(say_others(norms, [service.provider_code]))
    return None if is_of_others and not is_demonstration(service) else norms


# A file is some hundred kilobytes. It is read once for as long as it is the same.
@lru_cache(maxsize=16)
def _read(pk: int, added: str, content: str, sign_off: str) -> Norms:
    return take_norms(ServiceNorms.objects.get(pk=pk).file, "The norms of this service")
