"""The reference page of derivations: every derived column, what it reads, and the rules that are assumed."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, names, table

from caseness.derive import ASSUMED, COLUMNS, NOT_DERIVABLE, AssumedRule, Derivation, derivations
from caseness.derive.catalogue import STEPS
from caseness.derive.derivation import GRAINS
from caseness.derive.shapes import TEAM_COLUMNS

_OPENING = """# Derivations

NHS England derives these columns after submission, and `caseness derive` derives them from a record. [How derivations
work](../explanation/derivations.md) says why they are as they are. `caseness derivations NAME` shows one with all that it rests
on. An item code is that of the official metadata; it is left out where no document that was read gives one.

"""


def derivations_page() -> str:
    """Every derivation by grain, what is not derived, the steps between, and the assumed rules."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _OPENING
    for grain in GRAINS:
        rows = (_row(one) for one in derivations() if one.grain == grain)
        yield f"## {grain.capitalize()}\n\n"
        yield table(("name", "item", "official", "meaning", "reads", "a blank", "assumed", "source"), rows)
        yield "\n"
    yield "## On the way\n\nWhat derivations read that is neither submitted nor a derivation.\n\n"
    yield table(("name", "what it is"), ((code(name), says) for name, says in STEPS.items()))
    yield "\n## Columns of the grains\n\n"
    yield table(("grain", "columns"), ((code(name), names(columns)) for name, columns in COLUMNS.items()))
    yield f"\nWhere `EXT01TeamMembership` says who was in which team, every grain has {names(TEAM_COLUMNS)} too.\n"
    yield "\n## Rules that are assumed\n\nChoose with `caseness derive --assume RULE=OPTION`.\n\n"
    yield table(("rule", "meaning", "options, the assumed one first", "items", "source"), map(_rule, ASSUMED))
    yield "\n## What is not derived\n\n"
    yield table(("columns", "why"), ((names(one.names), one.why) for one in NOT_DERIVABLE))


def _row(one: Derivation) -> tuple[str, ...]:
    official = code(one.official) if one.official else ""
    return (
        code(one.name), one.uid, official, one.meaning, names(one.inputs), one.when_null, names(one.assumed), one.source,
    )  # fmt: skip


def _rule(one: AssumedRule) -> tuple[str, ...]:
    ordered = sorted(one.options.items(), key=lambda pair: pair[0] != one.default)
    says = "; ".join(f"{code(option)}: {meaning}" for option, meaning in ordered)
    return code(one.id), one.meaning, says, " ".join(one.uids), one.source
