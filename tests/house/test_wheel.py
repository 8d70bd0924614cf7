"""The built wheel, installed where nothing else is, does what the checkout does.

The clean environment sees the packages that the wheel declares, and what those declare, and no
more: a dependency that was forgotten is absent there. No index is asked.
"""

import json
import os
import subprocess
import sys
import venv
import zipfile
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import caseness
from house.source_tree import ROOT, settings


def run(*command, **options):
    outcome = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    return outcome


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The package as it would be given to somebody."""
    folder = tmp_path_factory.mktemp("wheel")
    offline = ["--no-index", "--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    run(sys.executable, "-m", "pip", "wheel", *offline, "--wheel-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


def declared(needs, extras=frozenset({""})):
    """The needs that hold on this machine, as distributions."""
    for text in needs or ():
        need = Requirement(text)
        if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in extras):
            yield canonicalize_name(need.name), frozenset(need.extras) or frozenset({""})


def closure(needs):
    """Every distribution that a list of needs brings with it, however far down."""
    waiting, met = set(declared(needs)), set()
    while waiting:
        name, extras = waiting.pop()
        met.add((name, extras))
        waiting |= set(declared(metadata.requires(name), extras)) - met
    return sorted({name for name, _ in met})


@pytest.fixture(scope="module")
def clean_environment(wheel, tmp_path_factory):
    """An environment with the wheel and what it declares: its programs, and their settings."""
    folder = tmp_path_factory.mktemp("clean")
    home = folder / "environment"
    venv.create(home, with_pip=False)
    needs = folder / "needs"
    link_distributions(closure(settings()["project"]["dependencies"]), needs)
    (site,) = home.glob("lib/python*/site-packages")
    (site / "needs.pth").write_text(f"{needs}\n")
    offline = ["--no-index", "--no-deps", "--disable-pip-version-check"]
    run(sys.executable, "-m", "pip", "--python", home / "bin" / "python", "install", *offline, wheel)
    return home / "bin"


def link_distributions(names, folder):
    folder.mkdir()
    for name in names:
        distribution = metadata.distribution(name)
        tops = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
        for top in tops:
            if not (folder / top).exists():
                (folder / top).symlink_to(distribution.locate_file(top))


# Nothing of the checkout may lend a hand, but the network stays blocked.
def run_there(*command, folder):
    settings_there = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    offline = str(ROOT / "tests" / "offline")
    return run(*command, cwd=folder, env={**settings_there, "PYTHONPATH": offline})


def test_the_wheel_holds_every_file_of_the_package(wheel):
    held = set(zipfile.ZipFile(wheel).namelist())
    source = ROOT / "src"
    files = {str(path.relative_to(source)) for path in (source / "caseness").rglob("*") if path.is_file()}
    missing = {name for name in files if "__pycache__" not in name} - held
    assert not missing


def test_the_wheel_holds_the_licence_and_the_type_marker(wheel):
    held = zipfile.ZipFile(wheel).namelist()
    assert "caseness/py.typed" in held
    assert any(name.endswith("licenses/LICENSE") for name in held)


def test_a_forgotten_dependency_is_absent_there(clean_environment, tmp_path):
    absent = "import importlib.util as u, sys; sys.exit(bool(u.find_spec('pytest') or u.find_spec('polars')))"
    run_there(clean_environment / "python", "-c", absent, folder=tmp_path)


def test_the_version_is_told(clean_environment, tmp_path):
    outcome = run_there(clean_environment / "caseness", "--version", folder=tmp_path)
    assert caseness.__version__ in outcome.stdout


def test_the_embedded_figures_are_audited(clean_environment, tmp_path):
    """`caseness audit --out DIR` writes the report and its figures without the checkout and without the network."""
    run_there(clean_environment / "caseness", "audit", "--out", tmp_path / "audit", folder=tmp_path)
    report = (tmp_path / "audit" / "report.html").read_text()
    assert "<html" in report
    assert json.loads((tmp_path / "audit" / "audit.json").read_text())
