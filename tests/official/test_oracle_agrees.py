"""The measures, computed from records, against an oracle that was written from the specification alone.

The oracle (tests/oracle) works row by row in plain Python, and imports nothing of the package.
"""

from __future__ import annotations

import sys
from dataclasses import asdict, replace
from math import isclose

import pytest

from caseness.derive import Options, derive
from caseness.engine import fetch
from caseness.measures import compute
from caseness.measures.catalogue import all_measures, all_official
from caseness.periods import financial_year
from oracle.compute import figures
from oracle.reading import DEFAULT, OTHERWISE
from oracle.record import read
from random_records import MONTHS, PROVIDERS, make_record

TABLES = (
    "IDS001MPI", "IDS004EmpStatus", "IDS101Referral", "IDS201CareContact", "IDS202CareActivity", "IDS205InternetTherLog",
    "IDS603PresentingComplaints", "IDS606CodedScoreAssessmentRefer", "IDS607CodedScoreAssessmentAct", "IDS902CarePersQual",
)  # fmt: skip
PERIODS = (*MONTHS, *financial_year(2024).quarters()[:2])
# Where the specification can be read in two ways, ours is an option. The oracle reads these two the other way.
AS_THE_ORACLE = Options(scores_of_follow_up="kept", unverified_cut_offs="on")
# A measure is compared for the kinds of period in which NHS England publishes it. For a financial year none is: M1014 to
# M1017, say, date the qualification of staff by the month of the measure, and the catalogue defines no longer period.
# Measures that are not compared, each with the reason. There is none.
EXCEPTIONS: dict[str, str] = {}

# What is said of employment can be read in two ways at five places, and the oracle can give both (tests/oracle/reading.py).
RUNS = {
    "seed 1": (1, DEFAULT),
    "seed 2": (2, DEFAULT),
    "seed 3": (3, DEFAULT),
    "seed 1, employment read otherwise": (1, OTHERWISE),
}


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The same figures twice for each run: ours and the oracle's, by measure, period and organisation."""
    return {name: _both(*run, tmp_path_factory.mktemp("record")) for name, run in RUNS.items()}


def _both(seed, choices, folder):
    record = make_record(folder, seed, referrals=250)
    grains = derive(record, folder / "grains", replace(AS_THE_ORACLE, **asdict(choices)), employment=True)
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
    for name, (ours, oracle) in both.items():
        compared = {key: value for key, value in oracle.items() if key[0] not in EXCEPTIONS}
        differ = {key: (ours.get(key), value) for key, value in compared.items() if not _agree(ours.get(key), value)}
        assert not differ, f"{len(differ)} of {len(compared)} differ ({name}): {dict(list(differ.items())[:8])}"


def _agree(mine, theirs):
    if theirs is None or mine is None:
        return mine is None and theirs in (None, 0)
    return isclose(mine, float(theirs), rel_tol=1e-9)


def test_we_say_nothing_that_the_oracle_does_not(both):
    for ours, oracle in both.values():
        assert set(ours) <= set(oracle)


def test_the_oracle_answers_for_every_measure(both):
    """All 343 of the catalogue are compared."""
    for _, oracle in both.values():
        compared = {measure for measure, *_ in oracle} - set(EXCEPTIONS)
        assert compared | set(EXCEPTIONS) == set(all_official())
    sys.stdout.write(f"\n{len(compared)} measures compared, {len(EXCEPTIONS)} exceptions {EXCEPTIONS or ''}\n")
    assert (len(compared), len(EXCEPTIONS)) == (343, 0)


def test_no_measure_is_nothing_throughout(both):
    """A comparison of nothing with nothing proves little."""
    reached = {measure for _, oracle in both.values() for (measure, *_), value in oracle.items() if value}
    assert set(all_official()) - reached == set()


def test_each_choice_is_told_apart(both):
    """The two readings of employment give other figures of the same record, and of nothing else."""
    (_, usual), (_, otherwise) = both["seed 1"], both["seed 1, employment read otherwise"]
    differ = {measure for (measure, *key), value in usual.items() if otherwise[measure, *key] != value}
    assert {"EA001", "EA034", "EA035", "EA139", "EA041", "EA131", "EA136", "EA279", "M319"} <= differ
    assert {measure for measure in differ if not measure.startswith("EA")} <= {
        f"M{number}" for number in range(316, 332)
    }
