"""Totals and answers as they are written in a record: text, which is a legal number, a legal word, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from caseness.instruments.model import Instrument
from caseness.instruments.parts import Item

# The digits of other scripts, signs and exponents are what no record prints.
NUMBER = re.compile(r"-?[0-9]+(?:\.([0-9]+))?")


@dataclass(frozen=True)
class Parsed:
    """What a text holds: a number, or a legal word such as NA, or the reason why neither."""

    value: float | None = None
    word: str = ""
    reason: str = ""


def parse_total(instrument: Instrument, text: str, on: date | None = None) -> Parsed:
    """Read a total from text.

    Parameters
    ----------
    on
        The day of the questionnaire. A range that was in force then is used in place of today's.

    Returns
    -------
    Parsed
        `value` is None where the text is no total, and `reason` says why: blank, not a
        number, more decimals than the form gives, or out of range.

    Examples
    --------
    >>> from caseness.instruments import instrument
    >>> parse_total(instrument("phq9"), " 27 ").value
    27.0
    >>> parse_total(instrument("phq9"), "28").reason
    'out of range 0 to 27'
    """
    former = instrument.former
    if former and on and on <= former.until:
        return _parsed(text, former.low, former.high, former.decimals)
    return _parsed(text, instrument.low, instrument.high, instrument.decimals)


def parse_answer(item: Item, text: str) -> Parsed:
    """Read the answer to one item from text, where a record holds answers, as for WSAS.

    >>> from caseness.instruments import by_snomed
    >>> _, work = by_snomed("932621000000100")
    >>> parse_answer(work, "8").value, parse_answer(work, "9").word
    (8.0, '9')
    """
    word = text.strip().upper()
    if word in (*item.words, *item.not_applicable):
        return Parsed(word=word)
    return _parsed(text, item.low, item.high, item.decimals)


def _parsed(text: str, low: float | None, high: float | None, decimals: int) -> Parsed:
    stripped = text.strip()
    if not stripped:
        return Parsed(reason="blank")
    if low is None or high is None:
        return Parsed(reason="not one of the answers")
    matched = NUMBER.fullmatch(stripped)
    if not matched:
        return Parsed(reason="not a number")
    if len(matched[1] or "") > decimals:
        return Parsed(reason=f"more than {decimals} decimals" if decimals else "not a whole number")
    if not low <= float(stripped) <= high:
        return Parsed(reason=f"out of range {low:g} to {high:g}")
    return Parsed(float(stripped))
