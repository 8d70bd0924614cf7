"""A practice sheet as a record on disk: typed, with its rejected rows, from end to end"""

from datetime import date

import pytest

from caseness import engine
from caseness.codes import code_list
from caseness.errors import CannotWrite, UnreadableRecord
from caseness.instruments import instruments
from caseness.instruments.tool_codes import by_tool_code, is_official, tool_code
from caseness.programme import load
from caseness.read import open_record
from caseness.read.practice import read_practice
from house.source_tree import ROOT
from small_practice import CREATED

FIXTURES = ROOT / "tests" / "fixtures" / "practice"


def rows(expression):
    return engine.fetch(expression).to_pylist()


@pytest.fixture(scope="module", params=["core10.csv", "core10.xlsx"])
def practice(request, tmp_path_factory):
    record, _ = read_practice(FIXTURES / request.param, tmp_path_factory.mktemp("record"), CREATED)
    return record


def test_a_practice_is_one_submission(practice):
    (submission,) = practice.submissions
    assert (submission.provider, submission.version, submission.is_latest) == ("OWN", "2.1", True)
    assert (submission.period_start, submission.period_end) == (date(2025, 1, 6), date(2025, 5, 20))


def test_its_tables_are_typed_and_whole(practice):
    assert {name: count.kept for name, count in practice.rows.items()} == {
        "IDS000Header": 1,
        "IDS001MPI": 12,
        "IDS101Referral": 13,
        "IDS201CareContact": 58,
        "IDS202CareActivity": 58,
        "IDS607CodedScoreAssessmentAct": 54,
        "EXT02EndingReview": 10,
        "EXT06ClientGroup": 13,
    }
    assert all(count.rejected == 0 for count in practice.rows.values())
    first = rows(practice.table("IDS201CareContact"))[0]
    assert (first["CareContDate"], first["AttendOrDNACode"]) == (date(2025, 1, 6), "5")
    assert first["row_id"] == 1_000_000_001


def test_what_was_assumed_travels_with_the_record(practice):
    assert any("(assumed)" in note for note in practice.notes)
    assert open_record(practice.folder).notes == practice.notes


def test_outcomes_follow_from_the_programme_of_the_practice(practice):
    """First and last CORE-10 score of each ended course, judged by the rule of core10_practice. Worked by hand."""
    measure = load("core10_practice").measure("core10")
    contacts = {one["CareContactId"]: one for one in rows(practice.table("contact"))}
    found = {}
    for one in rows(practice.table("activity_score")):
        contact = contacts[one["CareActId"]]
        instrument, _ = by_tool_code(one["CodedAssToolType"])
        assert instrument.id == measure.id
        found.setdefault(contact["ServiceRequestId"], []).append((contact["CareContDate"], float(one["PersScore"])))
    ended = {one["ServiceRequestId"] for one in rows(practice.table("referral")) if one["ServDischDate"]}
    paired = {
        referral: (min(scores)[1], max(scores)[1])
        for referral, scores in found.items()
        if referral in ended and len(scores) > 1
    }
    recovered = [first >= measure.caseness > last for first, last in paired.values()]
    improved = [first - last >= measure.reliable_change for first, last in paired.values()]
    assert (len(ended), len(paired), sum(recovered), sum(improved)) == (10, 8, 4, 5)


def test_rejected_rows_keep_their_reasons_and_their_text(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "row,client,date,attended,ending\n"
        "session,A,2025-01-06,yes,\n"
        "session,A,31/02/2025,yes,\n"
        'session,"B, b",soon,perhaps,\n'
        "ending,A,2025-01-20,,unclear\n"
    )
    record, found = read_practice(sheet, tmp_path / "record", CREATED)
    assert (found.read, found.kept, len(found.rejected)) == (4, 1, 3)
    contacts, endings = (rows(record.rejected(name)) for name in ("IDS201CareContact", "EXT02EndingReview"))
    assert [(one["reasons"], one["line"]) for one in (*contacts, *endings)] == [
        (["sheet.csv, row 3: date: there is no such day"], "session,A,31/02/2025,yes,"),
        (["sheet.csv, row 4: date: not a date; attended: not understood"], 'session,"B, b",soon,perhaps,'),
        (["sheet.csv, row 5: ending: not understood"], "ending,A,2025-01-20,,unclear"),
    ]
    total = record.rows["IDS201CareContact"] + record.rows["EXT02EndingReview"]
    assert (total.read, total.kept, total.rejected) == (4, 1, 3)


def test_what_may_name_somebody_is_not_copied_with_a_rejected_row(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(
        "client,Client name,date,Notes\nA,Nobody,2025-01-06,secret\nA,Nobody,soon,secret\nA,Nobody,2025-01-07,secret,more secret\n"
    )
    record, _ = read_practice(sheet, tmp_path / "record", CREATED)
    lines = [one["line"] for one in rows(record.rejected("contact"))]
    assert lines == ["A,,soon,", "A,,2025-01-07,"]


def test_a_sheet_of_which_no_row_can_be_used_is_no_record(tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("client,date\nA,soon\n")
    with pytest.raises(UnreadableRecord, match=r"has 1 rows, and none of them can be used.* row 2, date: not a date"):
        read_practice(sheet, tmp_path / "record", CREATED)
    sheet.write_text("client,date\n")
    with pytest.raises(UnreadableRecord, match="has 0 rows"):
        read_practice(sheet, tmp_path / "record", CREATED)
    assert not (tmp_path / "record").exists()


def test_a_record_is_not_written_over_the_sheet(tmp_path):
    (tmp_path / "sheet.csv").write_text("client,date\nA,2025-01-06\n")
    with pytest.raises(CannotWrite):
        read_practice(tmp_path / "sheet.csv", tmp_path, CREATED)


def test_a_code_of_our_own_is_listed_and_never_official():
    own, official = code_list("OwnAssToolType"), code_list("CodedAssToolType")
    codes = [tool_code(one) for one in instruments() if not is_official(tool_code(one))]
    assert [each.code for each in own.codes] == codes
    assert all(own.is_legal(code) and not official.is_legal(code) for code in codes)
    assert [by_tool_code(code)[0].name for code in codes] == [own.meaning_of(code) for code in codes]
    for code in codes:
        questionnaire, listed = by_tool_code(code)[0], own.find(code)
        assert (listed.lowest, listed.highest, listed.decimals) == (
            questionnaire.low,
            questionnaire.high,
            questionnaire.decimals,
        )
    assert by_tool_code("caseness:nothing") is None
