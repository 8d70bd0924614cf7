"""Adding and renaming teams."""

from __future__ import annotations

from django.db import transaction

from caseness.web.events.models import Kind
from caseness.web.services.models import Team
from caseness.web.services.reader import Reader


@transaction.atomic
def add_team(*, by: Reader, code: str, name: str) -> Team:
    """A new team of the reader's service."""
    team = Team.objects.create(service=by.service, code=code, name=name)
    by.tell(Kind.ADDED, "team", key=team.key)
    return team


@transaction.atomic
def rename_team(*, by: Reader, team: Team, code: str, name: str) -> None:
    """The same team under another name or code."""
    team.code, team.name = code, name
    team.save(update_fields=["code", "name"])
    by.tell(Kind.CHANGED, "team", key=team.key, fields=["code", "name"])
