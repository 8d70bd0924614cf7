"""The commands that show the record's declarations"""

import csv

from caseness.codes import code_lists
from caseness.record import TABLES


def test_tables_lists_every_table_with_key_and_parent(caseness):
    answer = caseness("tables")
    assert answer.status == 0
    line = next(line for line in answer.out.splitlines() if line.startswith("IDS202CareActivity "))
    assert "activity" in line
    assert "CareActId" in line
    assert "IDS201CareContact" in line
    assert not [one.id for one in TABLES if f"\n{one.id} " not in answer.out]
    assert "never enter an official submission" in answer.out


def test_tables_shows_the_columns_of_one(caseness):
    answer = caseness("tables", "IDS101Referral")
    assert answer.status == 0
    lines = answer.out.splitlines()
    assert lines[0] == "IDS101Referral: Referral"
    source = next(line for line in lines if line.startswith("SourceOfReferralIAPT "))
    assert "I101030" in source
    assert "Version 2.0 calls it SourceOfReferralMH." in source
    assert "Key: ServiceRequestId. Parent: IDS001MPI." in answer.out
    assert caseness("tables", "referral").out == answer.out


def test_an_extension_says_that_it_is_never_submitted(caseness):
    answer = caseness("tables", "goal")
    assert "It never enters an official submission." in answer.out
    assert "integer (points, 0 to 10)" in answer.out


def test_a_root_names_no_parent(caseness):
    assert "Parent" not in caseness("tables", "header").out


def test_tables_as_json(caseness):
    assert [one["id"] for one in caseness("tables", "--json").json] == [one.id for one in TABLES]
    found = caseness("tables", "ids607", "--json").json
    assert found["parents"] == [{"table": "IDS202CareActivity", "column": "CareActId"}]
    assert [column["name"] for column in found["columns"]] == ["CareActId", "CodedAssToolType", "PersScore"]


def test_an_unknown_table_is_told_with_a_suggestion(caseness):
    answer = caseness("tables", "IDS101Referal")
    assert answer.status == 10
    assert "Did you mean 'IDS101Referral'" in answer.err
    assert answer.out == ""


def test_codes_lists_every_list(caseness):
    answer = caseness("codes")
    assert answer.status == 0
    assert not [one.id for one in code_lists() if f"\n{one.id} " not in answer.out]


def test_codes_shows_the_codes_of_one(caseness):
    answer = caseness("codes", "EndCode")
    line = next(line for line in answer.out.splitlines() if line.startswith("46 "))
    assert "Mutually agreed completion of treatment" in line
    assert "Seen and taken on" in line
    assert "before 2.0" in answer.out


def test_codes_says_what_is_open_renamed_and_not_verified(caseness):
    assert "An open list" in caseness("codes", "PresComp").out
    assert "and all that begin with it" in caseness("codes", "PresComp").out
    assert "Version 2.0 calls the column ConsMediumUsed." in caseness("codes", "ConsMediumUsed").out
    assert "Not verified: The valid codes were read" in caseness("codes", "PauseReason").out
    assert "scores 1.00 to 5.00" in caseness("codes", "CodedAssToolType").out


def test_codes_as_json_and_as_a_file(caseness, tmp_path):
    found = caseness("codes", "PsychMed", "--json").json
    assert [each["code"] for each in found["codes"]] == ["01", "02", "03", "UU", "ZZ"]
    assert len(caseness("codes", "--json").json) == len(code_lists())
    answer = caseness("codes", "PsychMed", "--out", tmp_path / "out", "--format", "csv")
    assert answer.status == 0
    with (tmp_path / "out" / "PsychMed.csv").open(encoding="utf-8", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["code", "01", "02", "03", "UU", "ZZ"]


def test_an_unknown_list_is_told_with_a_suggestion(caseness):
    answer = caseness("codes", "EndCodes")
    assert answer.status == 10
    assert "Did you mean 'EndCode'" in answer.err
