"""A folder of monthly figures and a made-up employment file, from the files to the report"""

import json
from pathlib import Path

import pytest

from caseness.periods import Period

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "releases" / "annual_employment_2024-25_made_up.csv"
HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,GROUP_TYPE,ORG_CODE1,ORG_NAME1,ORG_CODE2,ORG_NAME2,"
    "MEASURE_ID,MEASURE_NAME,MEASURE_VALUE_SUPPRESSED"
)
# 120 treated each month: 80 finished, 70 of them judged, 42 recovered.
MONTH = {"M001": 200, "M031": 130, "M056": 180, "M066": 60, "M075": 40, "M076": 80, "M153": 60, "M179": 10, "M191": 42}


@pytest.fixture
def folder(tmp_path):
    months = Period.parse("2024-25").months()
    rows = [
        f"{month.start},{month.end},England,all,all SubICBs,all,all Providers,{figure},Count_{figure},{value}"
        for month in months
        for figure, value in MONTH.items()
    ]
    made = tmp_path / "releases"
    made.mkdir()
    (made / "months.csv").write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    (made / FIXTURE.name).write_bytes(FIXTURE.read_bytes())
    return made


def test_an_audit_tells_employment_where_the_file_is_supplied(caseness, folder, tmp_path):
    answer = caseness("audit", "--releases", folder, "--period", "2024-25", "--out", tmp_path / "out")
    assert answer.status == 0, answer.err
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Employment at the start and the end, 2024-25" in page
    assert "being employed is not coming off benefits" in page
    assert "caseness fetch annual fetches it" not in page
    audit = json.loads((tmp_path / "out" / "audit.json").read_text(encoding="utf-8"))
    employment = audit["promise"]["employment"]
    assert employment["source"] == FIXTURE.name
    assert employment["out_of_work"]["ends"][0]["value"] == 350


def test_the_command_tells_employment_where_the_file_is_supplied(caseness, folder):
    answer = caseness("promise", "--releases", folder, "--period", "2024-25")
    assert "Employment at the end of treatment by employment at the start: 2024-25" in answer.out
    assert "Unemployed or long-term sick" in answer.out


def test_the_command_names_the_file_where_it_is_not_supplied(caseness):
    answer = caseness("promise", "--period", "2024-25", "--json")
    assert "caseness fetch annual fetches it" in answer.json["needed"]
    assert "Employment at the end" not in caseness("promise", "--period", "2024-25").out
