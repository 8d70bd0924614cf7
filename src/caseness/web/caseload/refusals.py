"""What was entered and cannot be."""

from __future__ import annotations

from caseness.errors import CasenessError


class NotAccepted(CasenessError):
    """What was entered into the practice application cannot be, so nothing of it was saved."""

    exit_code = 38

    def __init__(self, field: str, message: str):
        self.field = field
        super().__init__(message)
