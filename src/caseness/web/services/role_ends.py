"""What the end of a role leaves behind. Who has clients is not known in this room: a room above answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.dispatch import Signal

from caseness.web.accounts.models import User
from caseness.web.services.models import Membership
from caseness.web.services.reader import Reader

# Sent with `service`, `person`, `day` and `ending`, the keys of memberships that hold no more. Whoever listens gives a number of clients.
role_ends = Signal()


def count_left(reader: Reader, person: User, ending: Collection[Membership] = ()) -> int:
    """How many open clients of somebody have no therapist once these memberships hold no more; without any, how many have none now."""
    answers: list[tuple[Any, Any]] = role_ends.send(
        Membership, service=reader.service, person=person, day=reader.today, ending=[one.pk for one in ending]
    )
    return sum(many for _, many in answers)


def say_left(many: int, verb: str) -> str:
    """How many clients have no therapist, in words.

    >>> say_left(1, "will have"), say_left(12, "have")
    ('1 open client will have no therapist.', '12 open clients have no therapist.')
    """
    return f"{many} open {'client' if many == 1 else 'clients'} {verb} no therapist."
