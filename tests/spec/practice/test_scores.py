"""Scores on a practice sheet: totals, items, and the code under which each is recorded"""

import pytest

from small_practice import read_table, reasons_of, rows_of


def scores(text):
    found = read_table(text)
    return rows_of(found, "IDS607CodedScoreAssessmentAct", "CodedAssToolType", "PersScore"), found


def test_a_total_stands_under_its_official_code_or_under_one_of_our_own():
    found, _ = scores("client | date | PHQ9 | gad-7 total | CORE 10\nA | 2025-01-06 | 14 | 11 | 19\n")
    assert found == [("720433000", "14"), ("445455005", "11"), ("caseness:core10", "19")]


def test_a_score_on_an_ending_belongs_to_the_referral():
    found = read_table("row | client | date | CORE-10\nending | A | 2025-01-13 | 8\n")
    assert rows_of(found, "IDS606CodedScoreAssessmentRefer", "ServiceRequestId", "CodedAssToolType", "PersScore") == [
        ("R1", "caseness:core10", "8")
    ]
    assert rows_of(found, "IDS606CodedScoreAssessmentRefer", "AssToolCompDate") == [("2025-01-13",)]


def test_items_are_scored_by_their_questionnaire():
    headers = " | ".join(f"GAD7_{n}" for n in range(1, 8))
    found, _ = scores(f"client | date | {headers}\nA | 2025-01-06 | 3 | 2 | 1 | 0 | 3 | 2 | 1\n")
    assert found == [("445455005", "12")]


def test_items_of_core_10_that_are_scored_in_reverse_are_turned():
    headers = " | ".join(f"CORE-10 q{n}" for n in range(1, 11))
    found, _ = scores(f"client | date | {headers}\nA | 2025-01-06 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0\n")
    assert found == [("caseness:core10", "8")]


def test_an_item_that_is_missing_leaves_no_total_and_that_is_said():
    headers = " | ".join(f"GAD7_{n}" for n in range(1, 8))
    found, read = scores(f"client | date | {headers}\nA | 2025-01-06 | 3 | 2 | 1 | | 3 | 2 | 1\n")
    assert found == []
    assert (read.kept, len(read.rejected)) == (1, 0)
    assert any(note.startswith("Questionnaires with an item missing: 1.") for note in read.notes)


def test_a_total_that_is_not_that_of_its_items_rejects_the_row():
    headers = " | ".join(f"GAD7_{n}" for n in range(1, 8))
    text = (
        f"client | date | GAD7 | {headers}\nA | 2025-01-06 | 13 | 3 | 2 | 1 | 0 | 3 | 2 | 1\n"
        "A | 2025-01-07 | 12 | 3 | 2 | 1 | 0 | 3 | 2 | 1\n"
    )
    found, read = scores(text)
    assert found == [("445455005", "12")]
    assert reasons_of(read) == {2: ["GAD-7: the total is not that of its items"]}


def test_an_answer_that_is_none_of_the_form_rejects_the_row():
    headers = " | ".join(f"GAD7_{n}" for n in range(1, 8))
    _, read = scores(f"client | date | {headers}\nA | 2025-01-06 | 4 | 2 | x | often | 3 | 2 | 1\n")
    assert reasons_of(read) == {2: ["GAD-7, item 1: out of range 0 to 3", "GAD-7, item 4: not a number"]}


def test_the_items_of_wsas_stand_under_codes_of_their_own():
    found, _ = scores("client | date | WSAS work | WSAS home\nA | 2025-01-06 | 9 | 4\n")
    assert found == [("932621000000100", "9"), ("932581000000100", "4")]


def test_a_score_out_of_range_is_kept_as_it_stands_and_said():
    found, read = scores("client | date | CORE-10\nA | 2025-01-06 | 45\n")
    assert found == [("caseness:core10", "45")]
    assert any(note.startswith("Scores outside the range of their questionnaire: 1.") for note in read.notes)


@pytest.mark.parametrize("blank", ["", "-", "n/a", "NA", "not done", "?"])
def test_what_stands_for_no_answer_is_no_score(blank):
    found, read = scores(f"client | date | CORE-10\nA | 2025-01-06 | {blank}\n")
    assert (found, read.kept) == ([], 1)


@pytest.mark.parametrize("odd", ["12?", "twelve", "12/40", "123456", "=SUM(1)"])
def test_what_is_no_number_rejects_the_row(odd):
    _, read = scores(f"client | date | CORE-10\nA | 2025-01-06 | {odd}\n")
    assert reasons_of(read) == {2: ["CORE-10: not a score"]}


def test_a_decimal_comma_is_a_point():
    found, _ = scores("client | date | Mobility Inventory\nA | 2025-01-06 | 2,35\n")
    assert found == [("473355002", "2.35")]


def test_a_questionnaire_on_the_alliance_goes_to_its_own_table():
    found = read_table("row | client | date | SRS\nsession | A | 2025-01-06 | 38\nending | A | 2025-01-13 | 39\n")
    columns = ("CareContactId", "AllianceTool", "AllianceScore", "AllianceDate")
    assert rows_of(found, "EXT04AllianceAndExperience", *columns) == [
        ("1-2", "srs", "38", "2025-01-06"),
        (None, "srs", "39", "2025-01-13"),
    ]


def test_two_columns_for_one_score_have_to_agree():
    _, read = scores(
        "client | date | PHQ9 | PHQ-9 total\nA | 2025-01-06 | 14 | 14\nA | 2025-01-07 | 14 | 15\nA | 2025-01-08 | | 0\n"
    )
    assert reasons_of(read) == {3: ["PHQ-9 total: two columns for the same thing hold different values"]}
    assert any("'PHQ-9 total' and 'PHQ9' are for the same thing" in note for note in read.notes)
    assert rows_of(read, "IDS607CodedScoreAssessmentAct", "PersScore") == [("14",), ("0",)]
