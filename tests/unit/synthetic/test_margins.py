"""Margins of a small record that is worked out by hand."""

import json

import pytest

from caseness.errors import UnreadableInput
from caseness.synthetic.facts import load_facts
from caseness.synthetic.known_gaps import REASONS
from caseness.synthetic.margins import compare_margins
from made_up_records import make

from .written_records import HEADERS, write_record

# R1 finished and recovered, R2 finished and got worse, R3 was treated once, R4 was never seen, R5 is open.
REFERRALS = """
    submission | ServiceRequestId | LocalPatientId | ReferralRequestReceivedDate | SourceOfReferralIAPT | EndCode | ServDischDate
    1          | R1               | P1             | 2024-04-01                  | B1                   |         |
    2          | R1               | P1             | 2024-04-01                  | B1                   | 46      | 2024-09-01
    2          | R2               | P2             | 2024-04-10                  | A1                   | 47      | 2024-10-01
    2          | R3               | P3             | 2024-05-01                  | B1                   |         | 2024-07-01
    2          | R4               | P4             | 2024-05-01                  | B1                   | 50      | 2024-06-01
    2          | R5               | P4             | 2025-03-01                  | B1                   |         |
"""
PEOPLE = """
    LocalPatientId | PersonBirthDate | Gender | EthnicCategory | Postcode
    P1             | 1990-01-01      | 2      | A              | XA10 1AA
    P2             | 1950-01-01      | 1      | J              | XA1 1AA
    P3             | 2001-01-01      | 2      | M              | XA1 1AD
    P4             |                 | 2      | Z              |
"""
# A contact that is sent twice counts once; one that was missed, a review and one after the end are no treatment.
CONTACTS = """
    submission | CareContactId | ServiceRequestId | CareContDate | AttendOrDNACode | AppType | ConsMechanism
    1          | C1            | R1               | 2024-04-15   | 5               | 03      | 02
    2          | C1            | R1               | 2024-04-15   | 5               | 03      | 02
    2          | C2            | R1               | 2024-05-20   | 5               | 02      | 11
    2          | C3            | R1               | 2024-06-03   | 6               | 02      | 11
    2          | C4            | R1               | 2024-06-10   | 3               | 02      |
    2          | C5            | R1               | 2024-10-10   | 5               | 02      | 02
    2          | C6            | R2               | 2024-05-20   | 5               | 03      | 01
    2          | C7            | R2               | 2024-09-20   | 5               | 02      | 01
    2          | C8            | R3               | 2024-05-20   | 5               | 03      | 01
    2          | C9            | R3               | 2024-05-27   | 5               | 04      | 01
"""
ACTIVITIES = """
    CareActId | CareContactId | CodeProcAndProcStatus
    A1        | C1            | 748051000000105
    A2        | C2            | 304891004
    A3        | C3            | 304891004:363589002=123
    A4        | C3            | 304891004
    A6        | C6            | 748051000000105
    A7        | C7            | 748051000000105
"""
SCORES = """
    CareActId | CodedAssToolType | PersScore
    A1        | 720433000        | 15
    A1        | 445455005        | 14
    A3        | 720433000        | 5
    A3        | 445455005        | 4
    A6        | 720433000        | 12
    A6        | 445455005        | 10
    A6        | 491581000000104  | 40
    A7        | 720433000        | 12
    A7        | 445455005        | 4
    A7        | 491581000000104  | 55
"""
COMPLAINTS = """
    ServiceRequestId | PresComp | PresCompCodSig | PresCompDate
    R1               | F32.1    | 1              | 2024-04-15
    R1               | F41.1    | 2              | 2024-04-15
    R2               | F431     | 1              | 2024-05-20
"""


@pytest.fixture(scope="module")
def margins(tmp_path_factory):
    folder = write_record(
        tmp_path_factory.mktemp("record"),
        referral=REFERRALS,
        IDS001MPI=PEOPLE,
        IDS201CareContact=CONTACTS,
        IDS202CareActivity=ACTIVITIES,
        IDS607CodedScoreAssessmentAct=SCORES,
        IDS603PresentingComplaints=COMPLAINTS,
    )
    return {margin.name: margin for margin in compare_margins(folder)}


def shares(margin):
    return {part.label: part.synthetic for part in margin.parts if part.synthetic}


def only(margin):
    return margin.parts[0].synthetic


def test_each_ended_referral_stands_at_one_stage(margins):
    assert shares(margins["stage.at_end"]) == {"before": 0.25, "once": 0.25, "finished": 0.5}
    assert only(margins["treated.once"]) == pytest.approx(1 / 3)


def test_end_codes_are_those_of_the_latest_version_and_a_blank_is_none(margins):
    assert shares(margins["end_code.all"]) == {"46": 0.25, "47": 0.25, "50": 0.25, "none": 0.25}
    assert shares(margins["end_code.once"]) == {"none": 1.0}


def test_waits_are_counted_in_days_and_bands(margins):
    """14, 40 and 19 days to the first treatment; 35 and 123 to the second."""
    assert only(margins["wait.first.median"]) == 19
    assert shares(margins["wait.first.bands"]) == pytest.approx({"28 days or less": 2 / 3, "29 to 56 days": 1 / 3})
    assert shares(margins["wait.second.bands"]) == {"29 to 56 days": 0.5, "over 90 days": 0.5}
    assert only(margins["gap.mean"]) == pytest.approx((49 + 123) / 3)


def test_treatment_contacts_are_counted_once(margins):
    """Three of one course and two of the other: not the missed one, the review, or that after the end."""
    assert only(margins["contacts.mean"]) == 2.5
    assert shares(margins["contacts.bands"]) == {"2": 0.5, "3 to 4": 0.5}
    assert shares(margins["pathway"]) == {"low": 0.5, "both": 0.5}
    assert only(margins["contacts.high"]) == 2


def test_appointments_of_the_year_are_counted(margins):
    assert margins["attendance"].rows == 9
    assert shares(margins["attendance"]) == pytest.approx({"5": 7 / 9, "6": 1 / 9, "3": 1 / 9})
    assert only(margins["appointments.per_ended"]) == 9 / 4
    assert shares(margins["therapy.high"]) == {"304891004": 1.0}


def test_outcomes_follow_the_ordinary_rules(margins):
    """The specific anxiety measure replaces GAD-7: PCL-5 rose by 15, so the fall on GAD-7 does not count."""
    assert only(margins["recovery.all"]) == 0.5
    assert only(margins["reliable_recovery.all"]) == 0.5
    assert only(margins["improvement.all"]) == 0.5
    assert only(margins["deterioration.all"]) == 0.5
    assert only(margins["not_case.all"]) == 0
    assert only(margins["paired"]) == 1
    assert only(margins["recovery.F32"]) == 1
    assert only(margins["deterioration.F431"]) == 1


def test_first_scores_are_the_earliest(margins):
    assert only(margins["intake.all.phq9.mean"]) == 13.5
    assert only(margins["intake.all.gad7.mean"]) == 12


def test_people_are_in_the_published_groups(margins):
    """The referral whose person has no birth date, ethnicity or postcode is left out of these."""
    assert shares(margins["age"]) == pytest.approx({"18 to 25": 1 / 3, "26 to 64": 1 / 3, "65 to 74": 1 / 3})
    assert shares(margins["deprivation"]) == pytest.approx({"1": 2 / 3, "10": 1 / 3})
    assert shares(margins["gender"]) == {"1": 0.2, "2": 0.8}
    assert shares(margins["problem"]) == {"F32": 0.5, "F431": 0.5}
    assert shares(margins["ethnic_group"]) == pytest.approx(
        {"White": 1 / 3, "Asian or Asian British": 1 / 3, "Black or Black British": 1 / 3}
    )


def test_one_provider_has_no_spread(margins):
    assert margins["spread.recovery"].verdict == "nothing to compare"


def test_few_rows_are_said_to_be_few(margins):
    assert margins["recovery.all"].verdict == "within, few rows"


def test_every_margin_has_a_source_a_chapter_and_a_tolerance(margins):
    assert all(margin.source and margin.chapter and margin.tolerance > 0 for margin in margins.values())


def test_a_record_without_rows_has_nothing_to_compare(tmp_path):
    """A table that was not supplied is an empty one."""
    folder = write_record(tmp_path, referral=REFERRALS.splitlines()[1])
    found = compare_margins(folder)
    assert {margin.verdict for margin in found} == {"nothing to compare"}
    assert json.dumps([part.synthetic for margin in found for part in margin.parts]).count("null") > 50


def test_a_folder_without_a_record_is_refused(tmp_path):
    with pytest.raises(UnreadableInput, match="is no record"):
        compare_margins(tmp_path)


def test_a_record_without_a_header_is_refused(tmp_path):
    folder = write_record(tmp_path, headers=HEADERS.strip().splitlines()[0], referral=REFERRALS)
    with pytest.raises(UnreadableInput, match="no header row"):
        compare_margins(folder, load_facts())


def test_a_known_reason_stands_beside_its_margin_and_every_reason_has_a_margin(margins):
    assert margins["contacts.median"].note == REASONS["contacts.median"]
    assert margins["gender"].note == ""
    assert set(REASONS) <= set(margins)


def test_a_wait_that_began_before_the_record_is_not_known(tmp_path):
    "The first contact in the record of who was referred before it may not be the first there was."
    early = f"{REFERRALS.rstrip()}\n    2 | R9 | P1 | 2023-01-01 | B1 | |\n"
    contact = f"{CONTACTS.rstrip()}\n    2 | C99 | R9 | 2024-06-20 | 5 | 02 | 02\n"
    folder = write_record(tmp_path, referral=early, contact=contact)
    found = {margin.name: margin for margin in compare_margins(folder)}
    assert found["wait.first.mean"].rows == 3
    assert found["wait.first.mean"].parts[0].synthetic == pytest.approx((14 + 40 + 19) / 3)


def test_a_record_of_several_parts_is_read_whole(tmp_path):
    make(tmp_path / "parts", 300, 3, chunk_size=110)
    assert list((tmp_path / "parts").rglob("IDS101Referral_part-0003*.parquet"))
    found = {margin.name: margin for margin in compare_margins(tmp_path / "parts")}
    assert found["gender"].rows > 290
