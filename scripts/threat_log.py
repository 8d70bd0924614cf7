"""The threats to the practice application as a page of the manual, from docs/safety/threats.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "docs" / "safety" / "threats.toml"
_OPENING = """# Threats

Who might attack the practice application and how, what guards against it, and which test shows it. It is a first log, written by
those who made the application: nobody else has tried to break it, and no threat has a rating.
[The security of the application](../explanation/security-of-the-application.md) tells how the guards work together.

"""


@dataclass(frozen=True)
class Threat:
    """What might be tried, and by whom. `tests` show the `guards`; `remains` is what they leave open."""

    id: str
    threat: str
    who: str
    guards: tuple[str, ...]
    tests: tuple[str, ...]
    remains: str


def read_threats(path: Path = DATA) -> tuple[Threat, ...]:
    """The threats of a file, in its order. A key that is not known, or is missing, is an error."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["threat"]
    return tuple(Threat(**{**row, "guards": tuple(row["guards"]), "tests": tuple(row["tests"])}) for row in rows)


def threat_page() -> str:
    """The page: a table of all threats, then each with its guards and tests."""
    threats = read_threats()
    head = "| id | threat | guards | tests |\n|---|---|---|---|\n"
    rows = "".join(
        f"| [{one.id}](#{one.id.lower()}) | {one.threat} | {len(one.guards)} | {len(one.tests)} |\n" for one in threats
    )
    return f"{_OPENING}{head}{rows}\n" + "\n".join(_section(one) for one in threats)


def _section(one: Threat) -> str:
    guards = "\n".join(f"- {each}" for each in one.guards)
    tests = "\n".join(f"- `{each}`" for each in one.tests)
    return (
        f"## {one.id}\n\n**{one.threat}.** By whom: {one.who}\n\nWhat guards against it:\n\n{guards}\n\n"
        f"What shows it:\n\n{tests}\n\nWhat remains: {one.remains}\n"
    )
