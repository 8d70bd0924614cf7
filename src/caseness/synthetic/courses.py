"""The referrals of a record as arrays, with the outcome of each finished course, judged by the ordinary rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from caseness.codes import code_list
from caseness.instruments import Instrument, by_snomed, instrument
from caseness.synthetic.journey import SPECIFIC

AGES = {"Under 18": 18, "18 to 25": 26, "26 to 64": 65, "65 to 74": 75, "75 to 89": 90, "90 and over": 200}
# A made-up postcode tells the decile of deprivation in its outward part (caseness.synthetic.identifiers).
_DECILE = r"^X[A-Z](?P<decile>\d+) "
_FINISHED = 2


@dataclass(frozen=True, eq=False)
class Courses:
    """Referrals, one place each in every array, with what became of those that finished a course.

    `is_paired`, `was_case`, `not_case`, `recovered`, `improved` and `deteriorated` are only ever true of finished courses.
    """

    rows: pa.Table
    is_ended: np.ndarray
    is_finished: np.ndarray
    is_paired: np.ndarray
    was_case: np.ndarray
    not_case: np.ndarray
    recovered: np.ndarray
    improved: np.ndarray
    deteriorated: np.ndarray

    @property
    def judged(self) -> np.ndarray:
        """Finished courses, less those that were not at caseness."""
        return self.is_finished & ~self.not_case

    def text(self, column: str) -> np.ndarray:
        """One column as text; a blank is empty."""
        return np.array([value or "" for value in self.rows[column].to_pylist()], dtype=object)

    def numbers(self, column: str) -> np.ndarray:
        """One column as numbers; a blank is nan."""
        return _numbers(self.rows[column])

    def days(self, later: str, earlier: str) -> np.ndarray:
        """Days from one date to a later one; nan where either is blank."""
        return _days(self.rows[later]) - _days(self.rows[earlier])

    @property
    def age_group(self) -> np.ndarray:
        """The published band of age at referral, or empty."""
        years = np.floor(self.days("received", "PersonBirthDate") / 365.25)
        place = np.searchsorted(list(AGES.values()), years, side="right")
        return np.where(np.isnan(years), "", np.array([*AGES, ""], dtype=object)[place])

    @property
    def ethnic_group(self) -> np.ndarray:
        """The published group of ethnicity, or empty where it is not stated."""
        groups = {code.code: code.group for code in code_list("EthnicCategory").codes}
        return np.array([groups.get(code, "") for code in self.text("EthnicCategory")], dtype=object)

    @property
    def decile(self) -> np.ndarray:
        """The decile of deprivation, 1 the most deprived, or empty."""
        found = pc.struct_field(pc.extract_regex(self.rows["Postcode"].cast(pa.string()), _DECILE), "decile")
        return np.array([value or "" for value in found.to_pylist()], dtype=object)

    @property
    def problem(self) -> np.ndarray:
        """The code of the published problem, `none` where there is none, `other` where it is not printed apart."""
        return np.array([problem_of(code) for code in self.text("complaint")], dtype=object)


def problem_of(code: str) -> str:
    """The published problem that a code belongs to.

    >>> problem_of("F331"), problem_of("F4310"), problem_of("F450"), problem_of(""), problem_of("Z638")
    ('F32', 'F431', 'F99', 'none', 'other')
    """
    if not code:
        return "none"
    exact = ("83482000", "723916001")
    prefixes = ("F400", "F401", "F402", "F410", "F411", "F412", "F42", "F431", "F452", "G933", "K58")
    broader = {"F32": "F32", "F33": "F32", "F40": "F43", "F41": "F43", "F43": "F43"}
    other = {"F10": "F99", "F31": "F99", "F45": "F99", "F50": "F99", "F99": "F99"}
    if code in exact:
        return code
    named = next((prefix for prefix in prefixes if code.startswith(prefix)), None)
    return named or next((name for start, name in (broader | other).items() if code.startswith(start)), "other")


def read_courses(rows: pa.Table, ended_from: date) -> Courses:
    """Judge every course that ended on or after a day. Before, and without an end, a referral is not counted as ended.

    PHQ-9 goes with the anxiety measure of the problem where that has two scores, else with GAD-7.
    """
    ended = _days(rows["ended"])
    is_ended = np.nan_to_num(ended, nan=-1) >= (ended_from - date(1970, 1, 1)).days
    finished = is_ended & (_numbers(rows["contacts"]) >= _FINISHED)
    first, last, verdicts = _anxiety(rows)
    phq9 = instrument("phq9")
    phq9_first, phq9_last = _numbers(rows["phq9_first"]), _numbers(rows["phq9_last"])
    paired = finished & ~np.isnan(phq9_last) & ~np.isnan(last)
    before = _is_case(phq9, phq9_first) | verdicts.case_first
    after = _is_case(phq9, phq9_last) | verdicts.case_last
    fell, rose = (
        one | other
        for one, other in zip(_moves(phq9, phq9_first, phq9_last), (verdicts.fell, verdicts.rose), strict=True)
    )
    return Courses(
        rows=rows,
        is_ended=is_ended,
        is_finished=finished,
        is_paired=paired,
        was_case=finished & before,
        not_case=finished & ~before & ~np.isnan(phq9_first) & ~np.isnan(first),
        recovered=paired & before & ~after,
        improved=paired & fell & ~rose,
        deteriorated=paired & rose & ~fell,
    )


@dataclass(frozen=True, eq=False)
class _Verdicts:
    case_first: np.ndarray
    case_last: np.ndarray
    fell: np.ndarray
    rose: np.ndarray


def _anxiety(rows: pa.Table) -> tuple[np.ndarray, np.ndarray, _Verdicts]:
    gad7 = instrument("gad7")
    first, last = _numbers(rows["gad7_first"]), _numbers(rows["gad7_last"])
    case_first, case_last = _is_case(gad7, first), _is_case(gad7, last)
    fell, rose = _moves(gad7, first, last)
    tools = np.array([value or "" for value in rows["specific_tool"].to_pylist()], dtype=object)
    own_first, own_last = _numbers(rows["specific_first"]), _numbers(rows["specific_last"])
    for tool in SPECIFIC.values():
        found = by_snomed(tool)
        uses = (tools == tool) & ~np.isnan(own_last)
        if found is None or not uses.any():
            continue
        first, last = np.where(uses, own_first, first), np.where(uses, own_last, last)
        case_first = np.where(uses, _is_case(found[0], own_first), case_first)
        case_last = np.where(uses, _is_case(found[0], own_last), case_last)
        down, up = _moves(found[0], own_first, own_last)
        fell, rose = np.where(uses, down, fell), np.where(uses, up, rose)
    return first, last, _Verdicts(case_first, case_last, fell, rose)


def _is_case(scale: Instrument, totals: np.ndarray) -> np.ndarray:
    threshold = scale.caseness(with_unverified=True)
    assert threshold is not None, "every anxiety measure has a cut-off"
    known = np.nan_to_num(totals, nan=-1.0)
    return threshold.holds(known) & ~np.isnan(totals)


def _moves(scale: Instrument, first: np.ndarray, last: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    threshold = scale.reliable_change()
    if threshold is None:
        none = np.zeros(len(first), bool)
        return none, none
    # Differences of scores with two decimals are rounded, so that 3.00 - 2.27 reaches 0.73.
    change = np.round(np.nan_to_num(first - last, nan=0.0), 6)
    return threshold.holds(change), threshold.holds(-change)


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return column.cast(pa.float64()).to_numpy(zero_copy_only=False)


def _days(column: pa.ChunkedArray) -> np.ndarray:
    return column.cast(pa.date32()).cast(pa.int32()).cast(pa.float64()).to_numpy(zero_copy_only=False)
