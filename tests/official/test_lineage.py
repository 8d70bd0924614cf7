"""Every measure reads the derivations that NHS England says it reads, and is called what NHS England calls it."""

import csv
import re
import sys

import pyarrow.parquet as pq
import pytest

from caseness.measures import all_measures, all_official, measures_in, uids_read
from caseness.measures.chapter import CORE, EMPLOYMENT_CATALOGUE, LONG_TERM_CATALOGUE
from caseness.measures.errata import errata_of
from caseness.measures.lineage import columns_read
from caseness.published.names import all_figures
from house.source_tree import ROOT

_LISTED = (ROOT / "tests" / "official" / "lineage_exceptions.csv").read_text(encoding="utf-8")
EXCEPTIONS = {row["measure"]: row for row in csv.DictReader(_LISTED.splitlines())}


@pytest.fixture(scope="module")
def metadata(shared_data):
    """What NHS England's metadata say of each measure, by id. The breakdowns are no measures."""
    rows = pq.read_table(shared_data / "published" / "metadata_measures_monthly.parquet").to_pylist()
    return {row["measure_id"]: row for row in rows if row["measure_type"] != "Variable"}


def test_there_are_343_measures_in_three_parts(metadata):
    assert len(metadata) == 343
    assert set(metadata) == set(all_measures()) == set(all_official())
    parts = {"Core": CORE, "EA": EMPLOYMENT_CATALOGUE, "LTC": LONG_TERM_CATALOGUE}
    for kind, catalogue in parts.items():
        assert {name for name, row in metadata.items() if row["measure_type"] == kind} == set(measures_in(catalogue))


@pytest.mark.parametrize("measure", all_measures())
def test_a_measure_has_its_official_name_and_frequency(measure, metadata):
    official = all_official()[measure]
    assert (official.name, official.frequency) == (metadata[measure]["measure_name"], metadata[measure]["frequency"])


@pytest.mark.parametrize("measure", all_measures())
def test_a_measure_reads_the_derivations_that_nhs_england_says_it_reads(measure, metadata):
    listed = set(re.findall(r"I\d{3}D\d+", metadata[measure]["derivation_uids"] or ""))
    read = set(uids_read(all_measures()[measure]))
    exception = EXCEPTIONS.get(measure, {"ours_only": "", "official_only": ""})
    assert read - listed == set(exception["ours_only"].split())
    assert listed - read == set(exception["official_only"].split())


@pytest.mark.parametrize("measure", EXCEPTIONS)
def test_an_exception_cites_an_erratum_of_the_measure(measure):
    assert EXCEPTIONS[measure]["erratum"] in [one.number for one in errata_of(measure)]
    assert EXCEPTIONS[measure]["reason"]


def test_the_exceptions_are_few_and_are_told(capsys):
    assert len(EXCEPTIONS) == 37
    with capsys.disabled():
        sys.stdout.write(
            f"\nLineage: {len(EXCEPTIONS)} of {len(all_measures())} measures differ from the official list.\n"
        )


@pytest.mark.parametrize("measure", all_measures())
def test_a_published_figure_has_the_same_statistic_and_clock(measure):
    "So that a computed figure and a published one can be joined."
    published = all_figures().get(measure)
    ours = all_measures()[measure]
    if published:
        assert (ours.statistic, ours.clock.name) == (published.statistic, published.clock)


def test_a_measure_reads_a_column_only_of_its_own_grain():
    for measure in all_measures().values():
        assert all(name.split(".")[0] in {part.on.grain for part in measure.parts} for name in columns_read(measure))
