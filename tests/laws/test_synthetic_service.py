"""What holds of the synthetic record of a service: its own tables, follow-up, groups, employment support and both accounts of an end"""

from collections import Counter, defaultdict
from datetime import date
from statistics import mean

import pyarrow.parquet as pa_parquet
import pytest

from caseness.check import check
from caseness.read import read_record
from caseness.record import TABLES, extension_tables, table
from made_up_records import make, rows_of

OWN = [one.id for one in extension_tables()]
UNHELPED, LOST, AGREED = "left, not helped", "contact was lost after missed appointments", "agreed completion"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("service")
    make(folder / "record", 1500, 16, seed=7, shape="service", truth=folder / "truth")
    return folder


@pytest.fixture(scope="module")
def rows(made):
    """The rows of every table in the refresh submissions, by its id."""
    return {one.id: rows_of(made / "record", one.id, "refresh") for one in TABLES}


@pytest.fixture(scope="module")
def truth(made):
    return {row["referral"]: row for row in pa_parquet.read_table(made / "truth" / "referrals.parquet").to_pylist()}


@pytest.fixture(scope="module")
def endings(made):
    return {row["referral"]: row for row in pa_parquet.read_table(made / "truth" / "endings.parquet").to_pylist()}


def month_of(row):
    return row["place"][:7]


def test_every_table_of_our_own_has_rows_and_says_that_it_is_synthetic(made, rows):
    assert not [table_id for table_id in OWN if not rows[table_id]]
    for table_id in OWN:
        path = next((made / "record").rglob(f"{table_id}*.parquet"))
        assert b"SYNTHETIC" in pa_parquet.read_metadata(path).metadata[b"synthetic"]
    texts = [row["GoalWording"] for row in rows["EXT03Goal"]] + [row["ClientGroup"] for row in rows["EXT06ClientGroup"]]
    texts += [row["EndingNote"] for row in rows["EXT02EndingReview"]]
    texts += [row["LifeCircumstanceNote"] for row in rows["EXT05LifeCircumstances"]]
    assert all(text.startswith("SYNTHETIC") for text in texts)


def test_check_rejects_no_row_of_a_record_without_planted_errors(made, tmp_path):
    found = check(read_record(made / "record", tmp_path))
    assert [finding.rule.id for finding in found.findings] == []
    assert all(found.tables[table_id].kept == found.tables[table_id].read > 0 for table_id in OWN)


def test_both_submissions_hold_the_parents_of_every_row_of_our_own(made):
    for table_id in OWN:
        found = rows_of(made / "record", table_id)
        for parent in table(table_id).parents:
            known = {(row["place"], row[parent.column]) for row in rows_of(made / "record", parent.table)}
            assert not [row for row in found if (row["place"], row[parent.column]) not in known], (table_id, parent)


def test_what_flows_once_lies_in_its_own_month(rows):
    dated = {
        "EXT02EndingReview": "EndingReviewDate",
        "EXT03Goal": "GoalRatingDate",
        "EXT04AllianceAndExperience": "AllianceDate",
        "EXT05LifeCircumstances": "LifeCircumstanceDate",
    }
    for table_id, name in dated.items():
        assert not [row for row in rows[table_id] if f"{row[name]:%Y-%m}" != month_of(row)], table_id


def test_the_truth_tells_what_both_told_of_each_ending(rows, truth, endings):
    """Each account of the record is that of the truth file, and of the dead and the unseen nobody tells."""
    assert all(endings[referral]["reason_for_leaving"] == truth[referral]["reason_for_leaving"] for referral in endings)
    whose = {"professional": "therapist", "person": "person"}
    for row in rows["EXT02EndingReview"]:
        told, who = endings[row["ServiceRequestId"]], whose[row["EndingToldBy"]]
        account = (row["EndingKind"], row["EndingDecidedBy"], row["EndingReason"])
        assert account == (told[f"{who}_kind"], told[f"{who}_decided_by"], told[f"{who}_why"])
    assert not {one["reason_for_leaving"] for one in endings.values()} & {"died", "never seen", "still open"}


def test_therapists_know_less_of_an_ending_that_was_not_agreed(endings):
    right = {}
    for who in ("therapist", "person"):
        told = [one for one in endings.values() if one[f"{who}_why"] and one["truth_kind"] == "unplanned"]
        right[who] = mean(one[f"{who}_why"] == one["truth_why"] for one in told)
        agreed = [one for one in endings.values() if one[f"{who}_why"] and one["truth_kind"] == "planned"]
        assert all(one[f"{who}_why"] == one["truth_why"] for one in agreed)
    assert 0.3 < right["therapist"] < 0.65 < right["person"] < 1


def test_an_ending_is_reviewed_by_the_therapist_on_the_day_of_the_end(rows, truth):
    for row in rows["EXT02EndingReview"]:
        end = truth[row["ServiceRequestId"]]["discharge"]
        assert (row["EndingReviewDate"] == end) == (row["EndingToldBy"] == "professional")


def test_goals_come_nearer_for_those_who_come_down(rows, truth):
    ratings = defaultdict(list)
    for row in rows["EXT03Goal"]:
        ratings[row["ServiceRequestId"], row["GoalId"]].append((row["GoalRatingDate"], row["GoalRating"]))
    change = {True: [], False: []}
    for (referral, _), held in ratings.items():
        came_down = (
            truth[referral]["natural_change_at_last_contact"] + truth[referral]["treatment_change_at_last_contact"]
        )
        if len(held) > 1 and not 4 <= came_down <= 8:
            change[came_down > 8].append(max(held)[1] - min(held)[1])
    assert mean(change[True]) > 3 > 1 > mean(change[False])


def test_the_alliance_falls_before_a_person_leaves_unhelped_and_not_before_an_agreed_end(rows, truth):
    scores = defaultdict(list)
    for row in rows["EXT04AllianceAndExperience"]:
        scores[row["ServiceRequestId"]].append((row["AllianceDate"], float(row["AllianceScore"])))
    falls = defaultdict(list)
    for referral, held in scores.items():
        if len(held) >= 3:
            falls[truth[referral]["reason_for_leaving"]].append(min(held)[1] - max(held)[1])
    assert mean(falls[UNHELPED]) > 1.3 * mean(falls[LOST]) > 1.3 > abs(mean(falls[AGREED]))
    assert {row["AllianceTool"] for row in rows["EXT04AllianceAndExperience"]} == {"srs"}


def test_who_leaves_for_a_circumstance_often_told_of_it(rows, endings):
    told = defaultdict(set)
    for row in rows["EXT05LifeCircumstances"]:
        told[row["ServiceRequestId"]].add(row["LifeCircumstanceKind"])
    kinds = {kind for held in told.values() for kind in held}
    left_for_one = [(referral, one["truth_why"]) for referral, one in endings.items() if one["truth_why"] in kinds]
    others = [referral for referral, one in endings.items() if one["truth_why"] not in kinds]
    share = mean(why in told[referral] for referral, why in left_for_one)
    assert len(left_for_one) >= 8
    assert share > 0.2 > 0.08 > mean(kind in told[referral] for referral in others for kind in kinds)


def test_every_referral_has_who_pays_and_who_sent_it(rows):
    kinds = defaultdict(set)
    for row in rows["EXT06ClientGroup"]:
        kinds[row["place"], row["ServiceRequestId"]].add(row["ClientGroupKind"])
    sent = {(row["place"], row["ServiceRequestId"]) for row in rows["IDS101Referral"]}
    assert set(kinds) == sent
    assert all({"funding", "referrer"} <= found for found in kinds.values())


def test_a_referral_that_ended_before_the_month_is_sent_for_a_follow_up_alone(rows):
    followed = {(row["place"], row["ServiceRequestId"]) for row in rows["IDS201CareContact"] if row["AppType"] == "06"}
    again = {
        (row["place"], row["ServiceRequestId"])
        for row in rows["IDS101Referral"]
        if row["ServDischDate"] and f"{row['ServDischDate']:%Y-%m}" < month_of(row)
    }
    assert again
    assert again <= followed


def test_a_group_meets_at_one_time_with_one_therapist_and_counts_its_members(rows):
    therapists = {row["CareContactId"]: row["CarePersLocalId"] for row in rows["IDS202CareActivity"]}
    groups = defaultdict(list)
    for row in rows["IDS201CareContact"]:
        if row["CareContPatientTherMode"] == "3":
            moment = (row["CareContDate"], row["CareContTime"], therapists[row["CareContactId"]])
            groups[moment].append((row["NumGroupTherParticipants"], row["ServiceRequestId"]))
    assert groups
    for members in groups.values():
        assert {count for count, _ in members} == {len(members)}
        assert len({referral for _, referral in members}) == len(members) >= 4
    alone = [row for row in rows["IDS201CareContact"] if row["CareContPatientTherMode"] != "3"]
    assert not [row for row in alone if row["NumGroupTherParticipants"] is not None]


def test_employment_support_has_dates_that_hold_its_contacts(rows):
    """Who has a contact of it was referred to it before, is said to be suitable, and is discharged after the last contact."""
    patient = {row["ServiceRequestId"]: row["LocalPatientId"] for row in rows["IDS101Referral"]}
    dates, contacts = {}, defaultdict(list)
    for row in rows["IDS004EmpStatus"]:
        assert (row["EmpSupportInd"] == "Y") == (row["EmpSupportReferral"] is not None)
        assert row["EmpSupportReferral"] or not row["EmpSupportDischargeDate"]
        if row["EmpSupportReferral"]:
            dates[row["LocalPatientId"], row["EmpSupportReferral"]] = row["EmpSupportDischargeDate"]
    for row in rows["IDS201CareContact"]:
        if row["AppType"] == "10":
            contacts[patient[row["ServiceRequestId"]]].append(row["CareContDate"])
    assert contacts
    for person, days in contacts.items():
        held = [(start, end) for (who, start), end in dates.items() if who == person]
        assert all(any(start < day <= (end or date.max) for start, end in held) for day in days)
    assert any(dates.values())


def test_a_change_of_therapist_stands_in_the_activities(rows, truth):
    """Before the day of the change a step has its first therapist, and from that day on another. Groups have their own."""
    contacts = {row["CareContactId"]: row for row in rows["IDS201CareContact"]}
    changed = {referral: one["therapist_changed_on"] for referral, one in truth.items() if one["therapist_changed_on"]}
    found = defaultdict(lambda: (set(), set()))
    for row in rows["IDS202CareActivity"]:
        contact = contacts[row["CareContactId"]]
        day = changed.get(contact["ServiceRequestId"])
        if day and contact["CareContPatientTherMode"] != "3" and contact["AppType"] in ("02", "03", "05"):
            found[contact["ServiceRequestId"]][contact["CareContDate"] >= day].add(row["CarePersLocalId"])
    assert changed
    assert any(before and after and not before & after for before, after in found.values())
    assert all(after - before for before, after in found.values() if before and after)


# --- Sums of ../shared/spec/record-and-measures.md, section 7, counted from the tables in plain Python.


def attended(row):
    return row["AttendOrDNACode"] in ("5", "6") or row["PlannedCareContIndicator"] == "N"


def test_every_attended_contact_has_one_medium_and_one_kind_of_staff(rows):
    """M1014 + M1015 + M1016 + M1017 is the sum of the eleven media."""
    media = {"01", "02", "04", "05", "09", "10", "11", "12", "13", "98"}
    qualified = defaultdict(set)
    for row in rows["IDS902CarePersQual"]:
        kind = "qualified" if row["QualAwardedDate"] else "in training"
        qualified[row["place"], row["CarePersLocalId"]].add(kind)
    staff = {row["CareContactId"]: (row["place"], row["CarePersLocalId"]) for row in rows["IDS202CareActivity"]}
    held = [row for row in rows["IDS201CareContact"] if attended(row)]
    by_medium = Counter(row["ConsMechanism"] for row in held if row["ConsMechanism"] in media)
    by_staff = Counter(max(qualified[staff[row["CareContactId"]]]) for row in held)
    assert by_medium.total() == by_staff.total() == len(held)
    assert set(by_staff) == {"qualified", "in training"}


def test_waits_fall_into_the_published_bands_and_two_treatments_are_a_second(rows):
    """M024 + ... + M027 = M023, M032 + ... + M035 = M031, M121 + M046 = M184, M122 + M047 = M046."""
    referrals = {row["ServiceRequestId"]: row for row in rows["IDS101Referral"]}
    first_assessments, treatments = {}, defaultdict(list)
    for row in sorted(rows["IDS201CareContact"], key=lambda row: row["CareContDate"]):
        referral = referrals[row["ServiceRequestId"]]
        if attended(row) and row["CareContDate"] <= (referral["ServDischDate"] or date.max):
            if row["AppType"] in ("01", "03"):
                first_assessments.setdefault(row["ServiceRequestId"], row["CareContDate"])
            if row["AppType"] in ("02", "03", "05"):
                treatments[row["ServiceRequestId"]].append(row["CareContDate"])
    received = {referral: row["ReferralRequestReceivedDate"] for referral, row in referrals.items()}
    for firsts in (first_assessments, {referral: days[0] for referral, days in treatments.items()}):
        bands = Counter(band((day - received[referral]).days) for referral, day in firsts.items())
        assert set(bands) == {"28 or less", "29 to 56", "57 to 90", "over 90"}
    seconds = Counter(band((days[1] - days[0]).days) for days in treatments.values() if len(days) > 1)
    assert set(seconds) == {"28 or less", "29 to 56", "57 to 90", "over 90"}


def band(days):
    ends = {"28 or less": (0, 28), "29 to 56": (29, 56), "57 to 90": (57, 90), "over 90": (91, 10_000)}
    return next((name for name, (low, high) in ends.items() if low <= days <= high), "unlawful")


def test_some_finished_courses_have_an_integrated_contact_and_the_others_none(rows):
    """M273 and M274: the indicator is Y or N in every contact, and the same person's contacts are all alike."""
    courses = defaultdict(list)
    for row in rows["IDS201CareContact"]:
        if attended(row) and row["AppType"] in ("02", "03", "05"):
            courses[row["ServiceRequestId"]].append(row["IAPTLTCServiceInd"])
    kinds = Counter(frozenset(held) for held in courses.values() if len(held) >= 2)
    assert set(kinds) == {frozenset("Y"), frozenset("N")}
    assert 0.15 < kinds[frozenset("Y")] / kinds.total() < 0.32
