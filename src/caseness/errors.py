"""All that a user can be told, each kind with its own exit code. Imports nothing of ours.

A message answers five things: what is wrong, where, how many, what it does to the
figures, and what to do. Nothing here ever holds a value that could identify a person.
"""

import re
from collections.abc import Iterable
from difflib import get_close_matches

_NUMBERED = re.compile("([a-z]+)([0-9]{2,9})")


class CasenessError(Exception):
    """Anything a user may meet. Shown without a traceback."""

    exit_code = 1


class UnknownName(CasenessError):
    """Something was asked for by a name that is not known."""

    exit_code = 10

    def __init__(self, kind: str, asked: str, known: Iterable[str], advice: str = ""):
        self.kind = kind
        self.asked = asked
        parts = (f"There is no {kind} {asked!r}.", suggest(asked, known), advice)
        super().__init__(" ".join(part for part in parts if part))


class UnreadableInput(CasenessError):
    """A file or folder is not what it should be, so no figure is taken from it."""

    exit_code = 11

    def __init__(self, message: str, is_something_else: bool = False):
        # What never was a release is passed over; what should be one and cannot be read is damaged.
        self.is_something_else = is_something_else
        super().__init__(message)


class BadSettings(CasenessError):
    """A setting is unknown, or its value cannot be used."""

    exit_code = 12


class BadClaims(CasenessError):
    """A file of claims cannot be read as claims."""

    exit_code = 13


class NothingToAudit(CasenessError):
    """What was given holds no figure for what was asked."""

    exit_code = 14


class CannotWrite(CasenessError):
    """A report or file could not be written where it was asked to go."""

    exit_code = 15


class BadAssumptions(CasenessError):
    """A file of assumptions cannot be read, or holds what makes no sense."""

    exit_code = 18


class CannotFetch(CasenessError):
    """A release could not be fetched, or the folder to fetch into cannot be used."""

    exit_code = 19


class MissingProgram(CasenessError):
    """Something needs a program that this machine does not have, or that does not do its work."""

    exit_code = 20


class UnreadableRecord(CasenessError):
    """A record of submissions cannot be read without guessing, so none of its rows is taken."""

    exit_code = 21


class UnknownCase(CasenessError):
    """A record holds no referral of the id that was asked for, so nobody's course is shown."""

    exit_code = 28


class UnclearCase(CasenessError):
    """What was asked for may be the course of more than one person, so nobody's is shown."""

    exit_code = 29


class EngineUnreachable(CasenessError):
    """An engine elsewhere does not answer, or nobody there takes the work."""

    exit_code = 32


class UnsafeSetting(CasenessError):
    """The practice application would run with a setting that is missing or unsafe, so it does not start."""

    exit_code = 36

    def __init__(self, name: str, problem: str, remedy: str):
        super().__init__(f"{name} {problem}, so the application does not start: {remedy}.")


class LastAdministrator(CasenessError):
    """Nobody would be left in a service who can manage people."""

    exit_code = 37

    def __init__(self, service: str):
        super().__init__(
            f"Nobody would be left who manages people of {service}, so nothing was changed. "
            "Make somebody else an administrator without a last day first, and let them set a password."
        )


class RowsRejected(CasenessError):
    """Checking rejected rows of a record, each for a fault of its own."""

    exit_code = 41


class GroupsRejected(CasenessError):
    """Checking rejected rows of a record with all that hangs on them: a patient, a referral, or what is there twice."""

    exit_code = 42


class SubmissionsRejected(CasenessError):
    """Checking rejected at least one submission of a record as a whole."""

    exit_code = 43


class BadRequest(CasenessError):
    """A synthetic record was asked for that cannot be made."""

    exit_code = 44


class CannotDerive(CasenessError):
    """A record, or an extract to compare with, holds nothing that can be derived from."""

    exit_code = 45


class FiguresDiffer(CasenessError):
    """Figures that were compared differ by more than their rounding."""

    exit_code = 46


class NotReady(CasenessError):
    """The practice application does not start: its database is not as this version needs it, or its address is taken."""

    exit_code = 47


class CannotBackUp(CasenessError):
    """No backup of the practice application was written."""

    exit_code = 48


class CannotRestore(CasenessError):
    """A backup was not restored, and nothing was changed."""

    exit_code = 49


class NotWell(CasenessError):
    """`caseness-web check` found something that somebody should look at."""

    exit_code = 50


def say_why_not_written(problem: OSError) -> str:
    """Why something could not be written, in words. "No such file" says little of a folder that was to be made.

    >>> say_why_not_written(FileNotFoundError(2, "No such file or directory"))
    'no folder can be made there'
    """
    return "no folder can be made there" if isinstance(problem, FileNotFoundError) else problem.strerror or str(problem)


def suggest(asked: str, known: Iterable[str]) -> str:
    """Say which known names are near to the one that was asked for.

    >>> suggest("recvery", ["recovery", "paired"])
    "Did you mean 'recovery'?"
    >>> suggest("zzz", ["recovery", "paired"])
    ''
    >>> suggest("V999", ["V001", "V014", "V015", "recovery"])
    "Did you mean 'V015' or 'V014' or 'V001'?"
    """
    spelled = {name.casefold(): name for name in known}
    near = get_close_matches(asked.casefold(), spelled, n=3) or _nearest_numbers(asked.strip().casefold(), spelled)
    return f"Did you mean {' or '.join(repr(spelled[name]) for name in near)}?" if near else ""


# Of ids that are letters and a number, those of the same letters and the nearest numbers.
def _nearest_numbers(asked: str, known: Iterable[str]) -> list[str]:
    wanted = _NUMBERED.fullmatch(asked)
    if not wanted:
        return []
    letters, number = wanted.groups()
    apart = {
        one[0]: abs(int(one[2]) - int(number)) for one in map(_NUMBERED.fullmatch, known) if one and one[1] == letters
    }
    return sorted(apart, key=lambda name: apart[name])[:3]
