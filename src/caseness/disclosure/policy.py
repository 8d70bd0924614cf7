"""What a disclosure policy is: for whom, which figures, and what is done to them first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from caseness.disclosure.linkage import Linkage
from caseness.results import Results


class Rules(Protocol):
    """What is done to figures before they are let out."""

    @property
    def needs_all(self) -> bool:
        """Whether the figures of a publication can only be let out together."""
        ...

    def protect(self, results: Results, linkage: Linkage | None) -> Results:
        """The figures as they may be shown."""
        ...


@dataclass(frozen=True)
class Unchanged:
    """Figures pass as they are."""

    needs_all: bool = False

    def protect(self, results: Results, linkage: Linkage | None) -> Results:
        """The same figures."""
        return results


@dataclass(frozen=True)
class Policy:
    """Which figures an audience may see, and what has to be done to them first.

    `says` is the policy in a sentence, `notice` what is told to whoever writes figures under it, and `source` the document
    that the rules are taken from. `marks` says whether figures bear the id of the policy, in the column `release`.
    """

    id: str
    audience: str
    says: str
    bases: tuple[str, ...]
    rules: Rules = Unchanged()
    notice: str = ""
    source: str = ""
    marks: bool = True
