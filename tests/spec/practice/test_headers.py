"""What a header of a practice sheet is taken for, and what is said of those that are left out"""

import pytest

from caseness.read.practice import COLUMNS, take_headers
from small_practice import courses_of, read_table, reasons_of


@pytest.mark.parametrize(
    ("header", "taken_for"),
    [
        ("Client ID", "client"), ("client_id", "client"), ("PATIENT", "client"), ("Session date", "date"), ("Date:", "date"), ("DNA", "dna"),
        ("Fund", "funding"), ("Counsellor", "therapist"), ("Date of referral", "referred"), ("How ended", "ending"),
        ("PHQ9", "PHQ-9, total"), ("phq-9 total", "PHQ-9, total"), ("PHQ 9 score", "PHQ-9, total"), ("total GAD7", "GAD-7, total"),
        ("PHQ-15", "PHQ-15, total"), ("core10_clinical score", "CORE-10, total"), ("Patient Health Questionnaire (9 items)", "PHQ-9, total"),
        ("PHQ9_1", "PHQ-9, item 1"), ("PHQ9Q1", "PHQ-9, item 1"), ("gad7.3", "GAD-7, item 3"), ("CORE-10 item 10", "CORE-10, item 10"),
        ("Date (dd/mm/yyyy)", "date"), ("PHQ-9 (0-27)", "PHQ-9, total"), ("CORE-10 [total]", "CORE-10, total"), ("Attended?", "attended"),
        ("WSAS work", "WSAS, item 1"), ("ReferralRequestReceivedDate", "referred"), ("AttendOrDNACode", "attended"),
    ],
)  # fmt: skip
def test_a_header_is_known_in_any_case_with_any_punctuation_and_by_other_names(header, taken_for):
    (one,) = take_headers([header])
    assert one.taken_for == taken_for


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Therpist", "not known. Did you mean 'therapist'?"),
        ("Notes", "it is free text, which may identify a person"),
        ("Client name", "it may identify a person, and the record does not need it"),
        ("Session no.", "the order of sessions follows from their dates"),
        ("", "it has no header"),
        ("zzz", "not known."),
        ("PTSD", "not known."),
        ("core10_11", "not known. Did you mean 'CORE-10'?"),
        ("WSAS garden", "not known."),
    ],
)
def test_a_header_that_is_left_out_has_a_reason(header, why):
    (one,) = take_headers([header])
    assert (one.is_used, one.why, one.taken_for) == (False, why, f"left out: {why}")


def test_no_two_columns_share_a_name():
    assert len({one.id for one in COLUMNS}) == len(COLUMNS)
    for column in COLUMNS:
        for name in (column.id, *column.names):
            assert take_headers([name])[0].column is column


def test_the_second_header_for_the_same_thing_says_which_was_first():
    first, second = take_headers(["Date", "Session date"])
    assert (first.same_as, second.same_as) == (None, 0)


def test_lines_above_the_header_are_passed_over_and_a_header_within_is_no_row():
    found = read_table("""
    The practice of Nobody
    # a line of help, with a comma

    Client, Date, Attended
    A, 2025-01-06, yes

    client,date,attended
    A, 2025-01-13, yes
    """)
    (sheet,) = found.sheets
    assert (sheet.above, sheet.blank, sheet.repeated, found.read) == (3, 1, 1, 2)
    assert courses_of(found) == [("A", ("2025-01-06", "2025-01-13"), None)]
    assert "sheet.csv: 3 lines above the header were passed over." in found.notes
    assert any("the header stands 1 times more" in note for note in found.notes)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_commas_semicolons_tabs_and_bars_separate(separator):
    lines = (("client", "date", "CORE-10"), ("A", "2025-01-06", "12"))
    found = read_table("\n".join(separator.join(line) for line in lines))
    assert courses_of(found) == [("A", ("2025-01-06",), None)]


def test_a_cell_beyond_the_header_rejects_its_row_and_a_short_row_is_blank_at_its_end():
    found = read_table("client,date,attended\nA,2025-01-06,yes,12\nA,2025-01-07\nA,2025-01-08,yes,,\n")
    assert reasons_of(found) == {2: ["it has more cells than the header"]}
    assert found.kept == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_other_encodings_are_read(encoding):
    found = read_table("client,date,fund\nÅ1,2025-01-06,Zürich\n", encoding=encoding)
    assert courses_of(found) == [("Å1", ("2025-01-06",), None)]
