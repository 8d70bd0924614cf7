"""What can go wrong with one file, while the others go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

RUN_AGAIN = "Run the command again: it goes on where it stopped."
_SHOWN = 5


class Refused(Exception):
    """A file is not taken: what is wrong, and what to do."""

    def __init__(self, what: str, advice: str):
        super().__init__(what)
        self.what = what
        self.advice = advice


class Unreachable(Refused):
    """No connection could be made to a host at all, so that there is no use in asking it for more."""

    def __init__(self, host: str, what: str, advice: str):
        super().__init__(what, advice)
        self.host = host


class Broken(Exception):
    """A transfer stopped on the way, and can be taken up again."""


class Stopped(Exception):
    """The reader asked to stop."""


@dataclass(frozen=True)
class Failure:
    """One release that was not fetched: which, from where, why, and what to do."""

    kind: str
    period: str
    url: str
    what: str
    advice: str


def tell_failures(failures: Iterable[Failure]) -> str:
    """All failures in words, those with one reason together."""
    alike: dict[tuple[str, str], list[Failure]] = {}
    for one in failures:
        alike.setdefault((one.what, one.advice), []).append(one)
    return "\n".join(_tell(what, advice, found) for (what, advice), found in alike.items())


def _tell(what: str, advice: str, found: list[Failure]) -> str:
    lines = [f"  {one.kind} {one.period} from {one.url}" for one in found[:_SHOWN]]
    if len(found) > _SHOWN:
        rest = ", ".join(one.period for one in found[_SHOWN:])
        lines.append(f"  and {len(found) - _SHOWN} more: {rest}")
    return "\n".join([*lines, f"    {what[:1].upper()}{what[1:]}. {advice}"])
