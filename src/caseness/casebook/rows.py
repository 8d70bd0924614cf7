"""The rows of one referral and of its person, and of nobody else: each table is filtered where it lies, and never read whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import ibis
import pyarrow as pa

from caseness.casebook.finding import REFERRAL, Named, counted_submissions
from caseness.engine import fetch, load
from caseness.errors import UnclearCase
from caseness.read import Record, Submission
from caseness.read.model import typed_schema
from caseness.record import ROW_ID, SUBMISSION, TABLES, Table, table

PERSON = "IDS001MPI"
# What names a person to the world. It is never taken from the record for a case study, not even to be left out later.
NEVER_TAKEN = ("NHSNumber", "Postcode", "OrgIDLocalPatientId", "GMPCodeReg")
# Whom a person sees, and for how long: of every row of the provider, so they are of no use for one course.
_OF_THE_SERVICE = ("IDS000Header", "IDS902CarePersQual", "EXT01TeamMembership")

# Without these a row cannot be placed. Nothing has checked the rows, so any of them may be blank.
NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "IDS201CareContact": ("CareContactId", "CareContDate"),
        "IDS202CareActivity": ("CareActId", "CareContactId"),
        "IDS606CodedScoreAssessmentRefer": ("CodedAssToolType", "PersScore", "AssToolCompDate"),
        "IDS607CodedScoreAssessmentAct": ("CareActId", "CodedAssToolType", "PersScore"),
        "EXT02EndingReview": ("EndingReviewDate",),
        "EXT03Goal": ("GoalId", "GoalRating", "GoalRatingDate"),
        "EXT04AllianceAndExperience": ("AllianceTool", "AllianceDate"),
    }
)

Row = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class CaseRows:
    """The rows of one referral. `others` counts the person's other referrals at the same provider.

    It is read by deriving as if it were a record of its own: `record`, `refused` and `kept` are what that asks for.
    """

    named: Named
    submissions: tuple[Submission, ...]
    notes: tuple[str, ...]
    others: int
    _tables: Mapping[str, pa.Table] = field(repr=False)

    def rows(self, table_id: str) -> Sequence[Row]:
        """The rows of a table in the order of their numbers: what a record repeats each month is there each time.

        Those that lack what places them are left out.
        """
        name = table(table_id).id
        found = self._tables[name].sort_by(ROW_ID).to_pylist()
        return [each for each in found if all(each[column] is not None for column in NEEDED.get(name, ()))]

    @property
    def incomplete(self) -> int:
        """How many rows lack what places them."""
        return sum(self._tables[name].num_rows - len(self.rows(name)) for name in NEEDED)

    def latest(self, table_id: str) -> Sequence[Row]:
        """The rows of the latest submission that has some in this table."""
        rows, order = self.rows(table_id), {one.id: one.period_start for one in self.submissions}
        last = max((order[each[SUBMISSION]] for each in rows), default=None)
        return [each for each in rows if order[each[SUBMISSION]] == last]

    @property
    def record(self) -> CaseRows:
        """Itself, as a record."""
        return self

    @property
    def refused(self) -> Mapping[int, tuple[str, ...]]:
        """None: the rows of one person cannot tell whether a submission would be rejected."""
        return {}

    def kept(self, table_id: str) -> ibis.Table:
        """The rows of a table as a table that can be queried."""
        return load(self._tables[table(table_id).id])


def take_rows(record: Record, named: Named) -> CaseRows:
    """Take the rows of one referral out of a record.

    Raises
    ------
    UnclearCase
        If the provider sent the referral with more than one person.
    """
    submissions = tuple(one for one in counted_submissions(record) if one.provider == named.provider)
    ids = [one.id for one in submissions]
    referral = _whole(record, table(REFERRAL), ids, ("ServiceRequestId", named.referral))
    persons = referral["LocalPatientId"].unique().to_pylist()
    if len(persons) > 1:
        raise UnclearCase(
            f"The provider sent this referral with {len(persons)} different persons. Nothing was shown, since rows of one could be taken "
            "for those of another. Mend the identifiers of the person (LocalPatientId) in IDS101Referral, and export again."
        )
    taken: dict[str, pa.Table] = {REFERRAL: referral}
    for declared in sorted(TABLES, key=_depth):
        if declared.id != REFERRAL:
            taken[declared.id] = _table_of(record, declared, ids, named, persons[0], taken)
    return CaseRows(named, submissions, record.notes, _others(record, ids, named, persons[0]), taken)


def _table_of(
    record: Record, declared: Table, ids: Sequence[int], named: Named, person: str | None, taken: Mapping[str, pa.Table]
) -> pa.Table:
    if declared.id in _OF_THE_SERVICE or not record.has(declared.id):
        return typed_schema(declared).empty_table()
    if declared.id == PERSON or declared.parents[0].table == PERSON:
        return _whole(record, declared, ids, ("LocalPatientId", person))
    if declared.parents[0].table == REFERRAL:
        return _whole(record, declared, ids, ("ServiceRequestId", named.referral))
    return _below(record, declared, taken[declared.parents[0].table])


def _whole(record: Record, declared: Table, ids: Sequence[int], wanted: tuple[str, str | None]) -> pa.Table:
    rows = _safe(record.table(declared.id))
    column, value = wanted
    return _shaped(fetch(rows.filter(rows[SUBMISSION].isin(ids) & (rows[column] == value))), declared)


def _below(record: Record, declared: Table, parents: pa.Table) -> pa.Table:
    key = declared.parents[0].column
    of = load(parents.select([SUBMISSION, key]))
    return _shaped(fetch(_safe(record.table(declared.id)).semi_join(of, [SUBMISSION, key])), declared)


def _safe(rows: ibis.Table) -> ibis.Table:
    return rows.mutate(**{name: ibis.null("string") for name in NEVER_TAKEN if name in rows.columns})


def _shaped(found: pa.Table, declared: Table) -> pa.Table:
    schema = typed_schema(declared)
    return found.select(schema.names).cast(schema)


def _others(record: Record, ids: Sequence[int], named: Named, person: str | None) -> int:
    rows = record.table(REFERRAL)
    same = rows[SUBMISSION].isin(ids) & (rows.LocalPatientId == person) & (rows.ServiceRequestId != named.referral)
    found = rows.filter(same).select("ServiceRequestId").distinct()
    return fetch(found.agg(rows=found.count()))["rows"][0].as_py()


# A table comes after those that its rows hang on.
def _depth(declared: Table) -> int:
    if not declared.parents or declared.id == REFERRAL:
        return 0
    return 1 + _depth(table(declared.parents[0].table))
