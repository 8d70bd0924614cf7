"""Identifiers of made-up people and rows. None can be that of a real one."""

from __future__ import annotations

from functools import cache

import numpy as np

from caseness.synthetic.chunk import Chunk
from caseness.synthetic.columns import Coded, Numbered

# NHS numbers that begin with 999 are kept for tests and never given to anybody.
# Source: docs.rs/crate/nhs-number, docs/ranges (999 000 0000 to 999 999 9999).
_TEST_RANGE = 999_000_000
_WEIGHTS = np.arange(10, 1, -1)
_WIDTH = 10
# No postcode begins with X. Source: the postcode format of the Royal Mail, as in studylib.net/doc/18359331
# (Q, V and X are not used in the first position).
_UNITS = ("AA", "AB", "AD", "AE")


def patient_ids(chunk: Chunk, person: np.ndarray) -> Numbered:
    """The identifiers of people."""
    return Numbered(chunk.number_of(person), "P", _WIDTH)


def referral_ids(chunk: Chunk, places: np.ndarray) -> Numbered:
    """The identifiers of referrals."""
    return Numbered(chunk.number_of(places), "R", _WIDTH)


def contact_ids(chunk: Chunk, places: np.ndarray) -> Numbered:
    """The identifiers of contacts."""
    return Numbered(chunk.number_of(places), "C", _WIDTH)


def activity_ids(chunk: Chunk, places: np.ndarray) -> Numbered:
    """The identifiers of activities."""
    return Numbered(chunk.number_of(places), "A", _WIDTH)


def therapist_ids(therapist: np.ndarray) -> Numbered:
    """The identifiers of care professionals."""
    return Numbered(therapist + 1, "S", 6)


@cache
def _test_numbers() -> np.ndarray:
    first = _TEST_RANGE + np.arange(1_000_000)
    digits = (first[:, None] // 10 ** np.arange(8, -1, -1)) % 10
    check = (11 - (digits @ _WEIGHTS) % 11) % 11
    return (first * 10 + check)[check < 10]


def nhs_numbers(chunk: Chunk) -> np.ndarray:
    """An NHS number of the test range for each person, or -1. No two people share one.

    There are some 909,000 valid ones. A record of more people leaves the number blank for the rest, evenly.
    """
    numbers = _test_numbers()
    each = -(-chunk.plan.request.total // len(numbers))
    places = chunk.number * chunk.plan.chunk_size + np.arange(chunk.people.size)
    has = places % each == 0
    return np.where(has, numbers[np.minimum(places // each, len(numbers) - 1)], -1)


def postcodes(decile: np.ndarray, provider: np.ndarray) -> Coded:
    """A made-up postcode for each: its outward part tells the decile, as `postcode_decile` reads it."""
    places = (decile - 1) * len(_UNITS) + provider % len(_UNITS)
    return Coded(places.astype(np.int8), all_postcodes())


@cache
def all_postcodes() -> tuple[str, ...]:
    """Every made-up postcode, those of the most deprived decile first.

    Examples
    --------
    >>> all_postcodes()[0], all_postcodes()[-1]
    ('XA1 1AA', 'XA10 1AE')
    """
    return tuple(f"XA{decile} 1{unit}" for decile in range(1, 11) for unit in _UNITS)
