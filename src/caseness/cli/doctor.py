"""`caseness doctor`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click
import pyarrow as pa
import vl_convert
from packaging.requirements import Requirement

from caseness import __version__, engine
from caseness.audit.record import gather
from caseness.cli.options import output_options
from caseness.cli.show import Table, answer
from caseness.errors import CasenessError
from caseness.published import Embedded
from caseness.report.browser import NAMES, find_browser
from caseness.results import DEFINITIONS_VERSION, SCHEMA_VERSION


class Unwell(CasenessError):
    """At least one check of the installation failed."""

    exit_code = 17


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, whether it is in order, and what was seen."""

    check: str
    is_well: bool
    seen: str


@click.command(name="doctor")
@output_options()
def command(as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """Whether this installation is in order: versions, engine, charts, embedded facts, writing, browser."""
    findings = [_versions(), *map(_requirement, _requirements()), *(_try(name, look) for name, look in _LOOKS)]
    table = Table(
        "doctor",
        "The installation",
        ("Check", "", "Seen"),
        tuple((one.check, "ok" if one.is_well else "NOT WELL", one.seen) for one in findings),
    )
    answer([table], findings, as_json, out, formats)
    unwell = [one for one in findings if not one.is_well]
    if unwell:
        raise Unwell(f"{len(unwell)} of {len(findings)} checks failed. Install again from the lock: make clean audit.")


def _versions() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    seen = (
        f"caseness {__version__}, results schema {SCHEMA_VERSION}, definitions {DEFINITIONS_VERSION}, Python {python}"
    )
    return Finding("versions", sys.version_info >= (3, 11), seen)


def _requirements() -> list[Requirement]:
    declared = map(Requirement, requires("caseness") or ())
    return [one for one in declared if one.marker is None or one.marker.evaluate({"extra": ""})]


def _requirement(declared: Requirement) -> Finding:
    try:
        installed = version(declared.name)
    except PackageNotFoundError:
        return Finding(f"package {declared.name}", False, "not installed")
    fits = declared.specifier.contains(installed, prereleases=True)
    return Finding(f"package {declared.name}", fits, f"{installed} (wanted: {declared.specifier or 'any'})")


def _try(name: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(name, True, look())
    except (CasenessError, OSError, ValueError, RuntimeError) as problem:
        return Finding(name, False, str(problem))


def _look_at_engine() -> str:
    table = engine.load(pa.table({"n": [1, 2, 3]}))
    total = engine.fetch(table.aggregate(total=table.n.sum()))["total"][0].as_py()
    if total != 6:
        raise RuntimeError(f"the engine adds 1, 2 and 3 to {total}")
    return "adds up"


def _look_at_facts() -> str:
    record = gather(Embedded())
    spans = (
        f"{kind}s {known[0].label} to {known[-1].label}"
        for kind in ("year", "month")
        if (known := record.periods(kind))
    )
    return ", ".join(spans)


def _look_at_charts() -> str:
    svg = vl_convert.vegalite_to_svg({"data": {"values": [{"n": 1}]}, "mark": "bar", "encoding": {"x": {"field": "n"}}})
    return f"an SVG of {len(svg):,} characters drawn without network or browser"


def _look_at_writing() -> str:
    with tempfile.TemporaryFile() as file:
        file.write(b"caseness")
    return "temporary files can be written"


# Only a PDF needs a browser, so the installation is in order without one.
def _look_for_browser() -> str:
    found = find_browser()
    return str(found) if found else f"none, so no PDF can be made; looked for {', '.join(NAMES)}"


_LOOKS = (
    ("engine", _look_at_engine),
    ("embedded facts", _look_at_facts),
    ("charts", _look_at_charts),
    ("writing", _look_at_writing),
    ("browser for a PDF", _look_for_browser),
)
