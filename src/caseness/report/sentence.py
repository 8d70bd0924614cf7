"""Sentences that hold numbers of the audit, so that prose is as traceable as a table."""

from __future__ import annotations

from dataclasses import dataclass

from caseness.audit.quantity import Quantity
from caseness.audit.spelling import spell
from caseness.report.pointers import Held

Part = str | Quantity | Held


@dataclass(frozen=True)
class Sentence:
    """Words and numbers in the order in which they are read."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The sentence as plain text."""
        return "".join(_text(part) for part in self.parts)

    def __add__(self, other: Sentence) -> Sentence:
        return Sentence((*self.parts, " ", *other.parts))


def say(*parts: Part) -> Sentence:
    """Put words and numbers into a sentence.

    >>> say("Recovered: ", Quantity(50.2, 50.15, 50.25, "percentage"), ".").text
    'Recovered: 50.2\\xa0%.'
    """
    return Sentence(parts)


def _text(part: Part) -> str:
    if isinstance(part, str):
        return part
    return spell(part.quantity if isinstance(part, Held) else part)
