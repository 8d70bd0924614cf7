"""The secrets of authenticator apps and recovery codes, encrypted as they lie in the database.

A key is one of age. The first encrypts, and each of them opens, so that a new one can be put before the old. A passkey has no secret
here: what is kept of it is public.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import lru_cache
from typing import Any

import pyrage
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from caseness.errors import UnsafeSetting

_MARK = "age:"
# Where allauth keeps a secret in `data`. The last is a list of them.
_NAMES, _LISTED = ("secret", "seed"), "migrated_codes"


def seal(text: str) -> str:
    """A secret, encrypted by the first key. In a demonstration without a key it stays as it is."""
    keys = _identities(settings.FACTOR_KEYS)
    if not keys:
        return text
    return _MARK + b64encode(pyrage.encrypt(text.encode(), [keys[0].to_public()])).decode()


def unseal(sealed: str) -> str:
    """The secret.

    Raises
    ------
    UnsafeSetting
        If none of the keys opens it.
    """
    if not sealed.startswith(_MARK):
        return sealed
    found = _opened(sealed, settings.FACTOR_KEYS)
    if found is None:
        raise UnsafeSetting(
            "CASENESS_WEB_FACTOR_KEYS", "does not open a second factor", "add the key by which it was encrypted"
        )
    return found


def count_unsafe() -> int:
    """How many second factors hold a secret that lies there in clear, or that none of the keys opens."""
    return _count_not_sealed_by(settings.FACTOR_KEYS)


def count_outdated() -> int:
    """How many hold one that is not encrypted by the first key: those that are unsafe with them."""
    return _count_not_sealed_by(settings.FACTOR_KEYS[:1])


@transaction.atomic
def seal_all(model: type[Any] = Authenticator) -> int:
    """Encrypt every secret by the first key that is not yet, and give how many second factors changed.

    Without a key, in a demonstration, nothing is done. A migration gives the model as it is then.
    """
    if not settings.FACTOR_KEYS:
        return 0
    old = [one for one in model.objects.select_for_update() if not _is_sealed_by(settings.FACTOR_KEYS[:1], one.data)]
    for one in old:
        model.objects.filter(pk=one.pk).update(data=_sealed_anew(one.data))
    return len(old)


def _count_not_sealed_by(keys: tuple[str, ...]) -> int:
    return sum(not _is_sealed_by(keys, data) for data in Authenticator.objects.values_list("data", flat=True))


def _is_sealed_by(keys: tuple[str, ...], data: dict[str, Any]) -> bool:
    held = [*(data[name] for name in _NAMES if name in data), *data.get(_LISTED, ())]
    return all(one.startswith(_MARK) and _opened(one, keys) is not None for one in held)


def _sealed_anew(data: dict[str, Any]) -> dict[str, Any]:
    made = {name: seal(unseal(value)) if name in _NAMES else value for name, value in data.items()}
    return {**made, _LISTED: [seal(unseal(one)) for one in data[_LISTED]]} if _LISTED in data else made


def _opened(sealed: str, keys: tuple[str, ...]) -> str | None:
    try:
        return pyrage.decrypt(b64decode(sealed.removeprefix(_MARK)), _identities(keys)).decode()
    except (pyrage.DecryptError, ValueError):
        return None


@lru_cache(maxsize=8)
def _identities(keys: tuple[str, ...]) -> list[pyrage.x25519.Identity]:
    return [pyrage.x25519.Identity.from_str(one) for one in keys]
