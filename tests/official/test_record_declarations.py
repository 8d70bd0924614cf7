"""The declared tables and codes agree with what NHS England's catalogue names, and with the sample submission"""

import csv
import re

import pyarrow.parquet as pq
import pytest

from caseness.codes import code_list, code_lists
from caseness.codes.model import VERSIONS
from caseness.record import submission_tables, table

SAMPLE = [
    "IDS000Header",
    "IDS001MPI",
    "IDS002GP",
    "IDS004EmpStatus",
    "IDS101Referral",
    "IDS201CareContact",
    "IDS202CareActivity",
    "IDS205InternetTherLog",
    "IDS602LongTermCondition",
    "IDS603PresentingComplaints",
    "IDS606CodedScoreAssessmentRefer",
    "IDS607CodedScoreAssessmentAct",
    "IDS902CarePersQual",
]
# Every column of a list, and a code in quotes or bare after it: "EndCode = 46", "ConsMechanism = '11'".
CODE = r"\b{column}\s*(?:=|IN \(|not in \()\s*((?:[‘’'\"]?[0-9A-Z]+[‘’'\"]?(?:\s*(?:,|or|and)\s*)?)+)"
# Spelled otherwise in the catalogue: typing errors that are listed, so that a new one is seen.
MISSPELT = {
    "CareConactDate",
    "CareContactDate",
    "ServDiscDate",
    "ReferralRequestDate",
    "ReferralRequestRecievedDate",
    "AttendORDNACode",
    "APPTYPE",
}
# Made by NHS England after submission.
DERIVED = re.compile(
    r"Unique|Pathway|_|^RecordStartDate$|^Completed$|^Referral$|^ReliableDeterioration$|^TherapySessionFirstDate$"
)


@pytest.fixture(scope="module")
def catalogue(shared_data):
    return pq.read_table(shared_data / "published" / "metadata_measures_monthly.parquet").to_pylist()


def test_every_submitted_column_that_the_catalogue_reads_is_declared(catalogue):
    declared = {(one.id, column.name) for one in submission_tables() for column in one.columns}
    tables = {one.id for one in submission_tables()}
    read = {pair for each in catalogue for pair in re.findall(r"\b(IDS\d{3}\w+)\.(\w+)", each["construction"] or "")}
    known = {(name, column) for name, column in read if name in tables and not DERIVED.search(column)}
    assert {column for _, column in known - declared} <= MISSPELT
    assert len(known & declared) >= 30


@pytest.mark.parametrize(
    ("column", "least"),
    [("EndCode", 13), ("SourceOfReferralIAPT", 20), ("ConsMechanism", 10), ("AttendOrDNACode", 6), ("EmployStatus", 4)],
)
def test_every_code_that_the_catalogue_names_is_listed(catalogue, column, least):
    found = set()
    for each in catalogue:
        for text in re.findall(CODE.format(column=column), each["construction"] or ""):
            found |= set(re.findall(r"[0-9]{1,2}\b|[A-Z][0-9]\b", text))
    listed = code_list(column)
    assert len(found) >= least
    assert not [code for code in found if not listed.is_legal(listed.tidy(code))]


@pytest.mark.parametrize(
    ("measure", "column"),
    [("V010", "LongTermCondition"), ("V013", "SocPerCircumstance"), ("V014", "SocPerCircumstance")],
)
def test_every_concept_of_a_breakdown_is_listed(catalogue, measure, column):
    texts = [each["construction"] for each in catalogue if each["measure_id"] == measure]
    concepts = {concept for text in texts for concept in re.findall(r"\b\d{6,18}\b", text)}
    assert concepts
    assert not concepts - code_list(column).known


def test_every_therapy_that_a_measure_counts_is_listed(catalogue):
    texts = [
        each["construction"] or "" for each in catalogue if "CodeProcAndProcStatus" in (each["construction"] or "")
    ]
    concepts = {concept for text in texts for concept in re.findall(r"\b\d{9,18}\b", text)}
    assert len(concepts) >= 20
    assert not concepts - code_list("CodeProcAndProcStatus").known


def test_every_code_of_the_annual_breakdowns_is_listed(shared_data):
    listed = {one.id: one for one in code_lists()}
    rows = pq.read_table(shared_data / "published" / "metadata_variables_annual.parquet").to_pylist()
    texts = [row[f"values_for_variable_{side}"] or "" for row in rows for side in "ab"]
    pairs = {pair for text in texts for pair in re.findall(r"\b(\w+)\s*=\s*[‘’']?(\w+)", text) if pair[0] in listed}
    assert len(pairs) >= 50
    # A year of the annual file may reach back to version 2.0.
    assert not [
        (name, code)
        for name, code in pairs
        if not any(listed[name].is_legal(listed[name].tidy(code), version) for version in VERSIONS)
    ]


@pytest.mark.parametrize("name", SAMPLE)
def test_every_column_of_the_sample_submission_is_declared(shared_data, name):
    with (shared_data / "access" / "expected" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    one = table(name)
    assert rows
    assert not set(rows[0]) - {column.name for column in one.columns}
    for column in one.columns:
        if column.codes and column.name in rows[0]:
            listed = code_list(column.codes)
            assert not {row[column.name] for row in rows if row[column.name] and not listed.is_legal(row[column.name])}
