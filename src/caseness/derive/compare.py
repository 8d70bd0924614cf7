"""What is derived beside what a post-deadline extract says: row by row, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
from pyarrow import csv, parquet

from caseness.derive.catalogue import derivations
from caseness.derive.derivation import REFERRAL, Derivation, lay_on
from caseness.derive.grains import Grains
from caseness.derive.person import unique_month, unique_service_request
from caseness.derive.shapes import REFERRAL_COLUMNS
from caseness.engine import fetch, load
from caseness.errors import CannotDerive, UnreadableInput
from caseness.record import ROW_ID

# How a row of an extract is known: by the number of the submission and the row, or by month, provider and referral.
MONTH, PROVIDER, SERVICE_REQUEST, UNIQUE_REQUEST = (
    "Unique_MonthID",
    "OrgID_Provider",
    "ServiceRequestId",
    "Unique_ServiceRequestID",
)
# Scores and ages are the same if they differ by less than the last decimal that a questionnaire has.
TOLERANCE = 0.005
_EXAMPLES = 5
SAYS = (
    "A flag of the extract is true or blank, and a blank stands for false. A count that is blank stands for 0.",
    "What NHS England derives rests on all that it holds; a referral that began before the record may differ for that alone.",
)  # fmt: skip


@dataclass(frozen=True)
class Column:
    """An official column, and how many rows say the same. `rows` are row ids of IDS101 of some that do not."""

    official: str
    name: str
    same: int
    different: int
    rows: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class Compared:
    """An extract set beside what was derived: rows read and found, and each column that both have."""

    read: int
    matched: int
    columns: tuple[Column, ...]
    unknown: tuple[str, ...]


def compare(grains: Grains, referrals: ibis.Table, extract: Path) -> Compared:
    """Set an extract beside the referral rows that were derived.

    Parameters
    ----------
    grains : derived with all columns
    referrals : the rows of IDS101 of the record, as they are kept
    extract : rows of IDS101 with derived columns by their official names, CSV or Parquet

    Raises
    ------
    CannotDerive
        If the extract has no column to know its rows by, names one row twice, shares no row with the record, or no
        derived column.
    UnreadableInput
        If it is no CSV or Parquet file.
    """
    theirs = read_extract(extract)
    pairs = _pairs_of(theirs)
    beside = fetch(_beside(grains, referrals, load(theirs), [name for name, _ in pairs]))
    _require_pairs(extract, beside)
    columns = tuple(_column(name, one, beside) for name, one in pairs)
    known = {MONTH, PROVIDER, SERVICE_REQUEST, UNIQUE_REQUEST, *(name for name, _ in pairs)}
    unknown = tuple(name for name in theirs.column_names if name not in known)
    return Compared(theirs.num_rows, beside.num_rows, columns, unknown)


def read_extract(extract: Path) -> pa.Table:
    """An extract as a table of text, with a month, a provider and a referral for each row.

    Raises
    ------
    CannotDerive
        If it has no row, no column to know its rows by, names a row twice, or has no derived column.
    UnreadableInput
        If it is no CSV or Parquet file.
    """
    rows = _as_text(_read(extract))
    _require_rows(extract, rows)
    if UNIQUE_REQUEST not in rows.column_names and not {PROVIDER, SERVICE_REQUEST} <= set(rows.column_names):
        raise _unknown_rows(extract, f"{UNIQUE_REQUEST}, or {PROVIDER} and {SERVICE_REQUEST}")
    if MONTH not in rows.column_names:
        raise _unknown_rows(extract, MONTH)
    keys = rows.select(
        [name for name in (MONTH, PROVIDER, SERVICE_REQUEST, UNIQUE_REQUEST) if name in rows.column_names]
    )
    twice = rows.num_rows - len(set(zip(*(column.to_pylist() for column in keys.columns), strict=True)))
    if twice:
        raise CannotDerive(
            f"{extract} names {twice} of its {rows.num_rows} rows more than once, so it is not known which is meant. Nothing "
            "was compared. Keep the rows with UsePathway_Flag, one a referral and month."
        )
    _require_pairs_of_columns(extract, rows)
    return rows


def _pairs_of(theirs: pa.Table) -> list[tuple[str, Derivation]]:
    return [(name, one) for name in theirs.column_names if (one := _ours(name))]


def _require_rows(extract: Path, rows: pa.Table) -> None:
    if not rows.num_rows:
        raise CannotDerive(f"{extract} has no row. Nothing was compared. Give the rows of IDS101 that came back.")


def _require_pairs_of_columns(extract: Path, rows: pa.Table) -> None:
    if not _pairs_of(rows):
        raise CannotDerive(
            f"{extract} has none of the derived columns of IDS101 by their official names, such as CompletedTreatment_Flag. "
            "Nothing was compared. `caseness derivations` lists them."
        )


def _read(extract: Path) -> pa.Table:
    try:
        if extract.suffix.casefold() == ".parquet":
            return parquet.read_table(extract)
        header = csv.open_csv(extract).schema.names
        return csv.read_csv(
            extract,
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(header, pa.string()), strings_can_be_null=True
            ),
        )
    except (pa.ArrowException, OSError) as problem:
        raise UnreadableInput(
            f"{extract} is no CSV or Parquet file that can be read, so nothing was compared."
        ) from problem


def _as_text(rows: pa.Table) -> pa.Table:
    return rows.cast(pa.schema([pa.field(name, pa.string()) for name in rows.column_names]))


def _unknown_rows(extract: Path, needed: str) -> CannotDerive:
    return CannotDerive(
        f"{extract} does not say which referral and month each row is of. Nothing was compared. Give the column {needed}."
    )


def _ours(official: str) -> Derivation | None:
    return next((one for one in _COMPARABLE if one.official.casefold() == official.casefold()), None)


_COMPARABLE = tuple(
    one for one in derivations() if one.grain == REFERRAL and one.official and one.name in REFERRAL_COLUMNS
)


# A row of the extract and ours, side by side: theirs as text, in columns that begin so.
def _beside(grains: Grains, referrals: ibis.Table, theirs: ibis.Table, names: Sequence[str]) -> ibis.Table:
    ours = grains.referral.inner_join(referrals.select(ROW_ID, SERVICE_REQUEST), ROW_ID)
    named = ours.mutate(period_start=ours.month, service_request=ours[SERVICE_REQUEST])
    keyed = lay_on(named, (unique_month, unique_service_request))
    told = _with_request(theirs).select(
        of_month=MONTH, of_request=UNIQUE_REQUEST, **{f"their {name}": name for name in names}
    )
    joined = keyed.inner_join(
        told, [keyed.unique_month.cast("string") == told.of_month, keyed.unique_service_request == told.of_request]
    )
    return joined.order_by(ROW_ID)


def _with_request(theirs: ibis.Table) -> ibis.Table:
    if UNIQUE_REQUEST in theirs.columns:
        return theirs
    named = theirs.mutate(provider=theirs[PROVIDER], service_request=theirs[SERVICE_REQUEST])
    return lay_on(named, (unique_service_request,)).rename({UNIQUE_REQUEST: "unique_service_request"})


def _require_pairs(extract: Path, beside: pa.Table) -> None:
    if not beside.num_rows:
        raise CannotDerive(
            f"None of the rows of {extract} is in the record: no month, provider and referral is in both. Nothing was "
            "compared. Give an extract of the same months and provider."
        )


def _column(official: str, one: Derivation, beside: pa.Table) -> Column:
    kind = REFERRAL_COLUMNS[one.name]
    ours, theirs = beside[one.name].to_pylist(), beside[f"their {official}"].to_pylist()
    pairs = zip(beside[ROW_ID].to_pylist(), ours, theirs, strict=True)
    differing = [row for row, our, their in pairs if not _is_same(kind, our, their)]
    note = f"rests on {', '.join(one.assumed)}" if differing and one.assumed else ""
    return Column(official, one.name, len(ours) - len(differing), len(differing), tuple(differing[:_EXAMPLES]), note)


_TRUE = ("true", "t", "y", "1")


def _is_same(kind: str, ours: object, theirs: str | None) -> bool:
    text = (theirs or "").strip()
    if kind == "boolean":
        return bool(ours) == (text.casefold() in _TRUE)
    if kind in ("int32", "int64", "float64"):
        return _is_near(ours, text, blank=None if kind == "float64" else 0)
    told = "" if ours is None else str(ours)
    return told == (text[:10] if kind == "date" else text)


def _is_near(ours: object, text: str, blank: int | None) -> bool:
    if not text:
        return ours == blank or ours is None
    try:
        return isinstance(ours, int | float) and abs(ours - float(text)) < TOLERANCE
    except ValueError:
        return False
