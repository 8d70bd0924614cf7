"""Cells: the forms that are taken, those that are refused, and what is told of the rest."""

from datetime import date, datetime, time

import pyarrow as pa
import pytest

from caseness.read import limits
from caseness.read.cells import COMMA_SCORE, FORMULA, TIDIED, as_text, type_column
from caseness.read.forms import FORMS
from caseness.record import table
from made_up_record import PATIENTS, cells_of, read_one, rejected_of


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "2025-04-01", date(2025, 4, 1)),
        ("date", "01/04/2025", date(2025, 4, 1)),
        ("date", "1/4/2025", date(2025, 4, 1)),
        ("date", "2025-04-01 00:00:00", date(2025, 4, 1)),
        ("date", "2025-04-01T00:00:00", date(2025, 4, 1)),
        ("date", "2025-04-01 00:00:00.000", date(2025, 4, 1)),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("date", "2025-02-29", None),
        ("date", "12/25/2025", None),
        ("date", "01/04/25", None),
        ("date", "45748", None),
        ("date", "20250401", None),
        ("date", "0000-01-01", None),
        ("date", "٢٠٢٥-٠٤-٠١", None),
        ("timestamp", "2025-04-01", datetime.fromisoformat("2025-04-01")),
        ("timestamp", "2025-04-01T09:30", datetime.fromisoformat("2025-04-01T09:30:00")),
        ("timestamp", "01/04/2025 9:30:15", datetime.fromisoformat("2025-04-01T09:30:15")),
        ("timestamp", "2025-04-01T09:30:00Z", None),
        ("timestamp", "2025-04-01 24:00", None),
        ("time", "09:30", time(9, 30)),
        ("time", "9:30:59.5", time(9, 30, 59)),
        ("time", "1899-12-30T09:30:00", time(9, 30)),
        ("time", "1899-12-31 09:30:00", None),
        ("time", "09:60", None),
        ("time", "0.5", None),
        ("month", "2024-06", "2024-06"),
        ("month", "06/2024", "2024-06"),
        ("month", "6/2024", "2024-06"),
        ("month", "2024-06-01", "2024-06"),
        ("month", "2024-13", None),
        ("month", "0000-01", None),
        ("month", "June", None),
        ("integer", "12", 12),
        ("integer", "-5", -5),
        ("integer", "+5", 5),
        ("integer", "012", 12),
        ("integer", "12.0", 12),
        ("integer", "12.5", None),
        ("integer", "1e3", None),
        ("integer", "9" * 19, None),
        ("integer", "1,000", None),
    ],
)  # fmt: skip
def test_a_form_is_taken_or_refused(kind, text, value):
    reading = FORMS[kind](text, False)
    assert reading.value == value
    assert bool(reading.reason) == (value is None)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("date", "45748", date(2025, 4, 1)),
        ("timestamp", "45748.5", datetime.fromisoformat("2025-04-01T12:00:00")),
        ("time", "0.5", time(12)),
        ("month", "45748", "2025-04"),
        ("date", "9999999", None),
        ("time", "1.5", None),
    ],
)
def test_a_number_of_days_is_a_date_in_workbooks_only(kind, text, value):
    assert FORMS[kind](text, True).value == value
    assert FORMS[kind](text, False).value is None


def test_a_decimal_comma_has_a_reason_of_its_own(tmp_path):
    record = read_one(tmp_path, IDS201=b'CareContactId,ClinContDurOfCareCont\nC1,"2,5"\nC2,x\n')
    assert [row["reasons"] for row in rejected_of(record, "IDS201")] == [
        ["ClinContDurOfCareCont: a number with a decimal comma: write a point"],
        ["ClinContDurOfCareCont: not a whole number"],
    ]


def test_a_bad_date_rejects_its_row_with_all_reasons_and_the_cells_as_they_stood(tmp_path):
    content = b"CareContactId,CareContDate,CareContTime\nC1,2025-04-01,09:00\n C2,soon,noon\n"
    record = read_one(tmp_path, IDS201=content)
    assert [row["CareContactId"] for row in cells_of(record, "IDS201")] == ["C1"]
    lost = rejected_of(record, "IDS201")[0]
    assert lost["reasons"] == [
        "CareContDate: not a date (2025-04-01 or 01/04/2025)",
        "CareContTime: not a time of day (09:30 or 09:30:00)",
    ]
    assert (lost["CareContactId"], lost["CareContDate"], lost["line"]) == (" C2", "soon", None)


def test_text_is_trimmed_codes_are_padded_and_both_are_told(tmp_path):
    content = b"CareContactId,ServiceRequestId,PsychMed,AppType\n  C1 ,R1,1,02\nC2,\xc2\xa0R2, 02,   \n"
    record = read_one(tmp_path, IDS201=content)
    rows = cells_of(record, "IDS201")
    assert [(row["CareContactId"], row["ServiceRequestId"], row["PsychMed"], row["AppType"]) for row in rows] == [
        ("C1", "R1", "01", "02"),
        ("C2", "R2", "02", None),
    ]
    assert any("4 cells (CareContactId, PsychMed, ServiceRequestId) were tidied" in note for note in record.notes)


def test_a_cell_of_blanks_holds_nothing():
    typed = type_column(table("IDS001").column("Postcode"), pa.array(["", "  ", None, "\t"]))
    assert typed.values.to_pylist() == [None] * 4
    assert type_column(table("IDS001").column("Postcode"), pa.array([""])).values.to_pylist() == [None]


def test_a_formula_is_kept_as_text_and_told(tmp_path):
    content = b"CareContactId,AppType\n=1+1,02\n+44,02\n@x,-1\nC4,02\n"
    record = read_one(tmp_path, IDS201=content)
    assert [row["CareContactId"] for row in cells_of(record, "IDS201")] == ["=1+1", "+44", "@x", "C4"]
    assert any(f"4 cells (AppType, CareContactId) {FORMULA}" in note for note in record.notes)


@pytest.mark.parametrize("name", ["IDS607", "IDS202"])
def test_a_score_with_a_decimal_comma_stays_and_is_told(tmp_path, name):
    column = "PersScore" if name == "IDS607" else "ObsValue"
    record = read_one(tmp_path, **{name: f'CareActId,{column}\nA1,"2,35"\nA2,2.35\nA3,NA\n'})
    assert [row[column] for row in cells_of(record, name)] == ["2,35", "2.35", "NA"]
    assert any(f"1 cells ({column}) {COMMA_SCORE}" in note for note in record.notes)


def test_a_time_beside_a_date_is_left_out_and_told(tmp_path):
    content = b"ServiceRequestId,ReferralRequestReceivedDate,OnsetDate\nR1,2025-04-01 09:30:00,2024-06-15\n"
    record = read_one(tmp_path, IDS101=content)
    assert cells_of(record, "IDS101")[0]["ReferralRequestReceivedDate"] == date(2025, 4, 1)
    assert any("held a time of day beside a date, which was left out" in note for note in record.notes)
    assert any("held a day beside a month, which was left out" in note for note in record.notes)


def test_nothing_is_told_of_what_is_in_order(tmp_path):
    assert read_one(tmp_path, IDS001=PATIENTS).notes == ()


@pytest.mark.parametrize(("table_id", "column"), [("IDS001", "Postcode"), ("IDS001", "Gender"), ("IDS101", "EndCode")])
def test_a_cell_beyond_the_limit_has_a_reason(table_id, column):
    long = "x" * (limits.CELL_BYTES + 1)
    typed = type_column(table(table_id).column(column), pa.array(["1", long]))
    assert typed.reasons.to_pylist() == [None, f"longer than {limits.CELL_BYTES:,} bytes"]
    assert typed.values.to_pylist() == ["1" if column != "EndCode" else typed.values[0].as_py(), None]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (pa.array([1.0, 2.0, None]), ["1", "2", None]),
        (pa.array([1.0, float("nan")]), ["1", None]),
        (pa.array([1.5, 2.0]), ["1.5", "2"]),
        (pa.array([date(2025, 4, 1)]), ["2025-04-01"]),
        (pa.array([True]), ["true"]),
        (pa.array(["a", "b", "a"]).dictionary_encode(), ["a", "b", "a"]),
        (pa.array(["a"], pa.large_string()), ["a"]),
        (pa.nulls(2), [None, None]),
    ],
)
def test_a_typed_column_becomes_text(cells, texts):
    assert as_text(cells).to_pylist() == texts


def test_a_list_becomes_no_text():
    with pytest.raises(TypeError, match="list"):
        as_text(pa.array([[1]]))


def test_a_slice_of_a_column_is_read_by_its_own_cells():
    cells = pa.array([" a", None, "=b", "c"]).slice(1)
    typed = type_column(table("IDS001").column("Postcode"), cells)
    assert typed.values.to_pylist() == [None, "=b", "c"]
    assert (typed.told[FORMULA], typed.told[TIDIED]) == (1, 0)
