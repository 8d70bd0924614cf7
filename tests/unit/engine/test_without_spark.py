"""What is told where Spark is asked for and cannot be had. No Java is started here but one that fails at once."""

import sys
from types import SimpleNamespace

import pytest

from caseness.engine import gateway, on_spark
from caseness.errors import EngineUnreachable, MissingProgram


def test_without_the_extra_it_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(MissingProgram, match=r"pip install 'caseness\[spark\]'"):
        on_spark.connect("spark://127.0.0.1:1")


def test_a_java_that_fails_is_told_in_its_own_words(monkeypatch, tmp_path):
    failing = tmp_path / "java"
    failing.write_text("#!/bin/sh\necho 'Error: Could not reserve enough space for object heap'\nexit 1\n")
    failing.chmod(0o755)
    monkeypatch.setattr(gateway, "find_java", lambda: SimpleNamespace(program=failing))
    with pytest.raises(MissingProgram, match=r"Java did not start for Spark: Error: Could not reserve .* heap\."):
        gateway.start_gateway("3g")


def test_a_java_that_says_nothing_in_time_is_ended(monkeypatch, tmp_path):
    waiting = tmp_path / "java"
    waiting.write_text("#!/bin/sh\nexec sleep 60\n")
    waiting.chmod(0o755)
    monkeypatch.setattr(gateway, "find_java", lambda: SimpleNamespace(program=waiting))
    monkeypatch.setattr(gateway, "_PATIENCE", 0.2)
    with pytest.raises(MissingProgram, match="it said nothing"):
        gateway.start_gateway("3g")


def idle(stopped):
    """A session whose master has no worker: only the driver itself has memory."""
    status = SimpleNamespace(getExecutorMemoryStatus=lambda: SimpleNamespace(size=lambda: 1))
    return SimpleNamespace(_jsc=SimpleNamespace(sc=lambda: status), stop=lambda: stopped.append(True))


def test_a_master_without_workers_is_told_and_left(monkeypatch):
    monkeypatch.setattr(on_spark, "_WORKER", 0.3)
    stopped = []
    with pytest.raises(EngineUnreachable, match=r"No worker of spark://host:7077 took work"):
        on_spark._require_worker(idle(stopped), "spark://host:7077")
    assert stopped


def test_a_master_that_gives_up_is_told_and_left():
    """Executors that cannot start are tried ten times, and then the master ends the session."""
    stopped = []
    context = idle(stopped)

    def ended():
        raise on_spark.problems()[1]("Cannot call methods on a stopped SparkContext.")

    context._jsc.sc = ended
    with pytest.raises(EngineUnreachable, match=r"spark://host:7077 ended the session: nothing starts"):
        on_spark._require_worker(context, "spark://host:7077")
    assert stopped
