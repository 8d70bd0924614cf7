"""Hold the coverage of each part of the package against its floor in pyproject.toml.

Lines and branches count alike. A file that no test reached counts as wholly uncovered.
"""

import json
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def floors() -> dict[str, float]:
    """Least percentage of lines and branches covered, by the beginning of a module's name."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["caseness"]["coverage-floors"]


def part_of(module: str, parts: list[str]) -> str:
    """The longest named part that a module belongs to.

    Examples
    --------
    >>> part_of("caseness.stats.bounds", ["caseness", "caseness.stats"])
    'caseness.stats'
    >>> part_of("caseness.statistics", ["caseness", "caseness.stats"])
    'caseness'
    """
    return max((part for part in parts if f"{module}.".startswith(f"{part}.")), key=len)


def module_of(path: str) -> str:
    """The name of a module from its file.

    Examples
    --------
    >>> module_of("src/caseness/stats/bounds.py"), module_of("src/caseness/stats/__init__.py")
    ('caseness.stats.bounds', 'caseness.stats')
    """
    parts = Path(path).with_suffix("").parts
    named = parts[parts.index("caseness") :]
    return ".".join(named[:-1] if named[-1] == "__init__" else named)


def covered(files: dict, parts: list[str]) -> dict[str, tuple[int, int]]:
    """For each part, how many lines and branches were covered, and how many there are."""
    totals: dict[str, tuple[int, int]] = dict.fromkeys(parts, (0, 0))
    for path, found in files.items():
        part = part_of(module_of(path), parts)
        summary = found["summary"]
        had, of = totals[part]
        totals[part] = (
            had + summary["covered_lines"] + summary["covered_branches"],
            of + summary["num_statements"] + summary["num_branches"],
        )
    return totals


def gaps(files: dict) -> list[str]:
    """Each file with what is not covered, worst first."""
    lacking = [(found["summary"], path, found) for path, found in files.items()]
    lacking.sort(key=lambda entry: -(entry[0]["missing_lines"] + entry[0]["missing_branches"]))
    return [
        f"  {path}: lines {found['missing_lines']}, branches {found['missing_branches']}"
        for summary, path, found in lacking
        if summary["missing_lines"] or summary["missing_branches"]
    ]


def main() -> int:
    """0 where every floor holds, else 1."""
    files = json.loads((ROOT / "coverage.json").read_text())["files"]
    wanted = floors()
    below = []
    for part, (had, of) in covered(files, list(wanted)).items():
        share = 100 * had / of if of else 100.0
        print(f"{part:24} {share:6.2f} % of {of} lines and branches covered; floor {wanted[part]} %")
        if share < wanted[part]:
            below.append(part)
    if below:
        print("Below the floor:", ", ".join(below), *gaps(files)[:20], sep="\n")
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
