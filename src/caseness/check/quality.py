"""How well each field is filled, and a score that says it in one number.

The counts are those of VODIM: valid, other or default, invalid, missing. A cell is *other* where its code says "other",
"not stated" or "not known". The score is ours, and is not the Data Quality Maturity Index of NHS England: for each field
that must or should be filled, the share of cells that are valid, in percent; the mean of the fields is the score of
a table, and the mean of all fields that of the record. A field that may rightly be blank, such as the end of a referral,
is judged by the cells that are filled.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseness.check.model import PRACTICE_PROFILE, Rule
from caseness.check.passing import INVALID, MISSING, OTHER, Passed
from caseness.record import Column, Table

# Blank in none of these without a loss, though the data set only asks for them where they are known.
EXPECTED = frozenset(
    {
        ("IDS001MPI", "NHSNumber"),
        ("IDS001MPI", "NHSNumberStatus"),
        ("IDS001MPI", "PersonBirthDate"),
        ("IDS001MPI", "Postcode"),
        ("IDS001MPI", "Gender"),
        ("IDS001MPI", "EthnicCategory"),
        ("IDS004EmpStatus", "EmployStatusRecDate"),
        ("IDS101Referral", "SourceOfReferralIAPT"),
        ("IDS201CareContact", "AttendOrDNACode"),
        ("IDS201CareContact", "ConsMechanism"),
        ("IDS603PresentingComplaints", "PresCompCodSig"),
    }
)

# A practice outside the NHS flow has none of the others.
EXPECTED_IN_PRACTICE = frozenset({("IDS201CareContact", "AttendOrDNACode")})


@dataclass(frozen=True)
class FieldQuality:
    """How the cells of one field are filled. The four counts add up to `cells`.

    `cells` are those of the well-formed rows, and those that could not be read.
    """

    table: str
    column: str
    need: str
    is_expected: bool
    valid: int
    other: int
    invalid: int
    missing: int

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.valid + self.other + self.invalid + self.missing

    @property
    def score(self) -> float | None:
        """The share of valid cells in percent: of all where the field is expected, else of those that are filled.

        None where nothing is to be judged.

        Examples
        --------
        >>> FieldQuality("IDS101Referral", "EndCode", "required", False, 6, 1, 1, 12).score
        75.0
        """
        judged = self.cells if self.is_expected else self.cells - self.missing
        return 100 * self.valid / judged if judged else None


def expected_fields(rules: Iterable[Rule], profile: str) -> frozenset[tuple[str, str]]:
    """The fields of which a blank is a loss: those that a rule of the profile asks for, and those that are expected."""
    asked = frozenset((rule.table, rule.columns[0]) for rule in rules if rule.id.endswith("-blank"))
    return asked | (EXPECTED_IN_PRACTICE if profile == PRACTICE_PROFILE else EXPECTED)


def judge_fields(
    table: Table, passed: Passed, unreadable: Mapping[str, int], expected: frozenset[tuple[str, str]]
) -> tuple[FieldQuality, ...]:
    """The quality of each field of a table. `unreadable` counts the cells of a column that could not be read."""
    return tuple(
        _judge(table, column, passed, unreadable.get(column.name, 0), (table.id, column.name) in expected)
        for column in table.columns
    )


def mean_score(fields: Iterable[FieldQuality]) -> float | None:
    """The mean of the scores of fields that must or should be filled, or None where there are none."""
    scores = [each.score for each in fields if each.need in ("mandatory", "required") and each.score is not None]
    return sum(scores) / len(scores) if scores else None


def _judge(table: Table, column: Column, passed: Passed, unreadable: int, is_expected: bool) -> FieldQuality:
    counts = {kind: passed.cells.get((column.name, kind), 0) for kind in (MISSING, INVALID, OTHER)}
    valid = sum(passed.rows.values()) - sum(counts.values())
    invalid = counts[INVALID] + unreadable
    return FieldQuality(table.id, column.name, column.need, is_expected, valid, counts[OTHER], invalid, counts[MISSING])
