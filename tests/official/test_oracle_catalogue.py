"""The oracle computes every measure of the official catalogue, and no other."""

from collections import Counter

import pyarrow.parquet as pq

from one_practice import QUARTER, Practice
from oracle.compute import MONTHLY_ONLY, QUARTERLY_ONLY


def catalogue(shared_data):
    """Every measure with its frequency, without the values of breakdown variables."""
    rows = pq.read_table(shared_data / "published" / "metadata_measures_monthly.parquet").to_pylist()
    return {row["measure_id"]: row for row in rows if row["measure_type"] != "Variable"}


def test_the_oracle_has_every_measure(shared_data):
    official = catalogue(shared_data)
    assert Counter(row["measure_type"] for row in official.values()) == {"Core": 221, "EA": 110, "LTC": 12}
    assert set(Practice().figures()) == set(official) - set(QUARTERLY_ONLY)
    assert set(Practice().figures(QUARTER)) == set(official) - set(MONTHLY_ONLY)


def test_three_are_published_by_quarter_only(shared_data):
    by_quarter = {name for name, row in catalogue(shared_data).items() if row["frequency"] == "Quarterly"}
    assert by_quarter == set(QUARTERLY_ONLY)
