"""Why a figure is not let out."""

from caseness.errors import CasenessError


class NotReleased(CasenessError):
    """A figure was asked for that no disclosure policy lets out."""

    exit_code = 16


class CannotProtect(CasenessError):
    """Figures were asked for together that a policy cannot protect together."""

    exit_code = 30


class BadPolicy(CasenessError):
    """A file of a disclosure policy cannot be read, or holds what makes no sense."""

    exit_code = 31
