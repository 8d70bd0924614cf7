"""Errors that are planted, the truth, the practice sheet, and what is refused"""

import csv
import json
from collections import Counter
from datetime import date

import numpy as np
import pyarrow.parquet as pa_parquet
import pytest

from caseness.codes import code_list
from caseness.errors import BadRequest, CannotWrite
from caseness.synthetic.behaviour import Number, numbers
from caseness.synthetic.beside_treatment import Division, beside_numbers, divisions
from caseness.synthetic.columns import Coded, Numbered
from caseness.synthetic.facts import load_facts
from caseness.synthetic.planting import KINDS
from caseness.synthetic.practice import COLUMNS
from caseness.synthetic.request import Request
from made_up_records import make, rows_of


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """A record with many errors, and its truth beside it."""
    folder = tmp_path_factory.mktemp("planted")
    made = make(folder / "record", 1400, 6, seed=8, shape="service", errors=0.05, truth=folder / "truth")
    return folder, made


def test_every_kind_is_planted_and_counted(planted):
    folder, made = planted
    manifest = json.loads((folder / "record" / "synthetic.json").read_text())
    told = {one["kind"]: one for one in manifest["planted"]}
    assert set(told) == {kind.name for kind in KINDS}
    assert min(one["errors"] for one in told.values()) > 0
    assert {name: one["errors"] for name, one in told.items()} == {kind.name: made.planted[kind.name] for kind in KINDS}
    truth = pa_parquet.read_table(folder / "truth" / "planted_errors.parquet").to_pylist()
    assert Counter(one["kind"] for one in truth) == Counter({name: one["errors"] for name, one in told.items()})


def test_the_manifest_counts_the_rows_that_hold_an_error(planted):
    folder, made = planted
    record = folder / "record"
    people, referrals = rows_of(record, "IDS001MPI"), rows_of(record, "IDS101Referral")
    assert sum(row["Gender"] is None for row in people) == made.planted_rows["gender_blank"]
    assert sum(row["EndCode"] == "97" for row in referrals) == made.planted_rows["end_code_unlisted"]
    blank = sum(row["EndCode"] is None and row["ServDischDate"] is not None for row in referrals)
    assert blank == made.planted_rows["end_code_blank"]
    early = [
        row for row in referrals if row["ServDischDate"] and row["ServDischDate"] < row["ReferralRequestReceivedDate"]
    ]
    assert len(early) == made.planted_rows["end_before_start"]
    answers = rows_of(record, "IDS607CodedScoreAssessmentAct")
    scores = [row["PersScore"] for row in answers if row["CodedAssToolType"] == "720433000"]
    assert scores.count("99") == made.planted_rows["score_out_of_range"]
    assert scores.count("12.5") == made.planted_rows["score_malformed"]
    complaints = [row["PresComp"] for row in rows_of(record, "IDS603PresentingComplaints")]
    assert complaints.count("F3") == made.planted_rows["problem_malformed"]
    assert [row["EmployStatus"] for row in rows_of(record, "IDS004EmpStatus")].count("99") == made.planted_rows[
        "employment_unlisted"
    ]


def test_errors_of_contacts_stand_where_they_are_counted(planted):
    folder, made = planted
    record = folder / "record"
    contacts = rows_of(record, "IDS201CareContact")
    received = {
        row["ServiceRequestId"]: row["ReferralRequestReceivedDate"] for row in rows_of(record, "IDS101Referral")
    }
    early = [row for row in contacts if row["CareContDate"] < received[row["ServiceRequestId"]]]
    assert len(early) == made.planted_rows["contact_before_referral"]
    assert [row["ConsMechanism"] for row in contacts].count("07") == made.planted_rows["medium_unlisted"]
    seen = Counter(
        (row["place"], row["ServiceRequestId"], row["CareContDate"], row["CareContTime"])
        for row in contacts
        if row["AttendOrDNACode"] in ("5", "6")
    )
    assert sum(count - 1 for count in seen.values()) == pytest.approx(made.planted_rows["contacts_at_once"], abs=2)
    known = {row["CareContactId"] for row in contacts}
    activities = rows_of(record, "IDS202CareActivity")
    assert sum(row["CareContactId"] not in known for row in activities) == made.planted_rows["contact_absent"]
    staff = {row["CarePersLocalId"] for row in rows_of(record, "IDS902CarePersQual")}
    assert sum(row["CarePersLocalId"] not in staff for row in activities) == made.planted_rows["therapist_unknown"]


def test_the_rate_is_that_of_eligible_rows(planted):
    folder, made = planted
    people = {row["LocalPatientId"] for row in rows_of(folder / "record", "IDS001MPI")}
    assert made.planted["gender_blank"] / len(people) == pytest.approx(0.05, abs=0.03)


def test_the_truth_has_every_referral_once_and_is_not_in_the_record(planted):
    folder, _ = planted
    truth = pa_parquet.read_table(folder / "truth" / "referrals.parquet").to_pylist()
    referrals = {row["ServiceRequestId"] for row in rows_of(folder / "record", "IDS101Referral")}
    assert {one["referral"] for one in truth} == referrals
    assert len(truth) == len(referrals) == 1400
    named = {name for path in (folder / "record").rglob("*.parquet") for name in pa_parquet.read_schema(path).names}
    assert not named & {"reason_for_leaving", "effect_of_treatment", "phq9_at_referral"}
    ended = [one for one in truth if one["discharge"]]
    assert all((one["reason_for_leaving"] != "still open") == bool(one["discharge"]) for one in truth)
    assert np.mean([one["treatment_change_at_last_contact"] for one in ended if one["sessions"] >= 4]) > 1


def test_the_truth_may_not_lie_in_the_record_nor_the_record_in_the_truth(tmp_path):
    for record, truth in (("a", "a/truth"), ("a/record", "a"), ("a", "a")):
        with pytest.raises(BadRequest, match="one lies inside the other"):
            make(tmp_path / record, truth=tmp_path / truth)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_is_left_alone(tmp_path):
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(CannotWrite, match="not an empty folder"):
        make(tmp_path)
    with pytest.raises(CannotWrite, match="not an empty folder"):
        make(tmp_path / "note.txt")
    with pytest.raises(CannotWrite, match="cannot be made"):
        make(tmp_path / "note.txt" / "below")
    assert [path.name for path in tmp_path.iterdir()] == ["note.txt"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"referrals": 0}, "referrals were asked for"),
        ({"months": 121}, "months were asked for"),
        ({"seed": -1}, "seed is -1"),
        ({"shape": "town"}, "no shape 'town'"),
        ({"first_month": date(2024, 4, 2)}, "first month"),
        ({"first_month": date(2021, 4, 1)}, "first month"),
        ({"error_rate": 0.2}, "planted errors"),
        ({"lead_in": 25}, "lead-in"),
    ],
)
def test_what_cannot_be_made_is_refused(wrong, says):
    with pytest.raises(BadRequest, match=says):
        Request(**{"referrals": 10, "months": 2, "seed": 1, **wrong})


def test_a_lead_in_brings_open_referrals_and_writes_no_earlier_month(tmp_path):
    make(tmp_path / "with", 300, 3, lead_in=6)
    make(tmp_path / "without", 300, 3)
    first = {}
    for name in ("with", "without"):
        referrals = [
            row for row in rows_of(tmp_path / name, "IDS101Referral", "refresh") if row["place"].startswith("2024-04")
        ]
        first[name] = [row["ReferralRequestReceivedDate"] < date(2024, 4, 1) for row in referrals]
    assert any(first["with"])
    assert not any(first["without"])
    assert min(path.name for path in (tmp_path / "with").iterdir()) == "2024-04-primary"


def test_a_practice_has_a_sheet_of_sessions_and_endings(tmp_path):
    make(tmp_path / "record", 120, 6, shape="practice")
    text = (tmp_path / "record" / "practice-sheet.csv").read_text()
    rows = list(csv.DictReader(text.splitlines()))
    assert tuple(rows[0]) == COLUMNS
    sessions, endings = ([row for row in rows if row["row"] == kind] for kind in ("session", "ending"))
    assert len(sessions) + len(endings) == len(rows)
    assert {row["ending"] for row in endings} == {"planned", "unplanned"}
    scores = [int(row["CORE-10"]) for row in sessions if row["CORE-10"]]
    assert 0 <= min(scores) < max(scores) <= 40
    assert not [row for row in sessions if bool(row["CORE-10"]) != (row["attended"] in ("5", "6"))]
    assert {row["funding"].split()[0] for row in rows} == {"SYNTHETIC"}
    contacts = {
        row["CareContactId"] for row in rows_of(tmp_path / "record", "IDS201CareContact") if row["AppType"] != "10"
    }
    assert len(sessions) == len(contacts)


def test_every_number_has_a_source_or_a_reason():
    assert not [one.name for one in numbers() if bool(one.source) == bool(one.reason) or not one.about]
    with pytest.raises(ValueError, match="give a source"):
        Number("x", 1.0, "about", source="a", reason="b")


def test_identifiers_and_codes_may_be_blank():
    numbered = Numbered(np.array([3, -1, 12]), "R", 4).arrow(np.array([2, 1, 0]))
    assert numbered.to_pylist() == ["R0012", None, "R0003"]
    with pytest.raises(ValueError, match="there twice"):
        Coded(np.array([0]), ("a", "a"))


def test_every_assumption_beside_treatment_is_whole_and_in_a_code_list():
    lists = {"why": "EndingReason", "circumstances": "LifeCircumstanceKind"}
    for name, division in divisions().items():
        legal = {code.code for code in code_list(lists[name.split(".")[0]]).codes}
        assert set(division.codes) <= legal, name
    assert not [one.name for one in beside_numbers() if bool(one.source) == bool(one.reason) or not one.about]
    with pytest.raises(ValueError, match="add up to 1"):
        Division("x", ("a", "b"), (0.5, 0.4), "about", "reason")


def test_blank_and_unlisted_end_codes_have_their_published_shares(tmp_path):
    "They are planted at what is published for how far people had come, unless no errors are asked for."
    made = make(tmp_path / "record", 4000, 18, seed=3, shape="service", errors=0.001)
    last = {}
    for row in rows_of(tmp_path / "record", "IDS101Referral", "refresh"):
        last[row["ServiceRequestId"]] = row
    ended = [row for row in last.values() if row["ServDischDate"]]
    facts = load_facts().shares_of("end_code.all").by_code
    blank = sum(row["EndCode"] is None for row in ended)
    assert blank / len(ended) == pytest.approx(facts["none"], abs=0.015)
    assert sum(row["EndCode"] == "97" for row in ended) / len(ended) == pytest.approx(facts["invalid"], abs=0.004)
    # What is planted is counted. A blank one that ended after the record is not in it.
    assert blank <= made.planted["end_code_blank"]
    make(tmp_path / "without", 400, 6, shape="service", errors=0.0)
    told = [row for row in rows_of(tmp_path / "without", "IDS101Referral") if row["ServDischDate"]]
    assert not [row for row in told if row["EndCode"] in (None, "97")]


def test_of_many_a_first_contact_no_therapy_is_told(tmp_path):
    make(tmp_path / "record", 1500, 12, shape="service")
    contacts = {row["CareContactId"]: row for row in rows_of(tmp_path / "record", "IDS201CareContact", "refresh")}
    coded = {"03": [], "02": []}
    for row in rows_of(tmp_path / "record", "IDS202CareActivity", "refresh"):
        purpose = contacts[row["CareContactId"]]["AppType"]
        if purpose in coded:
            coded[purpose].append(row["CodeProcAndProcStatus"] is not None)
    assert np.mean(coded["02"]) > 0.85
    assert np.mean(coded["03"]) < np.mean(coded["02"]) - 0.3
