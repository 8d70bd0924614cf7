"""A whole check: the cascade within a submission, what is refused, what is kept, and what profiles change."""

import pytest

from built_records import build, row, sound_submission
from caseness.check import check
from caseness.check.telling import tell
from caseness.engine import fetch
from spec.check.cases import narrow


@pytest.fixture
def checked(tmp_path):
    """Checks submissions that are told as changes of a sound one."""

    def check_all(*changes, unreadable=(), profile="submission"):
        return check(build(tmp_path, [narrow(one) for one in changes], unreadable), profile)

    return check_all


def rules(found):
    return [each.rule.id for each in found.findings]


def ids(table):
    return fetch(table.order_by("row_id").select("row_id")).column("row_id").to_pylist()


def test_a_sound_record_is_kept_whole(checked):
    found = checked("", "")
    assert not found.findings
    assert found.worst is None
    assert not found.refused
    assert all((count.read, count.kept) == (2, 2) for count in found.tables.values())
    assert ids(found.kept("referral")) == [1000000001, 2000000001]
    assert ids(found.rejected("referral")) == []


def test_a_rejected_referral_takes_its_contacts_and_scores_and_no_more(checked):
    """The patient has a second referral, and stays."""
    found = checked("+IDS101 ServiceRequestId R2 OrgIDComm null; +IDS201 CareContactId C2 ServiceRequestId R2; "
                    "+IDS202 CareActId A2 CareContactId C2; +IDS607 CareActId A2")  # fmt: skip
    assert {each: found.tables[each].rejected for each in found.tables if found.tables[each].rejected} == {
        "IDS101Referral": 1,
        "IDS201CareContact": 1,
        "IDS202CareActivity": 1,
        "IDS607CodedScoreAssessmentAct": 1,
    }
    assert ids(found.rejected("IDS607")) == [1000000002]
    told = fetch(found.rejected("IDS607").select("reasons")).column("reasons").to_pylist()
    assert told == ["C607-IDS202-rejected"]


def test_rejection_stays_within_its_submission(checked):
    """Both submissions hold the same identifiers."""
    found = checked("IDS201 AppType null", "")
    assert {finding.rule.id: dict(finding.by_submission) for finding in found.findings} == {
        "C201-AppType-blank": {1: 1},
        "C202-IDS201-rejected": {1: 1},
        "C607-IDS202-rejected": {1: 1},
    }
    assert ids(found.kept("contact")) == [2000000001]


def test_a_refused_submission_is_refused_in_every_table(checked):
    found = checked("IDS001 NHSNumber 1234567890", "")
    assert dict(found.refused) == {1: ("C001-02",)}
    assert all((count.rejected, count.kept) == (1, 1) for count in found.tables.values())
    assert ids(found.kept("IDS002")) == [2000000001]
    told = fetch(found.rejected("IDS000").select("row_id", "reasons")).to_pylist()
    assert told == [{"row_id": 1000000001, "reasons": "C001-02"}]


def test_several_reasons_are_told_together(checked):
    found = checked("IDS001 NHSNumber 1234567890 Postcode AB1; IDS201 AppType null")
    told = fetch(found.rejected("contact").select("reasons")).column("reasons").to_pylist()
    assert told == ["C001-02; C001-04; C201-AppType-blank; C201-IDS101-rejected"]


def test_what_reading_refused_is_told_by_the_column(checked):
    refused = [
        (1, "IDS101Referral", row("ServiceRequestId R7"), ["ServDischDate: not a date", "OnsetDate: not a month"]),
        (1, "IDS101Referral", row("ServiceRequestId R8"), ["9 cells, where the heading has 8"]),
        (1, "IDS101Referral", row("ServiceRequestId R9"), ["EndCode: longer than a megabyte"]),
    ]
    found = checked("", unreadable=refused)
    assert rules(found) == ["C101-row-form", "C101-OnsetDate-form", "C101-ServDischDate-form"]
    assert [each.count for each in found.findings] == [2, 1, 1]
    assert found.findings[2].of == 4
    assert found.tables["IDS101Referral"].unreadable == 3
    field = next(each for each in found.fields if each.column == "ServDischDate")
    assert (field.invalid, field.cells, field.score) == (1, 2, 0.0)


def test_an_unreadable_birth_date_refuses_the_submission(checked):
    found = checked("", unreadable=[(1, "IDS001MPI", row("LocalPatientId P7"), ["PersonBirthDate: not a date"])])
    assert dict(found.refused) == {1: ("C001-PersonBirthDate-form",)}


def test_a_row_of_an_unknown_submission_refuses_none(tmp_path):
    record = build(
        tmp_path, [sound_submission()], [(None, "IDS001MPI", row("LocalPatientId P7"), ["PersonBirthDate: not a date"])]
    )
    found = check(record)
    assert not found.refused
    assert found.findings[0].count == 1
    assert found.findings[0].rows == ()
    assert tell(found)["findings"][0]["submissions"] == []


def test_a_table_whose_every_row_is_unreadable_is_not_empty(checked):
    found = checked(
        "-IDS002", unreadable=[(1, "IDS002GP", row("LocalPatientId P1"), ["StartDateGMPRegistration: not a date"])]
    )
    assert "C002-01" not in rules(found)
    assert "C001-06" in rules(found)
    assert found.tables["IDS002GP"].read == found.tables["IDS002GP"].unreadable == 1


def test_a_practice_needs_no_number_no_practice_and_no_commissioner(checked):
    missing = (
        "-IDS002; -IDS902; IDS001 NHSNumber null NHSNumberStatus null PersonBirthDate null Postcode null Gender null "
        "OrgIDLocalPatientId null; IDS101 OrgIDComm null; IDS201 IAPTLTCServiceInd null"
    )
    assert not checked(missing, profile="practice").findings
    found = checked(missing)
    assert found.worst == "file"
    assert not found.not_applicable
    assert "C002-01" in {each.id for each in checked("", profile="practice").not_applicable}


def test_a_practice_may_use_any_questionnaire(checked):
    """A score of a questionnaire that is in no official list, told by its id."""
    changes = "IDS606 CodedAssToolType core10 PersScore 23; IDS101 ServDischDate 2025-04-28"
    found = checked(changes, profile="practice")
    assert not found.findings
    assert next(each for each in found.fields if each.column == "CodedAssToolType").score == 100
    assert "C606-CodedAssToolType-code" in rules(checked(changes))


def test_findings_stand_worst_first_and_what_was_taken_along_last(checked):
    found = checked("+IDS000; IDS201 AppType null; IDS606 PersScore 28; +IDS607")
    assert rules(found) == [
        "C000-01",
        "C607-key-repeated",
        "C607-IDS202-rejected",
        "C202-IDS201-rejected",
        "C201-AppType-blank",
        "C606-05",
    ]


def test_only_the_first_row_ids_are_shown(checked):
    found = checked("IDS101 EndCode 46; " + "; ".join(f"+IDS101 ServiceRequestId X{n} EndCode 46" for n in range(20)))
    finding = next(each for each in found.findings if each.rule.id == "C101-08")
    assert finding.count == 21
    assert finding.rows == tuple(range(1000000001, 1000000011))


def test_the_four_counts_of_a_field_are_told_apart(checked):
    """Valid, other, invalid and missing, one row each."""
    found = checked("IDS201 PsychMed 01; +IDS201 CareContactId C2 PsychMed UU; +IDS201 CareContactId C3 PsychMed 77; "
                    "+IDS201 CareContactId C4 PsychMed null")  # fmt: skip
    field = next(each for each in found.fields if each.column == "PsychMed")
    assert (field.valid, field.other, field.invalid, field.missing) == (1, 1, 1, 1)
    assert field.score == pytest.approx(100 / 3)


def test_a_blank_counts_where_a_field_is_expected(checked):
    found = checked(
        "+IDS001 LocalPatientId P2 NHSNumber null; +IDS002 LocalPatientId P2; +IDS101 ServiceRequestId R2 LocalPatientId P2"
    )
    field = next(each for each in found.fields if each.column == "NHSNumber")
    assert (field.is_expected, field.score) == (True, 50.0)


def test_scores_are_means_of_fields(checked):
    found = checked("IDS002 GMPCodeReg null; +IDS002 GMPCodeReg A12345 EndDateGMPRegistration 2025-04-05")
    scores = {each.column: each.score for each in found.fields if each.table == "IDS002GP" and each.valid}
    assert scores == {
        "LocalPatientId": 100.0,
        "GMPCodeReg": 50.0,
        "StartDateGMPRegistration": 100.0,
        "EndDateGMPRegistration": 100.0,
    }
    assert found.score_of("IDS002GP") == 87.5
    assert found.score < 100


def test_a_record_without_rows_has_no_score(tmp_path):
    found = check(build(tmp_path, []))
    assert (found.score, found.findings, dict(found.tables)) == (None, (), {})


def test_nothing_that_is_told_holds_a_value(checked):
    "Identifiers, dates and codes of the rows are in no finding."
    found = checked("IDS001 NHSNumber 1234567890 Postcode QQ; IDS101 ServDischDate 1999-01-01 EndCode 77")
    told = str(tell(found))
    assert not [value for value in ("1234567890", "QQ", "1999-01-01", "'77'", "R1", "P1") if value in told]
