"""How the rows of a practice sheet become courses, and a course one referral"""

from small_practice import courses_of, read_table, reasons_of, rows_of


def test_the_sessions_of_a_client_are_one_course_until_an_ending_and_then_the_next():
    found = read_table("""
    row     | client | date       | attended | ending
    session | A      | 2025-01-06 | yes      |
    session | B      | 2025-01-07 | yes      |
    session | A      | 2025-01-13 | yes      |
    ending  | A      | 2025-01-20 |          | planned
    session | A      | 2025-03-03 | yes      |
    """)
    assert courses_of(found) == [
        ("A", ("2025-01-06", "2025-01-13"), "2025-01-20"),
        ("B", ("2025-01-07",), None),
        ("A", ("2025-03-03",), None),
    ]
    assert rows_of(found, "IDS101Referral", "ServiceRequestId", "LocalPatientId", "ServDischDate") == [
        ("R1", "A", "2025-01-20"),
        ("R2", "B", None),
        ("R3", "A", None),
    ]


def test_the_order_of_the_rows_does_not_matter_and_a_session_comes_before_the_ending_of_its_day():
    found = read_table("""
    row     | client | date       | attended | ending
    ending  | A      | 2025-01-13 |          | unplanned
    session | A      | 2025-01-13 | yes      |
    session | A      | 2025-01-06 | yes      |
    """)
    assert courses_of(found) == [("A", ("2025-01-06", "2025-01-13"), "2025-01-13")]


def test_somebody_who_was_referred_and_never_seen_has_a_course_without_sessions():
    found = read_table("""
    row    | client | date       | referred   | ending
    ending | A      | 2025-02-01 | 2025-01-06 | unplanned
    """)
    assert courses_of(found) == [("A", (), "2025-02-01")]
    assert rows_of(found, "IDS101Referral", "ReferralRequestReceivedDate", "ServDischDate") == [
        ("2025-01-06", "2025-02-01")
    ]


def test_a_second_ending_without_a_session_between_is_rejected():
    found = read_table("""
    row     | client | date       | attended | ending
    session | A      | 2025-01-06 | yes      |
    ending  | A      | 2025-01-13 |          | planned
    ending  | A      | 2025-01-20 |          | planned
    """)
    assert reasons_of(found) == {4: ["an ending, but no session since the client's last ending"]}
    assert (found.read, found.kept) == (3, 2)


def test_a_second_ending_after_a_new_referral_is_a_course_of_its_own():
    found = read_table("""
    row     | client | date       | referred   | attended | ending
    session | A      | 2025-01-06 |            | yes      |
    ending  | A      | 2025-01-13 |            |          | planned
    ending  | A      | 2025-04-01 | 2025-03-01 |          | unplanned
    """)
    assert courses_of(found) == [("A", ("2025-01-06",), "2025-01-13"), ("A", (), "2025-04-01")]


def test_without_a_day_of_referral_the_first_row_stands_for_it_and_that_is_said():
    found = read_table("""
    client | date       | attended | referred
    A      | 2025-01-06 | yes      | 2024-12-01
    A      | 2025-01-13 | yes      |
    B      | 2025-01-07 | yes      |
    """)
    assert rows_of(found, "IDS101Referral", "ReferralRequestReceivedDate") == [("2024-12-01",), ("2025-01-07",)]
    assert any(note.startswith("Courses without a day of referral: 1.") for note in found.notes)


def test_the_first_attended_session_is_taken_for_assessment_and_treatment_and_the_rest_for_treatment():
    found = read_table("""
    client | date       | attended
    A      | 2025-01-06 | DNA
    A      | 2025-01-13 | yes
    A      | 2025-01-20 | yes
    """)
    assert [type_ for (type_,) in rows_of(found, "IDS201CareContact", "AppType")] == ["02", "03", "02"]
    assert any(note.startswith("Sessions that do not say what they were for: 3.") for note in found.notes)


def test_where_an_assessment_is_marked_no_other_is_assumed():
    found = read_table("""
    client | date       | attended | type
    A      | 2025-01-06 | yes      |
    A      | 2025-01-13 | yes      | assessment
    A      | 2025-01-20 | yes      | review
    """)
    assert [type_ for (type_,) in rows_of(found, "IDS201CareContact", "AppType")] == ["02", "01", "04"]


def test_endings_may_stand_in_a_file_of_their_own(tmp_path):
    from caseness.read.practice import read_practice_sheets
    from small_practice import CREATED

    (tmp_path / "sessions.csv").write_text("client;date;attended\nA;2025-01-06;yes\n")
    (tmp_path / "endings.csv").write_text("client;date;ending\nA;2025-01-13;planned\n")
    found = read_practice_sheets([tmp_path], CREATED)
    assert courses_of(found) == [("A", ("2025-01-06",), "2025-01-13")]
    assert rows_of(found, "EXT02EndingReview", "EndingReviewDate", "EndingKind") == [("2025-01-13", "planned")]


def test_a_client_has_one_birth_date_and_one_gender():
    found = read_table("""
    client | date       | attended | dob        | sex
    A      | 2025-01-06 | yes      | 1980-02-03 | f
    A      | 2025-01-13 | yes      | 1981-02-03 | f
    A      | 2025-01-20 | yes      |            | m
    A      | 2025-01-27 | yes      |            |
    """)
    assert reasons_of(found) == {
        3: ["birth date: it differs from an earlier row of the client"],
        4: ["gender: it differs from an earlier row of the client"],
    }
    assert rows_of(found, "IDS001MPI", "LocalPatientId", "PersonBirthDate", "Gender") == [("A", "1980-02-03", "2")]
