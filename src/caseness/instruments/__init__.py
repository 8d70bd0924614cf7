"""Questionnaires as data: items, range, thresholds, norms, codes and licence, and what scores from them."""

from caseness.instruments.judging import Change, Changes, band_of, change, changes, is_case
from caseness.instruments.model import Instrument
from caseness.instruments.parts import (
    Band,
    Former,
    Item,
    Licence,
    Missing,
    Norm,
    Option,
    Risk,
    Sourced,
    Threshold,
    Wording,
)
from caseness.instruments.reading import read_instrument
from caseness.instruments.registry import by_snomed, instrument, instruments
from caseness.instruments.scoring import Score, Scores, score, score_many
from caseness.instruments.totals import Parsed, parse_answer, parse_total

__all__ = [
    "Band",
    "Change",
    "Changes",
    "Former",
    "Instrument",
    "Item",
    "Licence",
    "Missing",
    "Norm",
    "Option",
    "Parsed",
    "Risk",
    "Score",
    "Scores",
    "Sourced",
    "Threshold",
    "Wording",
    "band_of",
    "by_snomed",
    "change",
    "changes",
    "instrument",
    "instruments",
    "is_case",
    "parse_answer",
    "parse_total",
    "read_instrument",
    "score",
    "score_many",
]
