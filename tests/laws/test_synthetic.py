"""What holds of every synthetic record: it is lawful, it says what it is, and it can be made again"""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pyarrow.parquet as pa_parquet
import pytest

from caseness.codes import code_list
from caseness.organisations.reference import all_organisations
from caseness.record import TABLES, table
from made_up_records import content, make, places, rows_in, rows_of

MANDATORY = {(one.id, column.name) for one in TABLES for column in one.columns if column.need == "mandatory"}


@pytest.fixture(scope="module", params=["national", "service"])
def record(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param) / "record"
    make(folder, 700, shape=request.param)
    return folder


@pytest.fixture(scope="module")
def rows(record):
    """The rows of every table, by its id."""
    return {one.id: rows_of(record, one.id) for one in TABLES}


def month_of(row):
    return date.fromisoformat(row["place"][:7] + "-01")


def end_of(row):
    return (month_of(row) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def test_every_table_but_those_of_practices_has_rows(rows):
    empty = {table_id for table_id, found in rows.items() if not found}
    assert empty <= {one.id for one in TABLES if one.id.startswith("EXT")} | {"IDS012OverseasVisitorChargCat"}


def test_every_code_is_legal(rows):
    wrong = Counter()
    for one in TABLES:
        for column in one.columns:
            if column.codes:
                codes = code_list(column.codes)
                held = {row.get(column.name) for row in rows[one.id]} - {None}
                wrong.update((one.id, column.name, code) for code in held if not codes.is_legal(code, "2.1"))
    assert not wrong


def test_what_is_mandatory_is_filled_in(rows):
    blank = {(table_id, name) for table_id, name in MANDATORY for row in rows[table_id] if row.get(name) is None}
    assert not blank


def test_no_text_is_too_long_and_no_column_is_unknown(rows):
    for one in TABLES:
        declared = {column.name: column for column in one.columns}
        for row in rows[one.id]:
            for name, value in row.items():
                if name in ("place", "whose", "UniqueSubmissionID") or value is None:
                    continue
                longest = declared[name].max_length
                assert not (longest and isinstance(value, str) and len(value) > longest)


def test_columns_have_their_declared_types(record):
    for path in record.rglob("*.parquet"):
        declared = table(path.stem.split("_")[0]).schema
        found = pa_parquet.read_schema(path)
        wrong = [
            name
            for name in found.names
            if name != "UniqueSubmissionID"
            and str(found.field(name).type).split("[")[0] != str(declared.field(name).type).split("[")[0]
        ]
        assert not wrong, path.name


def test_no_key_is_there_twice(rows):
    for one in TABLES:
        seen = Counter((row["place"], row["whose"], *(row.get(name) for name in one.key)) for row in rows[one.id])
        repeated = [key for key, count in seen.items() if count > 1]
        assert not repeated, one.id


def test_every_row_has_its_parent(rows):
    for one in TABLES:
        for parent in one.parents:
            known = {(row["place"], row["whose"], row[parent.column]) for row in rows[parent.table]}
            lost = [row for row in rows[one.id] if (row["place"], row["whose"], row[parent.column]) not in known]
            assert not lost, (one.id, parent.table)


def test_every_person_has_a_practice_and_a_referral(rows):
    for child in ("IDS002GP", "IDS101Referral"):
        told = {(row["place"], row["whose"], row["LocalPatientId"]) for row in rows[child]}
        assert {(row["place"], row["whose"], row["LocalPatientId"]) for row in rows["IDS001MPI"]} == told


def test_what_flows_once_lies_in_its_own_month(rows):
    dated = {
        "IDS201CareContact": "CareContDate",
        "IDS205InternetTherLog": "EndDateIntEnabledTherLog",
        "IDS606CodedScoreAssessmentRefer": "AssToolCompDate",
        "IDS105OnwardReferral": "OnwardReferDate",
    }
    for table_id, name in dated.items():
        assert not [row for row in rows[table_id] if not month_of(row) <= row[name] <= end_of(row)], table_id


def test_dates_are_in_order(rows):
    born = {row["LocalPatientId"]: row["PersonBirthDate"] for row in rows["IDS001MPI"]}
    received = {row["ServiceRequestId"]: row["ReferralRequestReceivedDate"] for row in rows["IDS101Referral"]}
    for row in rows["IDS101Referral"]:
        assert born[row["LocalPatientId"]] < row["ReferralRequestReceivedDate"] <= end_of(row)
        if row["ServDischDate"]:
            assert row["ReferralRequestReceivedDate"] <= row["ServDischDate"] <= end_of(row)
    for row in rows["IDS201CareContact"]:
        assert row["CareContDate"] >= received[row["ServiceRequestId"]]
    for row in rows["IDS205InternetTherLog"]:
        assert received[row["ServiceRequestId"]] <= row["StartDateIntEnabledTherLog"] < row["EndDateIntEnabledTherLog"]
    for row in rows["IDS002GP"]:
        assert born[row["LocalPatientId"]] <= row["StartDateGMPRegistration"]


def test_an_end_has_a_reason_and_a_reason_an_end(rows):
    assert not [row for row in rows["IDS101Referral"] if (row["EndCode"] is None) != (row["ServDischDate"] is None)]


def test_an_open_referral_is_sent_every_month_until_it_ends(rows):
    "And after its end for a follow-up alone: see test_synthetic_service."
    sent = defaultdict(set)
    for row in rows["IDS101Referral"]:
        is_over = row["ServDischDate"] is not None and row["ServDischDate"] < month_of(row)
        if row["place"].endswith("refresh") and not is_over:
            sent[row["ServiceRequestId"]].add((month_of(row), row["ServDischDate"]))
    last = max(month_of(row) for row in rows["IDS101Referral"])
    for months in sent.values():
        ordered = sorted(months, key=lambda one: one[0])
        assert [one[1] for one in ordered[:-1]] == [None] * (len(ordered) - 1)
        assert ordered[-1][1] is not None or ordered[-1][0] == last
        assert (ordered[-1][0].year - ordered[0][0].year) * 12 + ordered[-1][0].month - ordered[0][0].month == len(
            ordered
        ) - 1


def test_a_score_lies_in_the_range_of_its_questionnaire(rows):
    tools = {each.code: each for each in code_list("CodedAssToolType").codes}
    for table_id in ("IDS606CodedScoreAssessmentRefer", "IDS607CodedScoreAssessmentAct"):
        held = {(row["CodedAssToolType"], row["PersScore"]) for row in rows[table_id]}
        assert not [one for one in held if not tools[one[0]].permits(one[1])]


def test_the_refresh_adds_to_the_primary_submission_and_takes_nothing_away(record):
    changed = Counter()
    for primary in [place for place in places(record) if place.name.endswith("primary")]:
        refresh = primary.with_name(primary.name.replace("primary", "refresh"))
        for one in TABLES:
            before = Counter(tuple(sorted((k, str(v)) for k, v in row.items())) for row in rows_in(primary, one.id))
            after = Counter(tuple(sorted((k, str(v)) for k, v in row.items())) for row in rows_in(refresh, one.id))
            if one.id == "IDS000Header":
                continue
            changed[one.id] += (after - before).total()
            keys = [{tuple(dict(row).get(name) for name in one.key) for row in each} for each in (before, after)]
            assert keys[0] <= keys[1], one.id
    assert changed["IDS201CareContact"] > 0
    assert changed["IDS101Referral"] > 0
    assert changed["IDS001MPI"] == 0


def test_submissions_are_made_inside_their_windows(rows):
    for row in rows["IDS000Header"]:
        later = 1 if row["place"].endswith("primary") else 2
        made = row["DateTimeDatSetCreate"]
        assert (made.year - month_of(row).year) * 12 + made.month - month_of(row).month == later
        assert (row["ReportingPeriodStartDate"], row["ReportingPeriodEndDate"]) == (month_of(row), end_of(row))


def test_nhs_numbers_are_of_the_test_range_and_belong_to_one_person(rows):
    owners = defaultdict(set)
    for row in rows["IDS001MPI"]:
        if row["NHSNumber"] is not None:
            owners[row["NHSNumber"]].add(row["LocalPatientId"])
        assert (row["NHSNumber"] is None) == (row["NHSNumberStatus"] == "07")
    assert owners
    for number, people in owners.items():
        assert number.startswith("999")
        assert len(people) == 1
        check = sum(int(digit) * weight for digit, weight in zip(number, range(10, 1, -1), strict=False)) % 11
        assert (11 - check) % 11 == int(number[9])


def test_no_organisation_and_no_postcode_is_a_real_one(rows):
    codes = {row["OrgIDProv"] for row in rows["IDS000Header"]} | {row["OrgIDComm"] for row in rows["IDS101Referral"]}
    assert not codes & set(all_organisations())
    # No postcode begins with X.
    assert {row["Postcode"][0] for row in rows["IDS001MPI"]} == {"X"}


def test_every_file_says_that_it_is_synthetic(record, rows):
    for path in record.rglob("*.parquet"):
        assert b"SYNTHETIC" in pa_parquet.read_metadata(path).metadata[b"synthetic"]
    assert {row["PrimSystemInUse"] for row in rows["IDS000Header"]} == {"SYNTHETIC"}
    assert "SYNTHETIC" in (record / "synthetic.json").read_text()


def test_the_same_seed_gives_the_same_bytes_however_many_work_on_it(tmp_path):
    "Each worker is a process of its own with its own seed of hashes."
    for name, workers in (("one", 1), ("two", 2)):
        make(tmp_path / name, 300, 3, chunk_size=110, workers=workers, errors=0.01, truth=tmp_path / f"{name} truth")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert content(tmp_path / "one truth") == content(tmp_path / "two truth")
    make(tmp_path / "other", 300, 3, seed=6, chunk_size=110)
    assert content(tmp_path / "one") != content(tmp_path / "other")


# --- A recount in plain Python, of the identities of ../shared/spec/record-and-measures.md, section 7.

PHQ9, GAD7 = "720433000", "445455005"


@pytest.fixture(scope="module")
def ended(rows):
    """Referrals that ended, with the number of contacts and treatments, and the first and last scores."""
    contacts = {row["CareContactId"]: row for row in rows["IDS201CareContact"] if row["place"].endswith("refresh")}
    referrals = {}
    for row in rows["IDS101Referral"]:
        if row["place"].endswith("refresh") and row["ServDischDate"]:
            referrals[row["ServiceRequestId"]] = {
                "end": row["ServDischDate"],
                "code": row["EndCode"],
                "seen": 0,
                "treated": 0,
                "scores": defaultdict(list),
            }
    for row in contacts.values():
        found = referrals.get(row["ServiceRequestId"])
        if found and row["AttendOrDNACode"] in ("5", "6") and row["CareContDate"] <= found["end"]:
            found["seen"] += 1
            found["treated"] += row["AppType"] in ("02", "03", "05")
    activities = {
        row["CareActId"]: contacts[row["CareContactId"]]
        for row in rows["IDS202CareActivity"]
        if row["place"].endswith("refresh")
    }
    for row in rows["IDS607CodedScoreAssessmentAct"]:
        if row["place"].endswith("refresh") and row["CodedAssToolType"] in (PHQ9, GAD7):
            contact = activities[row["CareActId"]]
            if contact["ServiceRequestId"] in referrals:
                referrals[contact["ServiceRequestId"]]["scores"][row["CodedAssToolType"]].append(
                    (contact["CareContDate"], int(row["PersScore"]))
                )
    return list(referrals.values())


def test_ended_referrals_are_the_sum_of_their_four_kinds(ended):
    "M056 = M073 + M074 + M075 + M076, and the end codes add up to all."
    kinds = Counter(
        "M073" if one["seen"] == 0 else "M074" if one["treated"] == 0 else "M075" if one["treated"] == 1 else "M076"
        for one in ended
    )
    assert sum(kinds.values()) == len(ended)
    assert min(kinds[each] for each in ("M073", "M074", "M075", "M076")) > 0
    assert sum(Counter(one["code"] for one in ended).values()) == len(ended)
    # Who was never seen is not told as one whose treatment was completed, and the reverse.
    assert not [one for one in ended if one["seen"] == 0 and one["code"] in ("46", "47", "48", "49", "96")]
    assert not [one for one in ended if one["treated"] >= 2 and one["code"] == "50"]


def test_finished_courses_are_improved_worse_or_unchanged(ended):
    "M202 = M185 + M187 + M189, and M199 + M200 + M201 = M076."
    finished = [one for one in ended if one["treated"] >= 2]
    availability, change = Counter(), Counter()
    for one in finished:
        least = min(len(one["scores"][tool]) for tool in (PHQ9, GAD7))
        availability["none" if least == 0 else "first" if least == 1 else "paired"] += 1
        if least >= 2:
            falls = [
                (sorted(one["scores"][tool])[0][1] - sorted(one["scores"][tool])[-1][1], least_change)
                for tool, least_change in ((PHQ9, 6), (GAD7, 4))
            ]
            better, worse = (any(sign * fall >= needed for fall, needed in falls) for sign in (1, -1))
            change["no change" if better == worse else "improved" if better else "worse"] += 1
    assert sum(availability.values()) == len(finished)
    assert availability["paired"] / len(finished) > 0.9
    assert sum(change.values()) == availability["paired"]
    assert change["improved"] > change["no change"] > change["worse"]
