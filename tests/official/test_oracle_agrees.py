"""The measures, computed from records, against an oracle that was written from the specification alone.

The oracle (tests/oracle) works row by row in plain Python, and imports nothing of the package.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from math import isclose

import pytest

from caseness.derive import Options, derive
from caseness.engine import fetch
from caseness.measures import compute
from caseness.measures.catalogue import all_measures, all_official
from caseness.periods import financial_year
from oracle.compute import figures
from oracle.readings import DEFAULT
from oracle.record import read
from random_records import MONTHS, PROVIDERS, make_record

TABLES = (
    "IDS001MPI", "IDS004EmpStatus", "IDS101Referral", "IDS201CareContact", "IDS202CareActivity", "IDS205InternetTherLog",
    "IDS603PresentingComplaints", "IDS606CodedScoreAssessmentRefer", "IDS607CodedScoreAssessmentAct", "IDS902CarePersQual",
)  # fmt: skip
PERIODS = (*MONTHS, *financial_year(2024).quarters()[:2])
# Where the specification can be read in two ways, ours is an option. The oracle reads these two the other way.
AS_THE_ORACLE = Options(scores_of_follow_up="kept", unverified_cut_offs="on")
# A measure is compared for the kinds of period in which it is published. For a financial year none is: M1014 to M1017, say,
# date the qualification of staff by the month of the measure, and the catalogue defines no longer period.


SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same figures twice for several random records: ours and the oracle's, by measure, period and organisation."""
    return [_both(seed, tmp_path_factory.mktemp(f"record-{seed}")) for seed in SEEDS]


def _both(seed, folder, choices=DEFAULT):
    record = make_record(folder, seed, referrals=250)
    options = replace(AS_THE_ORACLE, **asdict(choices))
    grains = derive(record, folder / "grains", options, employment=True)
    results = compute(grains, PERIODS, tuple(all_measures().values()), ("england", "provider"))
    ours = {
        (row["figure_id"], row["period_start"], row["period_end"], row["organisation"]): row["value"]
        for row in results.table.to_pylist()
    }
    return ours, _asked(record, choices)


def _asked(record, choices):
    rows = {table_id: fetch(record.kept(table_id)).to_pylist() for table_id in TABLES}
    answering = read([asdict(one) for one in record.submissions], rows)
    told = {}
    for period in PERIODS:
        for organisation in ("ENGLAND", *PROVIDERS):
            found = figures(answering, (period.kind, period.start, period.end), _keep(organisation), choices)
            for measure, figure in found.items():
                if period.kind in all_official()[measure].kinds:
                    told[measure, period.start, period.end, organisation] = figure.value
    return told


def _keep(organisation):
    return None if organisation == "ENGLAND" else lambda row: row["OrgID_Provider"] == organisation


def test_every_measure_is_as_the_oracle_has_it(both):
    for seed, (ours, oracle) in zip(SEEDS, both, strict=True):
        differ = {key: (ours.get(key), value) for key, value in oracle.items() if not _agree(ours.get(key), value)}
        assert not differ, f"{len(differ)} of {len(oracle)} differ with seed {seed}: {dict(list(differ.items())[:8])}"


def _agree(mine, theirs):
    if theirs is None or mine is None:
        return mine is None and theirs in (None, 0)
    return isclose(mine, float(theirs), rel_tol=1e-9)


def test_the_oracle_answers_for_every_measure(both):
    for _, oracle in both:
        assert {measure for measure, *_ in oracle} == set(all_official())


def test_no_measure_is_nothing_throughout(both):
    """A comparison of nothing with nothing proves little."""
    reached = {measure for _, oracle in both for (measure, *_), value in oracle.items() if value}
    assert set(all_official()) - reached == set()
