"""Which file counts, which row stands for a pathway, and what is known of it by then."""

from one_practice import QUARTER, Practice, april, month_of


def test_the_file_created_last_counts():
    practice = Practice().file("2025-04", "2025-06-20T10:00").refer("2025-04-02")
    practice.file("2025-04", "2025-05-20T10:00").refer("2025-04-02").refer("2025-04-03", referral="r2", patient="p2")
    assert practice.values("M001") == (1,)


def test_each_provider_has_a_file_of_its_own():
    practice = april("2025-04-02")
    practice.provider = "RBB"
    practice.file("2025-04").refer("2025-04-09")
    assert practice.values("M001") == (2,)


def test_the_later_row_of_a_referral_counts():
    practice = april("2025-04-02", SourceOfReferralIAPT="A1").refer("2025-04-02", SourceOfReferralIAPT="B1")
    assert practice.values("M001", "M002", "M003") == (1, 1, 0)


def test_an_nhs_number_that_appears_makes_another_pathway():
    """Contacts stay with the pathway that their own file names."""
    practice = april().meet("2025-04-03").file("2025-05").refer("2025-03-01", number="9434765919").meet("2025-05-06")
    assert practice.values("M031", period=month_of("2025-05")) == (1,)
    assert practice.values("M031", "M184", period=QUARTER) == (2, 0)


def test_the_same_local_ids_of_two_providers_are_two_pathways():
    practice = april().meet("2025-04-03")
    practice.provider = "RBB"
    practice.file("2025-04").refer("2025-03-01").meet("2025-04-04")
    assert practice.values("M031", "M184") == (2, 0)


def test_a_contact_id_that_comes_back_in_another_month_is_another_contact():
    practice = april().meet("2025-04-03").file("2025-05").refer("2025-03-01").meet("2025-05-06")
    practice.tables["IDS201CareContact"][1]["CareContactId"] = "c1"
    practice.tables["IDS202CareActivity"][1]["CareContactId"] = "c1"
    assert practice.values("M082", "M110", "M184", period=QUARTER) == (2, 2, 1)


def test_a_month_is_judged_by_what_was_known_at_its_end():
    practice = april().meet("2025-04-03").file("2025-05").refer("2025-03-01", "2025-05-30").meet("2025-05-06")
    assert practice.values("M019", "M056", "M184") == (1, 0, 0)
    assert practice.values("M056", "M076", "M184", period=month_of("2025-05")) == (1, 1, 1)


def test_the_latest_month_stands_for_a_quarter():
    practice = april("2025-04-01").meet("2025-04-03").file("2025-05").refer("2025-04-01", "2025-05-30")
    practice.meet("2025-05-06")
    assert practice.values("M001", "M031", "M076", "M082", "M019", period=QUARTER) == (1, 1, 1, 2, 0)


def test_waits_of_a_quarter_run_to_its_last_day():
    """A referral last sent in April, received 50 days before the end of April and 111 before that of June."""
    practice = april("2025-03-11")
    assert practice.values("M038", "M042", "M043", "M045") == (1, 1, 1, 0)
    assert practice.values("M038", "M042", "M043", "M045", period=QUARTER) == (1, 0, 1, 1)


def test_a_subset_goes_by_the_row_that_stands():
    practice = april("2025-04-01", OrgIDComm="AAA").meet("2025-04-03").file("2025-05")
    practice.refer("2025-04-01", OrgIDComm="BBB")
    for commissioner, expected in (("AAA", 0), ("BBB", 1)):
        kept = practice.values("M082", period=QUARTER, keep=lambda row, code=commissioner: row["OrgIDComm"] == code)
        assert kept == (expected,)


def test_a_subset_can_go_by_provider():
    practice = april("2025-04-01")
    assert practice.values("M001", keep=lambda row: row["OrgID_Provider"] == "RAA") == (1,)
    assert practice.values("M001", keep=lambda row: row["OrgID_Provider"] == "RBB") == (0,)


def test_what_belongs_to_no_referral_is_left_out():
    practice = (
        april().meet("2025-04-03", referral="r9").scored(PHQ9=12).logged("2025-04-03", "2025-04-09", referral="r9")
    )
    practice.complains("F422", referral="r9").answered("2025-04-03", referral="r9", PHQ9=12)
    practice.add("IDS607CodedScoreAssessmentAct", CareActId="a9", CodedAssToolType="720433000", PersScore="12")
    pathway = practice.pathway()
    assert (pathway.contacts, pathway.logs, pathway.answers, pathway.complaints) == ((), (), (), [])
    assert practice.values("M082", "M343") == (0, 0)


def test_an_unknown_questionnaire_is_passed_over():
    practice = april().meet("2025-04-03")
    practice.add("IDS607CodedScoreAssessmentAct", CareActId="a1", CodedAssToolType="0", PersScore="12")
    assert practice.pathway().answers == ()


def test_three_measures_are_not_for_a_month():
    practice = april()
    assert set(practice.figures(QUARTER)) - set(practice.figures()) == {"M1011", "M1012", "M1013"}


def test_nulls_and_odd_codes_do_no_harm():
    practice = Practice().file("2025-04")
    tables = ("001MPI", "004EmpStatus", "101Referral", "201CareContact", "202CareActivity", "205InternetTherLog")
    more = ("603PresentingComplaints", "606CodedScoreAssessmentRefer", "607CodedScoreAssessmentAct", "902CarePersQual")
    for table in tables + more:
        practice.add(f"IDS{table}")
    assert practice.values("M038", "M082", "M112") == (1, 0, None)
