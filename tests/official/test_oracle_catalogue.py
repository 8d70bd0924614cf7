"""The oracle computes every core measure of the official catalogue, and no other."""

import pyarrow.parquet as pq

from one_practice import QUARTER, Practice
from oracle.compute import QUARTERLY_ONLY


def catalogue(shared_data):
    rows = pq.read_table(shared_data / "published" / "metadata_measures_monthly.parquet").to_pylist()
    return {row["measure_id"]: row["frequency"] for row in rows if row["measure_type"] == "Core"}


def test_the_oracle_has_every_core_measure(shared_data):
    core = catalogue(shared_data)
    assert len(core) == 221
    assert set(Practice().figures(QUARTER)) == set(core)


def test_three_are_published_by_quarter_only(shared_data):
    by_quarter = {measure for measure, frequency in catalogue(shared_data).items() if frequency == "Quarterly"}
    assert by_quarter == set(QUARTERLY_ONLY)
