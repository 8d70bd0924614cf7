"""The hazard log as a page of the manual, from docs/safety/hazards.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "docs" / "safety" / "hazards.toml"
_OPENING = """# Hazard log

What could go wrong when a case study, a signal, a band or the practice application is used, what is done about it, and which tests hold that. It is a
first log: nobody trained in clinical safety has judged it, and no hazard has a rating. Rating severity and likelihood is for a
clinical safety officer who knows where it is used. [What it is for](intended-purpose.md) says more.

"""


@dataclass(frozen=True)
class Hazard:
    """What could go wrong. `controls` are what is done about it, `tests` what holds them, `remains` what is left."""

    id: str
    hazard: str
    cause: str
    effect: str
    harm: str
    controls: tuple[str, ...]
    tests: tuple[str, ...]
    remains: str


def read_hazards(path: Path = DATA) -> tuple[Hazard, ...]:
    """The hazards of a file, in its order. A key that is not known, or is missing, is an error."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["hazard"]
    return tuple(Hazard(**{**row, "controls": tuple(row["controls"]), "tests": tuple(row["tests"])}) for row in rows)


def hazard_page() -> str:
    """The page: a table of all hazards, then each with its controls and tests."""
    hazards = read_hazards()
    head = "| id | hazard | harm | controls | tests |\n|---|---|---|---|---|\n"
    rows = "".join(
        f"| [{one.id}](#{one.id.lower()}) | {one.hazard} | {one.harm} | {len(one.controls)} | {len(one.tests)} |\n"
        for one in hazards
    )
    return f"{_OPENING}{head}{rows}\n" + "\n".join(_section(one) for one in hazards)


def _section(one: Hazard) -> str:
    controls = "\n".join(f"- {each}" for each in one.controls)
    tests = "\n".join(f"- `{each}`" for each in one.tests)
    return (
        f"## {one.id}\n\n**{one.hazard}.**\n\n| | |\n|---|---|\n| Cause | {one.cause} |\n| Effect | {one.effect} |\n| Harm | {one.harm} |\n"
        f"| What remains | {one.remains} |\n\nWhat is done about it:\n\n{controls}\n\nWhat holds it:\n\n{tests}\n"
    )
