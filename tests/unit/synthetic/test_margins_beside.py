"""Margins of last scores, functioning and circumstances of a small record that is worked out by hand."""

import pytest

from caseness.synthetic.margins import compare_margins
from made_up_records import make, rows_of

from .written_records import write_record

# R1 and R2 finished, R3 was treated once, and all three ended in the year.
REFERRALS = """
    ServiceRequestId | LocalPatientId | ReferralRequestReceivedDate | SourceOfReferralIAPT | EndCode | ServDischDate
    R1               | P1             | 2024-04-01                  | B1                   | 46      | 2024-09-01
    R2               | P2             | 2024-04-10                  | B1                   | 47      | 2024-10-01
    R3               | P3             | 2024-05-01                  | A1                   | 95      | 2024-07-01
"""
# R1 has an integrated contact. Employment support counts where it was attended, and a follow-up after the end does not.
CONTACTS = """
    CareContactId | ServiceRequestId | CareContDate | AttendOrDNACode | AppType | IAPTLTCServiceInd
    C1            | R1               | 2024-04-15   | 5               | 03      | N
    C2            | R1               | 2024-05-20   | 5               | 02      | Y
    C3            | R2               | 2024-05-20   | 5               | 03      | N
    C4            | R2               | 2024-09-20   | 5               | 02      | N
    C5            | R3               | 2024-05-20   | 5               | 03      | N
    C6            | R1               | 2024-05-22   | 5               | 10      | N
    C7            | R1               | 2024-05-29   | 3               | 10      | N
    C8            | R2               | 2024-10-10   | 5               | 06      | Y
"""
ACTIVITIES = """
    CareActId | CareContactId | CodeProcAndProcStatus
    A1        | C1            | 748051000000105
    A2        | C2            | 748051000000105
    A3        | C3            | 748051000000105
    A4        | C4            | 748051000000105
"""
# R1 has all five items at both ends, 20 and 10 in all. R2 has four, and its work does not apply (9).
ITEMS = ("932621000000100", "932581000000100", "932611000000106", "932591000000103", "932601000000109")
WSAS = "\n".join(
    [f"A1 | {item} | 4\nA2 | {item} | 2" for item in ITEMS]
    + [f"A3 | {item} | 6\nA4 | {item} | 6" for item in ITEMS[1:]]
    + [f"A3 | {ITEMS[0]} | 9\nA4 | {ITEMS[0]} | 9"]
)
SCORES = f"""
    CareActId | CodedAssToolType | PersScore
    A1        | 720433000        | 15
    A2        | 720433000        | 5
    A1        | 445455005        | 14
    A2        | 445455005        | 4
    A3        | 720433000        | 12
    A4        | 720433000        | 9
    {WSAS}
"""
COMPLAINTS = """
    ServiceRequestId | PresComp | PresCompDate
    R1               | F32.1    | 2024-04-15
    R2               | F41.1    | 2024-05-20
"""
# R1 came off sick pay between the first row and the last of the referral. What was told after the end does not count for R2.
EMPLOYMENT = """
    LocalPatientId | EmployStatus | EmployStatusRecDate | SSPInd
    P1             | 01           | 2024-04-01          | Y
    P1             | 01           | 2024-08-20          | N
    P2             | 01           | 2024-04-10          | Y
    P2             | 01           | 2024-12-20          | N
"""
DISABILITIES = """
    LocalPatientId | DisabCode
    P1             | NN
    P2             | 05
"""
CONDITIONS = """
    ServiceRequestId | LongTermCondition
    R1               | 73211009
    R1               | 195967001
    R2               | 748031000000103
"""
LOGS = """
    ServiceRequestId | StartDateIntEnabledTherLog | EndDateIntEnabledTherLog
    R3               | 2024-06-01                 | 2024-06-07
"""


@pytest.fixture(scope="module")
def margins(tmp_path_factory):
    folder = write_record(
        tmp_path_factory.mktemp("record"),
        referral=REFERRALS,
        IDS201CareContact=CONTACTS,
        IDS202CareActivity=ACTIVITIES,
        IDS607CodedScoreAssessmentAct=SCORES,
        IDS603PresentingComplaints=COMPLAINTS,
        IDS004EmpStatus=EMPLOYMENT,
        IDS007DisabilityType=DISABILITIES,
        IDS602LongTermCondition=CONDITIONS,
        IDS205InternetTherLog=LOGS,
    )
    return {margin.name: margin for margin in compare_margins(folder)}


def shares(margin):
    return {part.label: part.synthetic for part in margin.parts if part.synthetic}


def only(margin):
    return margin.parts[0].synthetic


def test_last_scores_are_those_of_courses_with_two(margins):
    """The GAD-7 of R2 was never given."""
    assert only(margins["last.all.phq9.mean"]) == 7
    assert only(margins["last.all.phq9.sd"]) == 2
    assert only(margins["last.all.gad7.mean"]) == 4
    assert margins["last.all.gad7.sd"].parts[0].synthetic is None
    assert only(margins["last.F32.phq9.mean"]) == 5
    assert margins["last.F42.phq9.mean"].verdict == "nothing to compare"


def test_items_of_functioning_need_both_ends_and_9_is_no_score(margins):
    """R1 went from 4 to 2 on each item; R2 stayed at 6, but for work. R3, with a log beside its session, finished without any."""
    assert only(margins["wsas.work.paired"]) == pytest.approx(1 / 3)
    assert only(margins["wsas.home.paired"]) == pytest.approx(2 / 3)
    assert only(margins["wsas.work.start"]) == 4
    assert (only(margins["wsas.home.start"]), only(margins["wsas.home.end"])) == (5, 4)


def test_the_total_of_functioning_is_of_those_with_all_five_items(margins):
    assert (only(margins["wsas.all.start"]), only(margins["wsas.all.end"])) == (20, 10)
    assert margins["wsas.all.start"].rows == 1
    assert only(margins["wsas.F32.end"]) == 10
    assert margins["wsas.F411.end"].verdict == "nothing to compare"


def test_an_integrated_contact_is_attended_and_not_after_the_end(margins):
    assert only(margins["integrated.finished"]) == pytest.approx(1 / 3)
    assert only(margins["integrated.recovery"]) == 1
    assert only(margins["integrated.none.recovery"]) == 0


def test_logs_and_support_are_counted_for_each_referral_that_ended(margins):
    assert only(margins["internet.per_ended"]) == pytest.approx(1 / 3)
    assert only(margins["support.per_ended"]) == pytest.approx(1 / 3)


def test_sick_pay_is_that_of_the_first_and_last_row_within_the_referral(margins):
    assert only(margins["off_sick_pay"]) == pytest.approx(1 / 3)
    assert "2021-22" in margins["off_sick_pay"].source


def test_who_says_nothing_of_a_condition_or_disability_is_left_out(margins):
    assert shares(margins["ltc_status"]) == {"Long term condition": 0.5, "No long term condition": 0.5}
    assert shares(margins["disability"]) == {"NN": 0.5, "05": 0.5}


def test_sources_are_those_of_referrals_of_the_year(margins):
    assert shares(margins["source"]) == pytest.approx({"B1": 2 / 3, "A1": 1 / 3})


def test_a_record_in_several_parts_is_read_whole(tmp_path):
    """A large record has several files of each table, some of them of what came late."""
    make(tmp_path / "record", 300, 13, chunk_size=110)
    assert list((tmp_path / "record").rglob("IDS201CareContact_part-0003*"))
    margins = {margin.name: margin for margin in compare_margins(tmp_path / "record")}
    people = {row["LocalPatientId"] for row in rows_of(tmp_path / "record", "IDS001MPI")}
    referrals = {row["ServiceRequestId"] for row in rows_of(tmp_path / "record", "IDS101Referral")}
    assert len(people) <= len(referrals) == 300
    assert 260 < margins["source"].rows <= 300
