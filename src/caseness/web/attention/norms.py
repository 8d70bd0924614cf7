"""The norms that a service uses, and by what its courses are judged."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from caseness.feedback.norms import Norms
from caseness.feedback.norms_file import take_norms
from caseness.web.attention.models import ServiceNorms
from caseness.web.services.models import Service


def is_demonstration(service: Service) -> bool:
    """Nobody is treated by what is shown, so that bands of made-up people may be: in a made-up service alone."""
    return settings.IS_DEMONSTRATION or service.is_made_up


def norms_of(service: Service) -> Norms | None:
    """The norms that a service was given; None where it was given none, or those that it has are of other people.

    Whether a band may be drawn with them is for `feedback.case.norm_for` to say: made-up ones in a demonstration alone,
    others once a safety officer enabled them.

    Raises
    ------
    BadNorms
        If what is kept is damaged.
    """
    held = ServiceNorms.objects.filter(service=service).values_list("pk", *_TELLING_APART).first()
    norms = _read(*held) if held else None
    if norms is None or is_demonstration(service) or not norms.lack([service.provider_code]):
        return norms
    return None


# A file of norms is large, and the same at each request until another is put in its place, or it is enabled.
_TELLING_APART = ("added", "file__hash", "file__sign_off__officer", "file__sign_off__content")


@lru_cache(maxsize=16)
def _read(pk: int, *telling_apart: object) -> Norms:
    held = ServiceNorms.objects.select_related("service").get(pk=pk)
    return take_norms(held.file, f"The file of norms of {held.service}")
