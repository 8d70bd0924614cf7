"""`caseness derive` and `caseness derivations`."""

import json
import signal
import sys

import pytest

from caseness.cli import holding
from caseness.cli.holding import held
from caseness.derive import deriving, open_grains
from caseness.errors import CannotWrite
from derived_records import submissions_of, write_submission

REFERRALS = "month | referral | received | ended | source | end_code\n2025-04 | R1 | 2025-04-01 | 2025-04-28 | B1 | 46"
CONTACTS = """
    month   | contact | referral | on         | type
    2025-04 | C1      | R1       | 2025-04-05 | 02
    2025-04 | C2      | R1       | 2025-04-12 | 02
"""
EXTRACT = "Unique_MonthID,Unique_ServiceRequestID,CompletedTreatment_Flag,CareContact_Count\n1501,ZZ9R1,TRUE,3\n"


def _refuse(_folder):
    raise PermissionError(13, "Permission denied")


@pytest.fixture
def submitted(tmp_path):
    """A folder of CSV files of one submission."""
    (submission,) = submissions_of(referrals=REFERRALS, contacts=CONTACTS)
    submission["IDS002GP"] = [{"LocalPatientId": "P1", "GMPCodeReg": "A12345"}]
    return write_submission(tmp_path / "submitted", submission)


def test_grains_are_written_with_what_was_chosen(caseness, submitted, tmp_path):
    answer = caseness("derive", submitted, "--out", tmp_path / "grains", "--assume", "second-session=another-day")
    assert "They hold personal data" in answer.err
    assert "Chosen: second-session = another-day." in answer.out
    told = json.loads((tmp_path / "grains" / "derive.json").read_text(encoding="utf-8"))
    assert told["rows"] == {"referral": 1, "contact": 2, "internet_log": 0, "stage": 1}
    assert told["options"]["second-session"] == "another-day"
    assert open_grains(tmp_path / "grains").rows == told["rows"]


def test_what_the_annual_report_reads_is_made_where_it_is_asked_for(caseness, submitted, tmp_path):
    answer = caseness("derive", submitted, "--out", tmp_path / "grains", "--annual")
    told = json.loads((tmp_path / "grains" / "derive.json").read_text(encoding="utf-8"))
    assert (told["annual"], told["breakdowns"]) == (True, False)
    assert {name: told["rows"][name] for name in ("attributes", "annual", "course_contact")} == {
        "attributes": 1, "annual": 1, "course_contact": 0,
    }  # fmt: skip
    assert "course_contact" in answer.out


def test_a_record_that_was_read_is_not_read_again(caseness, submitted, tmp_path):
    caseness("record", submitted, "--out", tmp_path / "record")
    for path in submitted.iterdir():
        path.unlink()
    answer = caseness(
        "derive", tmp_path / "record", "--out", tmp_path / "grains", "--json", "--partitions", "1", "--all-columns"
    )
    assert answer.json["rows"]["referral"] == 1
    assert answer.json["months"] == ["2025-04"]


def test_an_extract_is_set_beside_what_is_derived(caseness, submitted, tmp_path):
    (tmp_path / "extract.csv").write_text(EXTRACT, encoding="utf-8")
    answer = caseness("derive", submitted, "--compare", tmp_path / "extract.csv")
    (line,) = [line for line in answer.out.splitlines() if line.startswith("CareContact_Count")]
    assert line.split()[1:5] == ["care_contacts", "0", "1", "1000000001"]
    told = caseness("derive", submitted, "--compare", tmp_path / "extract.csv", "--json").json["compared"]
    assert told["matched"] == 1


@pytest.mark.parametrize(
    ("text", "told"), [("a,b\n1,2\n", "Give the column"), (EXTRACT.split("\n")[0] + "\n", "has no row"), ("", "no CSV")]
)
def test_an_extract_is_looked_at_before_anything_is_read(caseness, tmp_path, text, told):
    (tmp_path / "extract.csv").write_text(text, encoding="utf-8")
    outcome = caseness("derive", "absent", "--compare", "extract.csv")
    assert (outcome.status in (11, 45), told in outcome.err) == (True, True), outcome.err


def test_spark_that_is_not_installed_is_told_before_anything_is_read(caseness, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    outcome = caseness("derive", "absent", "--engine", "spark://10.0.0.1:7077", "--out", "out")
    assert "pip install 'caseness[spark]'" in outcome.err
    assert "absent" not in outcome.err


def test_a_second_run_into_the_same_folder_is_refused_before_anything_is_read(caseness, submitted, tmp_path):
    with held(tmp_path / "grains"):
        (tmp_path / "grains" / "contact-0000.parquet").write_bytes(b"half of a")
        outcome = caseness("derive", submitted, "--out", tmp_path / "grains")
        assert (outcome.status, "Another run is writing into" in outcome.err) == (15, True), outcome.err
        (tmp_path / "grains" / "contact-0000.parquet").unlink()
    assert not (tmp_path / "grains").exists()
    assert caseness("derive", submitted, "--out", tmp_path / "grains").status == 0


def test_a_folder_is_held_while_grains_are_derived_into_it(caseness, submitted, tmp_path, monkeypatch):
    def refused(to, *_told):
        with pytest.raises(CannotWrite, match="Another run is writing into"), held(to):
            pytest.fail("it was not held")
        return finished(to, *_told)

    finished = deriving._finished
    monkeypatch.setattr(deriving, "_finished", refused)
    assert caseness("derive", submitted, "--out", tmp_path / "grains").status == 0


@pytest.mark.parametrize("was_there", [False, True])
def test_a_run_that_is_told_to_end_leaves_no_grains(caseness, submitted, tmp_path, monkeypatch, was_there):
    out = tmp_path / "some" / "grains"
    if was_there:
        out.mkdir(parents=True)

    def stopped(to, *_told):
        assert (to / "stage-0000.parquet").is_file()
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(deriving, "_finished", stopped)
    assert caseness("derive", submitted, "--out", out).status == 1
    assert (out.parent.exists(), out.is_dir() and list(out.iterdir())) == (was_there, [] if was_there else False)


def test_a_place_that_cannot_be_held_is_told(caseness, submitted, tmp_path, monkeypatch):
    monkeypatch.setattr(holding, "_make", _refuse)
    outcome = caseness("derive", submitted, "--out", tmp_path / "grains")
    assert (outcome.status, "Nothing could be derived into" in outcome.err) == (15, True), outcome.err


def test_slips_are_told_with_their_exit_codes(caseness, submitted, tmp_path):
    assert "Say where to write" in caseness("derive", submitted).err
    assert caseness("derive", submitted, "--out", tmp_path / "a", "--assume", "second-sesion=any").status == 10
    assert caseness("derive", submitted, "--out", submitted / "grains").status == 15
    assert caseness("derive", tmp_path / "nowhere", "--out", tmp_path / "b").status == 21
    (tmp_path / "extract.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    assert caseness("derive", submitted, "--compare", tmp_path / "extract.csv").status == 45


def test_derivations_are_listed_and_one_is_told_in_full(caseness):
    every = caseness("derivations")
    assert "completed_treatment" in every.out
    assert "Postcode_District" in every.out
    one = caseness("derivations", "I101D53")
    assert "IDS101Referral.ServDischDate" in one.out
    assert caseness("derivations", "Recovery_Flag", "--json").json["name"] == "recovery"
    assert "therapies (the set of" in caseness("derivations", "has_cbt").out
    assert len(caseness("derivations", "--json").json["derivations"]) > 100
    assert caseness("derivations", "recvery").status == 10


def test_the_rules_that_are_assumed_are_listed(caseness):
    assert "second-session" in caseness("assumptions").out
    assert caseness("assumptions", "--json").json["derivation_rules"]
