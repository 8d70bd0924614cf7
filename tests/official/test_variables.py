"""Every breakdown value of NHS England's catalogue is declared, by its name, in its order, and reads what it is said to read."""

import re

import pyarrow.parquet as pq
import pytest

from caseness.cli.catalogue_variables import variable_entry
from caseness.engine import fetch, load
from caseness.measures import all_official, all_variables
from caseness.measures.errata import ERRATA
from caseness.measures.lineage import uids_of_variable
from caseness.measures.variables import OFFICIAL, broken_down_officially, used_in
from caseness.published.labels import splits_of

_LINE = re.compile(r"Variable (Type|A|B): *([^\r\n]*)")
# The official lists leave out what the construction reads, or name the table of another column.
ALSO_READS = {"V010": {"I101D115"}}
# Printed with the main data of 2024-25, and described in no metadata that was read; a mean is a measure, and no group.
NOT_DESCRIBED = {
    *(("Stepped Care Pathway", name, None) for name in (
        "Assessment to first high intensity therapy", "Assessment to first low intensity therapy",
        "Step down - Last high to first low intensity therapy", "Step up - Last low to first high intensity therapy",
    )),
    ("Waiting Time", "Accessing services", "Mean Wait"), ("Waiting Time", "First to second treatment", "Mean Wait"),
}  # fmt: skip


@pytest.fixture(scope="module")
def metadata(shared_data):
    """The rows of the official variables, in their order."""
    rows = pq.read_table(shared_data / "published" / "metadata_measures_monthly.parquet").to_pylist()
    return [row for row in rows if row["measure_type"] == "Variable"]


def _declared(row):
    told = {kind: text.strip() for kind, text in _LINE.findall(row["measure_name"])}
    within = told["A"] if "B" in told else ""
    return row["measure_id"], told["Type"], within, told.get("B", told["A"])


def test_all_138_values_of_15_variables_are_there_in_their_order(metadata):
    ours = [(one.id, one.title, value.within, value.label) for one in OFFICIAL for value in one.values]
    assert ours == [_declared(row) for row in metadata]
    assert (len(OFFICIAL), len(ours)) == (15, 138)


@pytest.mark.parametrize("variable", OFFICIAL, ids=str)
def test_a_variable_reads_the_derivations_and_tables_that_it_is_said_to_read(variable, metadata):
    rows = [row for row in metadata if row["measure_id"] == variable.id]
    listed = {uid for row in rows for uid in re.findall(r"I\d{3}D\d+", row["derivation_uids"] or "")}
    assert uids_of_variable(variable) == listed | ALSO_READS.get(variable.id, set())
    tables = {table for row in rows for table in re.findall(r"IDS\d{3}", row["tables_used"])}
    read = {column[:6] for column in variable_entry(variable).submitted}
    # The course of a referral is worked out from its contacts, and an age from the header.
    assert tables - {"IDS101"} <= read


def test_the_variables_are_published_by_quarter_and_so_are_32_measures(metadata):
    assert {row["frequency"] for row in metadata} == {"Quarterly"}
    assert set(broken_down_officially()) == {
        name for name, one in all_official().items() if "Quarterly" in one.frequency
    }
    assert len(broken_down_officially()) == 32


def test_each_variable_that_was_found_faulty_has_an_erratum():
    touched = {name for one in ERRATA if one.number.startswith(("26", "27")) for name in one.measures}
    assert {"V004", "V006", "V007", "V008", "V010", "V011", "V012", "V001", "V015"} <= touched


@pytest.fixture(scope="module")
def printed(shared_data):
    """The groups that the annual report of 2024-25 prints, as figures have them."""
    columns = ["reporting_period", "variable_type", "variable_a", "variable_b"]
    table = load(pq.read_table(shared_data / "published" / "measures_annual.parquet", columns=columns))
    rows = table.filter(table.reporting_period == "2024-25").distinct()
    found = fetch(rows.select(**splits_of(rows.variable_type, rows.variable_a, rows.variable_b)).distinct()).to_pylist()
    return {(row["split_1"], row["group_1"], row["group_2"]) for row in found if row["split_1"]}


def test_every_group_of_the_annual_report_is_called_as_ours_is(printed):
    """So that a computed figure and a published one can be joined."""
    ours = {(one.called, *value.groups) for one in used_in("year", all_variables().values()) for value in one.values}
    assert len(printed) > 140
    assert printed - ours == NOT_DESCRIBED
