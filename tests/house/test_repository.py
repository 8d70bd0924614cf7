"""The repository keeps its own promises: reasons, locks, one version, one door."""

import re
import subprocess

import pytest
from packaging.version import Version

import caseness
from house.source_tree import ROOT, settings

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
LISTS = sorted((ROOT / "requirements").glob("*.in"))

# A lock can be installed from wherever a machine gets its packages, so it says nothing of where that is.
ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host|\bfile:", re.IGNORECASE)

# Written in halves, so that this file keeps the rule that it tests.
PACKAGE_HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry." + "npmjs",
    "registry." + "yarnpkg",
    "proxy." + "golang",
    "conda." + "anaconda",
    "arti" + "factory",
]


# What `make` and the tools leave behind, as .gitignore lists it.
MADE = {line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines()} | {".git", "__pycache__"}


def written_files(folder=ROOT):
    for path in folder.iterdir():
        if path.name in MADE or path.name.startswith(".coverage"):
            continue
        yield from written_files(path) if path.is_dir() else [path]


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return ""


def lines_without_a_reason(text, is_need):
    """Needs that no comment stands above, and whose neighbour above has none to share."""
    above = ""
    bare = []
    for line in text.splitlines():
        if is_need(line) and not above.strip().startswith("#"):
            bare.append(line.strip())
        above = line
    return bare


def test_every_dependency_says_why_it_is_here():
    """A comment stands directly above each one, and ends with its licence."""
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    needs = re.compile(r'^(    "|\w+ = \[")')
    assert len([line for line in block.splitlines() if needs.match(line)]) >= 15
    assert not lines_without_a_reason(block, needs.match)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_tool_says_why_it_is_here(path):
    assert not lines_without_a_reason(path.read_text(), re.compile(r"^[a-z]").match)


def test_a_missing_reason_is_found():
    assert lines_without_a_reason("# Draws charts. MIT.\naltair\nnumpy", str.isalpha) == ["numpy"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address(path):
    assert not ADDRESS.findall(path.read_text())


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_line_of_a_lock_is_hashed(path):
    needs = re.split(r"\n(?=[a-z])", path.read_text())[1:]
    assert needs
    assert not [need.split("==")[0] for need in needs if "--hash=sha256:" not in need]


def test_the_locks_agree():
    """The tests run on the very versions that the audit runs on."""
    run, test = (locked(ROOT / "requirements" / name) for name in ("run.txt", "test.txt"))
    assert run.items() <= test.items()


def locked(path):
    """Package and marker, with its version."""
    needs = re.findall(r"^([a-z0-9_.-]+)==([^ ;\\]+)(?: ; ([^\\\n]+))?", path.read_text(), re.MULTILINE)
    return {(name, marker.strip()): version for name, version, marker in needs}


def test_nothing_names_a_package_host():
    naming = [
        (str(path.relative_to(ROOT)), host)
        for path in written_files()
        for host in PACKAGE_HOSTS
        if host in text_of(path).lower()
    ]
    assert not naming


def test_the_version_has_one_home():
    assert settings()["project"]["dynamic"] == ["version"]
    assert "version" not in settings()["project"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", str(Version(caseness.__version__)))


def test_the_changelog_knows_the_version():
    assert f"## {caseness.__version__}" in (ROOT / "CHANGELOG.md").read_text()


def test_ci_opens_the_same_door():
    assert "make test" in (ROOT / ".ci" / "run").read_text()


def targets():
    makefile = (ROOT / "Makefile").read_text()
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE)), makefile


def test_make_lists_every_target():
    described, makefile = targets()
    declared = set(re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split())
    assert described == declared
    listing = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {line.split()[1] for line in listing.stdout.splitlines()} == declared


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_a_command_that_is_promised_exists(page):
    described, _ = targets()
    promised = set(re.findall(r"\bmake ([a-z-]+)`", (ROOT / page).read_text()))
    assert promised
    assert promised <= described
