"""What a code is, and a list of codes: meanings, groups and versions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

VERSIONS = ("2.0", "2.1")
MATCHES = ("exact", "prefix", "leading", "contains")
# Written where a document names a code and none that was read says what it stands for.
NOT_FOUND = "meaning not found"


@dataclass(frozen=True)
class Code:
    """One code: what it means, the group it belongs to, and the versions of the data set that allow it.

    `match` says how a value is recognised: it is the code (`exact`), begins with it whatever dots and case
    (`prefix`, for a chapter of ICD-10), is an expression of which it is the first concept (`leading`, for SNOMED
    CT), or contains it whatever the case (`contains`, for free text). `lowest`, `highest`, `decimals` and `words` are the scores
    that an assessment tool permits, and are left out for every other code.
    """

    code: str
    meaning: str
    group: str = ""
    versions: tuple[str, ...] = VERSIONS
    note: str = ""
    match: str = "exact"
    lowest: float | None = None
    highest: float | None = None
    decimals: int = 0
    words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(bool(self.code and self.meaning), "a code has a text and a meaning")
        _require(self.match in MATCHES, f"match must be one of {', '.join(MATCHES)}")
        _require((self.lowest is None) == (self.highest is None), "lowest and highest go together")

    def matches(self, value: str) -> bool:
        """Whether a value stands for this code.

        >>> Code("F42", "Obsessive-compulsive disorder", match="prefix").matches("F42.1")
        True
        """
        match self.match:
            case "prefix":
                return re.sub(r"[^0-9A-Za-z]", "", value).upper().startswith(self.code)
            case "leading":
                return re.split(r"[^0-9]", value, maxsplit=1)[0] == self.code
            case "contains":
                return self.code.casefold() in value.casefold()
            case _:
                return value == self.code

    @property
    def scores(self) -> str:
        """The scores that an assessment tool permits, in words. Empty where none were read.

        >>> Code("747951000000108", "Question 6", lowest=0, highest=4, words=("NA",)).scores
        'scores 0 to 4, NA'
        """
        ends = (self.lowest, self.highest)
        parts = () if None in ends else (" to ".join(f"{end:.{self.decimals}f}" for end in ends if end is not None),)
        return f"scores {', '.join((*parts, *self.words))}" if parts or self.words else ""

    def permits(self, score: str) -> bool | None:
        """Whether an assessment tool can give this score. None where no range was read, or this is no tool.

        >>> phq9 = Code("720433000", "PHQ-9", lowest=0, highest=27)
        >>> phq9.permits("27"), phq9.permits("28"), phq9.permits("9.5"), phq9.permits("NA")
        (True, False, False, False)
        """
        if self.lowest is None and not self.words:
            return None
        return score in self.words or self._is_in_range(score)

    def _is_in_range(self, score: str) -> bool:
        if self.lowest is None or self.highest is None or not re.fullmatch(r"\d+(\.\d+)?", score, re.ASCII):
            return False
        decimals = len(score.partition(".")[2].rstrip("0"))
        return decimals <= self.decimals and self.lowest <= float(score) <= self.highest


@dataclass(frozen=True)
class CodeList:
    """The codes that a column may hold. `id` is the official name of the column.

    A list with a `pattern` is open: whatever matches it is legal, and the codes are those whose meaning is
    known. Without one, only the codes are legal. A list that is not verified carries the `reason`.
    `former_name` is what the column was called in version 2.0.

    Raises
    ------
    ValueError
        If a code is there twice, or the list has a reason although it is verified, or the reverse.
    """

    id: str
    title: str
    codes: tuple[Code, ...]
    source: str
    verified: bool
    reason: str = ""
    pattern: str = ""
    note: str = ""
    former_name: str = ""

    def __post_init__(self) -> None:
        _require(bool(self.source), "a list names its source")
        _require(self.verified != bool(self.reason), "a list has a reason if, and only if, it is not verified")
        _require(bool(self.codes or self.pattern), "a list has codes, a pattern, or both")
        seen: set[str] = set()
        for each in self.codes:
            _require(each.code not in seen, f"{each.code!r} is there twice")
            seen.add(each.code)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every code that is listed, of whatever version."""
        return frozenset(each.code for each in self.codes)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups, in the order of the list."""
        return tuple(dict.fromkeys(each.group for each in self.codes if each.group))

    def find(self, value: str | None) -> Code | None:
        """The first code that a value stands for, or None."""
        return next((each for each in self.codes if each.matches(value)), None) if value else None

    def meaning_of(self, code: str | None) -> str | None:
        """What a code means, or None where the list does not say.

        Examples
        --------
        >>> from caseness.codes import code_list
        >>> code_list("AttendOrDNACode").meaning_of("3")
        'Did not attend, and gave no warning'
        >>> code_list("AttendOrDNACode").meaning_of("9") is None
        True
        """
        found = self.find(code)
        return found.meaning if found else None

    def is_legal(self, code: str | None, version: str = "2.1") -> bool:
        """Whether a code may be submitted in a version of the data set. A blank is no code.

        Examples
        --------
        >>> from caseness.codes import code_list
        >>> code_list("AppType").is_legal("10"), code_list("AppType").is_legal("10", "2.0")
        (True, False)
        """
        if not code or (self.pattern and not re.fullmatch(self.pattern, code, re.ASCII)):
            return False
        found = self.find(code)
        return version in found.versions if found else bool(self.pattern)

    def tidy(self, text: str) -> str:
        """The text trimmed, and with a leading zero where only that form is listed.

        Examples
        --------
        >>> from caseness.codes import code_list
        >>> code_list("PsychMed").tidy(" 1"), code_list("PsychMed").tidy("7")
        ('01', '7')
        """
        trimmed = text.strip()
        padded = trimmed.zfill(2)
        return padded if trimmed and trimmed not in self.known and padded in self.known else trimmed


def _require(is_true: bool, otherwise: str) -> None:
    if not is_true:
        raise ValueError(otherwise)
