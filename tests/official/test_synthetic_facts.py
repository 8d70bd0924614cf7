"""The facts that made-up records are calibrated to say what the releases say."""

from collections import Counter

import pytest
from fit_synthetic import TO, facts_text
from pyarrow.parquet import read_table
from synthetic_fitting import tail_by_mean

from caseness.synthetic.facts import load_facts


def test_the_file_is_what_the_script_writes(shared_data):
    assert TO.read_text(encoding="utf-8") == facts_text(shared_data / "published")


def test_a_mean_that_the_bands_do_not_allow_is_refused():
    with pytest.raises(ValueError, match="smaller than the published bands allow"):
        tail_by_mean([0, 0.5], [0, 10], 3)


def test_what_is_only_compared_is_what_the_releases_say(shared_data):
    """The numbers of england_beside.toml are written by hand."""
    rows = read_table(
        shared_data / "published" / "measures_monthly.parquet",
        columns=["measure_id", "value", "start_date"],
        filters=[("group_type", "=", "England"), ("measure_statistic", "=", "count")],
    ).to_pylist()
    totals = Counter()
    for row in rows:
        year = row["start_date"].year - (row["start_date"].month < 4)
        totals[year, row["measure_id"]] += row["value"] or 0
    facts = load_facts()
    for name, above, below in (
        ("support.contacts.per_ended", totals[2024, "M099"], totals[2024, "M056"]),
        ("integrated.none.recovery", totals[2024, "M285"], totals[2024, "M274"] - totals[2024, "M284"]),
        ("off_sick_pay.share", totals[2021, "M237"], totals[2021, "M076"]),
    ):
        assert facts.number(name) == pytest.approx(above / below, rel=1e-4), name
