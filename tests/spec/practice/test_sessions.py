"""What one row of a practice sheet says: kind, attendance, codes, groups"""

from datetime import date

import pytest

from caseness.errors import BadSettings
from caseness.read.practice import Practice, read_practice_sheets
from small_practice import read_table, reasons_of, rows_of


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("yes", "5"), ("Attended", "5"), ("1", "5"), ("✓", "5"), ("5", "5"), ("late", "6"), ("DNA", "3"), ("no show", "3"), ("no", "3"),
        ("cancelled by client", "2"), ("Cancelled", "2"), ("cancelled by therapist", "4"), ("too late", "7"), ("", None),
        ("Did not attend, and gave no warning", "3"),
    ],
)  # fmt: skip
def test_attendance_is_written_in_words_or_in_codes(written, code):
    found = read_table(f"client | date | attended\nA | 2025-01-06 | {written}\n")
    assert rows_of(found, "IDS201CareContact", "AttendOrDNACode") == [(code,)]


@pytest.mark.parametrize(("written", "code"), [("yes", "3"), ("no", "5"), ("DNA", "3"), ("attended", "5"), ("", None)])
def test_yes_in_a_column_headed_dna_means_that_the_client_did_not_come(written, code):
    found = read_table(f"client | date | DNA\nA | 2025-01-06 | {written}\n")
    assert rows_of(found, "IDS201CareContact", "AttendOrDNACode") == [(code,)]


def test_attendance_that_is_not_understood_rejects_the_row():
    found = read_table("client | date | attended\nA | 2025-01-06 | perhaps\n")
    assert reasons_of(found) == {2: ["attended: not understood"]}


def test_two_columns_on_attendance_have_to_agree():
    found = read_table("client | date | attended | DNA\nA | 2025-01-06 | yes | yes\nA | 2025-01-07 | yes | no\n")
    assert reasons_of(found) == {2: ["attended: it says another thing than dna"]}
    assert found.kept == 1


@pytest.mark.parametrize(
    ("attended", "score", "kept"),
    [("yes", "", 0), ("late", "", 0), ("DNA", "", 0), ("", "20", 0), ("", "", 1), ("cancelled by client", "", 1)],
)
def test_what_was_not_yet_is_rejected_and_an_appointment_is_kept(attended, score, kept, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"client,date,attended,PHQ-9\nA,2025-01-06,yes,20\nA,2025-01-07,{attended},{score}\n")
    found = read_practice_sheets([sheet], Practice(read_on=date(2025, 1, 6)))
    assert found.kept == 1 + kept
    assert [each.where.row for each in found.rejected if each.reasons[0].startswith("date: it is after")] == [3] * (
        1 - kept
    )
    assert read_practice_sheets([sheet], Practice(read_on=date(2025, 1, 7))).kept == 2


def test_each_row_of_the_record_is_known_by_its_row_of_the_sheet():
    found = read_table(
        "client | date | attended | PHQ-9\nB | soon | yes | 1\nB | 2025-01-13 | yes | 99\nA | 2025-01-06 | yes | 9\n"
    )
    scores = found.tables["IDS607CodedScoreAssessmentAct"]["PersScore"].to_pylist()
    assert scores == ["99", "9"]
    assert [found.place_of("IDS607CodedScoreAssessmentAct", one).row for one in (1, 2)] == [3, 4]
    assert [found.place_of("IDS201CareContact", one).row for one in (1, 2, 3)] == [3, 4, 2]
    assert found.place_of("IDS201CareContact", 4) is None
    assert found.place_of("IDS000Header", 1) is None


def test_without_a_column_on_attendance_sessions_are_taken_to_have_been_attended_and_that_is_said():
    found = read_table("client | date\nA | 2025-01-06\n")
    assert rows_of(found, "IDS201CareContact", "AttendOrDNACode") == [("5",)]
    assert any(note.startswith("Sessions in a sheet without a column for attendance: 1.") for note in found.notes)


def test_a_blank_where_there_is_a_column_is_not_taken_for_attended():
    found = read_table("client | date | attended\nA | 2025-01-06 |\nA | 2025-01-07 | yes\n")
    assert any(note.startswith("Sessions that do not say whether they were attended: 1.") for note in found.notes)


def test_no_and_cancelled_alone_leave_something_open_and_that_is_said():
    found = read_table("client | date | attended\nA | 2025-01-06 | no\nA | 2025-01-07 | cancelled\n")
    assert any(note.startswith("Sessions that say only 'no' or 'cancelled': 2.") for note in found.notes)


def test_a_session_fills_the_contact_and_its_activity():
    found = read_table("""
    client | date       | time  | therapist | attended | type | medium | minutes | treated    | medication
    A      | 06/01/2025 | 9.05  | T1        | yes      | 02   | video  | 50      | individual | taking
    """)
    (contact,) = found.tables["IDS201CareContact"].to_pylist()
    assert {name: value for name, value in contact.items() if value} == {
        "CareContactId": "1-2",
        "ServiceRequestId": "R1",
        "CareContDate": "2025-01-06",
        "CareContTime": "09:05:00",
        "AttendOrDNACode": "5",
        "ClinContDurOfCareCont": "50",
        "AppType": "02",
        "ConsMechanism": "11",
        "CareContPatientTherMode": "1",
        "PsychMed": "02",
    }
    assert rows_of(found, "IDS202CareActivity", "CareActId", "CareContactId", "CarePersLocalId") == [
        ("1-2", "1-2", "T1")
    ]


def test_groups_of_clients_travel_in_a_table_of_their_own():
    found = read_table("""
    client | date       | attended | Fund     | Referred by | group
    A      | 2025-01-06 | yes      | employer | GP          | nights
    A      | 2025-01-13 | yes      | employer |             |
    A      | 2025-01-20 | yes      | self     |             |
    """)
    assert rows_of(found, "EXT06ClientGroup", "ServiceRequestId", "ClientGroupKind", "ClientGroup") == [
        ("R1", "funding", "employer"),
        ("R1", "referrer", "GP"),
        ("R1", "other", "nights"),
        ("R1", "funding", "self"),
    ]


def test_a_qualification_makes_a_row_for_the_therapist():
    found = read_table("""
    client | date       | attended | therapist | qualification
    A      | 2025-01-06 | yes      | T1        | 12
    A      | 2025-01-13 | yes      | T1        | 12
    A      | 2025-01-20 | yes      | T2        |
    """)
    assert rows_of(found, "IDS902CarePersQual", "CarePersLocalId", "QualAttainLevelIAPT") == [("T1", "12")]


def test_an_ending_is_reviewed_and_a_reason_in_words_is_kept_as_a_note():
    found = read_table("""
    row     | client | date       | attended | ending    | decided by | reason       | end code
    session | A      | 2025-01-06 | yes      |           |            |              |
    ending  | A      | 2025-01-13 |          | drop-out  | client     | moved        |
    session | B      | 2025-01-06 | yes      |           |            |              |
    ending  | B      | 2025-01-13 |          | agreed    | mutual     | a new baby   | 46
    """)
    assert rows_of(found, "EXT02EndingReview", "EndingKind", "EndingDecidedBy", "EndingReason", "EndingNote") == [
        ("unplanned", "person", "moved", None),
        ("planned", "both", None, "a new baby"),
    ]
    assert rows_of(found, "IDS101Referral", "EndCode") == [(None,), ("46",)]
    assert any(note.startswith("Reasons for an ending that are no code: 1.") for note in found.notes)


def test_planned_yes_or_no_is_another_way_to_write_the_ending():
    found = read_table("""
    row    | client | date       | planned | ending
    ending | A      | 2025-01-13 | yes     |
    ending | B      | 2025-01-13 | no      | unplanned
    ending | C      | 2025-01-13 | no      | planned
    """)
    assert rows_of(found, "EXT02EndingReview", "EndingKind") == [("planned",), ("unplanned",)]
    assert reasons_of(found) == {4: ["ending: it says another thing than planned"]}


def test_the_kind_of_a_row_follows_from_its_cells_unless_it_could_be_both():
    found = read_table("""
    client | date       | attended | ending
    A      | 2025-01-06 | yes      |
    A      | 2025-01-13 |          | planned
    A      | 2025-01-20 | yes      | planned
    """)
    assert [each.kind for course in found.courses for each in course.entries] == ["session", "ending"]
    assert reasons_of(found) == {4: ["row: it could be a session or an ending. Say which in a column `row`"]}


def test_a_kind_that_is_neither_is_rejected_and_cells_of_the_other_kind_are_said_not_to_be_taken():
    found = read_table("""
    row      | client | date       | attended | ending
    supper   | A      | 2025-01-06 | yes      |
    session  | A      | 2025-01-06 | yes      | planned
    """)
    assert reasons_of(found) == {2: ["row: neither session nor ending"]}
    assert any(note.startswith("Rows with cells that belong to the other kind of row") for note in found.notes)


def test_a_word_that_is_no_code_is_kept_as_it_stands_where_nothing_is_counted_by_it():
    found = read_table("client | date | attended | medium\nA | 2025-01-06 | yes | by pigeon\n")
    assert rows_of(found, "IDS201CareContact", "ConsMechanism") == [("by pigeon",)]
    assert any(note.startswith("Cells with a word that is no code of their column: 1.") for note in found.notes)


def test_every_reason_of_a_row_is_given():
    found = read_table("""
    client                  | date | time | minutes | attended | type
                            | soon | noon | 1.5     | perhaps  | odd
    a-very-long-client-name | -    |      |         |          |
    """)
    assert reasons_of(found) == {
        2: [
            "date: not a date",
            "attended: not understood",
            "type: not understood",
            "time: not a time",
            "minutes: not a whole number of minutes",
            "client: blank. If its cells are merged, write the client in each row",
        ],
        3: ["date: blank", "client: longer than 20 characters"],
    }


def test_the_header_row_says_whose_and_when():
    found = read_table("client | date\nA | 2025-01-06\nA | 2025-03-03\n")
    (header,) = found.tables["IDS000Header"].to_pylist()
    assert header == {
        "DatSetVer": "2.1",
        "OrgIDProv": "OWN",
        "OrgIDSubmit": "OWN",
        "PrimSystemInUse": "practice sheet",
        "ReportingPeriodStartDate": "2025-01-06",
        "ReportingPeriodEndDate": "2025-03-03",
        "DateTimeDatSetCreate": "2025-06-01T09:00:00",
    }


def test_a_sheet_does_not_say_when_it_was_made_so_its_last_day_stands_for_it(tmp_path):
    (tmp_path / "sheet.csv").write_text("client,date\nA,2025-01-06\nA,2025-03-03\n")
    (header,) = (
        read_practice_sheets([tmp_path / "sheet.csv"], Practice(provider="ABC")).tables["IDS000Header"].to_pylist()
    )
    assert (header["DateTimeDatSetCreate"], header["OrgIDProv"]) == ("2025-03-03T23:59:59", "ABC")


@pytest.mark.parametrize("provider", ["", "  ", "TOOLONG"])
def test_a_provider_has_a_short_code(provider):
    with pytest.raises(BadSettings, match="1 to 6 characters"):
        Practice(provider=provider)
