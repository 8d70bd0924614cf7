"""What was entered and cannot be."""

from __future__ import annotations

from uuid import UUID

from caseness.errors import CasenessError


class NotAccepted(CasenessError):
    """What was entered into the practice application cannot be, so nothing of it was saved."""

    exit_code = 38

    def __init__(self, field: str, message: str, client: UUID | None = None):
        self.field = field
        # The client whom the message names, so that it is told that somebody read of them.
        self.client = client
        super().__init__(message)
