"""The fields of the annual report are those of its metadata and of its files, and published effect sizes are worked out as ours."""

import csv
import re
from collections import Counter

import pyarrow.parquet as pq
import pytest

from caseness.engine import fetch, scan_parquet
from caseness.measures.annual import COURSES, all_fields, all_files, status_of_field
from caseness.measures.annual.courses import THERAPIES, diagnosis
from caseness.measures.annual.files import SHARED
from caseness.measures.annual.integrated import conditions, programmes
from caseness.measures.annual.moves import employment_at_start, medication_at_start, therapy_at_start

# What the metadata call each file, in their order. The last part of the name of the file tells them apart.
DATASETS = {
    "measures_annual": "main", "therapist-role": "therapist-role", "therapy-type": "therapy-type", "employment-status": "employment-status",
    "psych-medication": "psych-meds", "peq": "peq", "effect-size": "effect-size", "ltc-iet": "iet-ltc",
}  # fmt: skip


@pytest.fixture(scope="module")
def published(shared_data):
    return shared_data / "published"


def test_the_174_fields_are_those_of_the_metadata_in_their_order(published):
    rows = pq.read_table(published / "metadata_measures_annual.parquet").to_pylist()
    told = [(_file_of(row["dataset_name"].strip()), row["field_name"]) for row in rows]
    assert [(one.file, one.official) for one in all_fields() if one.official] == told
    assert len(told) == 174


def _rows_of(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _file_of(dataset):
    return SHARED if "," in dataset else next(file for name, file in DATASETS.items() if dataset.endswith(name))


def test_each_file_has_the_columns_of_that_of_2024_25_and_no_others(published):
    """The list of columns is sorted, so their order in the files is not known."""
    printed = {}
    for row in _rows_of(published / "raw_annual_columns.csv"):
        if (row["period"], row["archive_name"]) == ("2024-25", "annual_main"):
            printed.setdefault(re.sub(r".*2024-25-(.*?)-?2\.csv", r"\1", row["csv_file"]), []).append(row["column"])
    ours = {one.id: sorted((*one.place, *one.columns)) for one in all_files().values() if one.id != COURSES}
    assert ours == {file: sorted(columns) for file, columns in printed.items()}
    assert len(ours) == 8


def test_the_table_of_courses_has_the_columns_of_table_4(published):
    rows = _rows_of(published / "raw_therapy_outcome_columns.csv")
    printed = [row["column"] for row in rows if row["period"] == "2024-25" and "Table 4" in row["csv_file"]]
    one = all_files()[COURSES]
    assert sorted((*filter(None, one.place), *one.columns)) == sorted(printed)


def test_no_field_is_silently_absent():
    """Each is exact, or says on what it rests, and every figure of a file has a measure in some line."""
    assert Counter(status_of_field(one).split()[0].strip(";,") for one in all_fields()) == {"exact": 25, "rests": 152}
    for file in all_files().values():
        filled = {printed for line in file.lines for printed in (*line.says, *line.cells)}
        assert set(file.columns) <= filled


@pytest.fixture(scope="module")
def values(published):
    """The values of the variables of the smaller files, as the metadata have them."""
    rows = pq.read_table(published / "metadata_variables_annual.parquet").to_pylist()
    return {
        (
            _file_of(row["dataset_name"].strip()),
            row["variable_type"],
            row["variable_a"].strip(),
            (row["variable_b"] or "").strip(),
        )
        for row in rows
    }


# The metadata give the whole of a variable in a row of its own, and "All" or "Null" where there is no group within.
_NOTHING = ("All", "NULL", "Null", "")


@pytest.mark.parametrize(
    ("file", "variable"),
    [
        ("therapy-type", therapy_at_start),
        ("employment-status", employment_at_start),
        ("psych-meds", medication_at_start),
        ("iet-ltc", conditions),
        ("iet-ltc", programmes),
    ],
    ids=lambda one: getattr(one, "id", one),
)
def test_values_at_the_start_are_spelled_as_the_metadata_spell_them(file, variable, values):
    told = {
        (upper, "" if lower in _NOTHING else lower)
        for where, kind, upper, lower in values
        if (where, kind) == (file, variable.title)
    }
    total = all_files()[file].total
    ours = {(value.within or value.label, value.label if value.within else "") for value in variable.values}
    assert ours == told - {(total[1], "")}
    assert file == "iet-ltc" or (total[1], "") in told


def test_rows_of_everybody_and_wholes_of_groups_are_spelled_as_published(published):
    columns = ("reporting_period", "org_type", "org_code", "variable_type", "variable_a", "variable_b")
    table = scan_parquet(published / "measures_annual.parquet").select(*columns)
    rows = fetch(
        table.filter((table.reporting_period == "2024-25") & (table.org_type == "England")).distinct()
    ).to_pylist()
    told = {(row["org_code"], row["variable_type"], row["variable_a"], row["variable_b"]) for row in rows}
    assert ("All", *all_files()["main"].total) in told
    for group in (
        ("Ethnic Group", "White", "All"),
        ("Presenting Complaint", "All ADSM", "Total"),
        ("Ethnic Group", "Other Ethnic Groups", "Any Other Ethnic Group"),
    ):
        assert ("All", *group) in told
    assert "Commissioning Region" in fetch(table.select("org_type").distinct())["org_type"].to_pylist()


@pytest.fixture(scope="module")
def outcomes(published):
    """Means, deviations, effect sizes and counts by problem and therapy, of every year."""
    return scan_parquet(published / "proms_annual.parquet")


def test_problems_and_therapies_are_those_that_are_printed(outcomes):
    rows = outcomes.filter((outcomes.reporting_period == "2024-25") & (outcomes.org_type == "England"))
    found = fetch(rows.select("variable_a", "variable_b").distinct()).to_pylist()
    assert {row["variable_a"] for row in found} == {"Total", *(value.label for value in diagnosis.values)}
    assert {row["variable_b"] for row in found} == set(THERAPIES)


def _cells(table, names):
    where = ("reporting_period", "org_type", "org_code", "variable_a", "variable_b")
    found = {}
    for row in fetch(table.select(*where, "measure_name", "measure_statistic", "measure_time", "value")).to_pylist():
        key = "_".join(filter(None, (row["measure_name"], row["measure_statistic"], row["measure_time"])))
        if key in names and row["value"] is not None:
            found.setdefault(tuple(row[name] for name in where), {})[key] = row["value"]
    return found


def test_published_effect_sizes_are_the_fall_by_the_deviation_of_england(outcomes):
    """Of every service and region of 2024-25, within rounding; by their own deviation one in twenty or more does not fit."""
    names = ("phq_mean_start", "phq_mean_end", "phq_sd_start", "phq_effect_size")
    rows = outcomes.filter((outcomes.reporting_period == "2024-25") & (outcomes.measure_name == "phq"))
    cells = _cells(rows, names)
    england = {
        key[3:]: cell["phq_sd_start"] for key, cell in cells.items() if key[1] == "England" and "phq_sd_start" in cell
    }
    whole = [
        (key, cell)
        for key, cell in cells.items()
        if key[1] != "England" and set(cell) == set(names) and england.get(key[3:])
    ]
    by_england = [_fits(cell, england[key[3:]]) for key, cell in whole]
    by_own = [_fits(cell, cell["phq_sd_start"]) for _, cell in whole]
    assert len(whole) > 3_000
    assert all(by_england)
    assert sum(by_own) / len(whole) < 0.95


# Each of the four is printed to one decimal.
def _fits(cell, deviation):
    fall = cell["phq_mean_start"] - cell["phq_mean_end"]
    ends = [(fall + step) / max(deviation + width, 0.01) for step in (-0.1, 0.1) for width in (-0.05, 0.05)]
    return min(ends) - 0.0501 <= cell["phq_effect_size"] <= max(ends) + 0.0501


def test_totals_of_wsas_are_in_proportion_to_four_or_five_answers(outcomes):
    """England's cells of one course: a total is a whole number, or five quarters of one. A sum of what was answered never is."""
    rows = outcomes.filter(
        (outcomes.org_type == "England") & outcomes.measure_name.isin(["wsas", "courses_of_therapy"])
    )
    cells = _cells(rows, ("wsas_mean_start", "wsas_mean_end", "courses_of_therapy_count"))
    ones = [cell for cell in cells.values() if cell.get("courses_of_therapy_count") == 1]
    means = [cell[name] for cell in ones for name in ("wsas_mean_start", "wsas_mean_end") if name in cell]
    broken = [mean for mean in means if mean != round(mean)]
    assert len(broken) == 14
    assert all(abs(mean - round(mean / 1.25) * 1.25) <= 0.0501 for mean in broken)


def test_some_cells_have_a_mean_at_the_start_and_none_at_the_end(outcomes):
    """So whoever has no last score is among those at the start."""
    rows = outcomes.filter((outcomes.org_type == "England") & (outcomes.measure_statistic == "mean"))
    cells = _cells(rows, {f"{scale}_mean_{end}" for scale in ("phq", "gad", "wsas") for end in ("start", "end")})
    alone = [
        scale
        for cell in cells.values()
        for scale in ("phq", "gad", "wsas")
        if f"{scale}_mean_start" in cell and f"{scale}_mean_end" not in cell
    ]
    assert len(alone) == 3
