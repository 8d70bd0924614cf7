"""The reference page of the rules of checking, table by table, with what they do and where they come from."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, names, table

from caseness.check import NOT_CHECKED, PROFILES, RULES, SEVERITIES, Rule, rules_for
from caseness.record import TABLES

_OPENING = """# Rules of checking

`caseness check` applies these rules to a record. They are data: those that follow from the declared [tables](tables.md) and
[codes](codes.md) (what must be filled, listed, short enough, there once and attached to a parent) are made from the
declarations, the others are written out. [How to check a record](../how-to/check-a-record.md) says how they are used.

The ids are ours. The *official* number is that of the same rule in the validations of version 2.0, as NHS England published
them. What version 2.1 changed in those validations was not found.

## Severities

| severity | what it does | exit code |
|---|---|---|
| `file` | rejects the whole submission | 43 |
| `group` | rejects the row and what hangs on it | 42 |
| `record` | rejects the row | 41 |
| `warning` | rejects nothing | 0 |

The worst finding decides the exit code. What hangs on a rejected row goes with it: a referral with its patient, a contact with
its referral, an activity with its contact, a score with its activity. A patient without a sound registration or referral goes
too. Nothing moves from one submission to another.

Of rows that share a key, all are rejected: nothing tells which is right. A blank key repeats nothing and refers to nothing.

## Profiles

"""
_SCORE = """
## The quality score

For every field the cells are counted as valid, other or default, invalid, and missing. A cell is *other* where its code says
"other", "not stated" or "not known". A field that must be filled, or that is expected to be, is judged by all its cells; a field
that may rightly be blank, such as the end of a referral, by those that are filled. The score of a field is the share of these
cells that are valid. The score of a table is the mean of its fields that are mandatory or required, and that of the record the
mean of all such fields. It is our own construction, and not the Data Quality Maturity Index of NHS England.

## What is not checked

Validations that NHS England published, and that need what a record does not hold.

"""


def rules_page() -> str:
    """Every rule by table, with severities, profiles and what is not checked."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _OPENING
    counts = ((code(name), len(rules_for(name)), _about(name)) for name in PROFILES)
    yield table(("profile", "rules", "for"), counts)
    yield _SCORE
    yield table(("official", "what should be", "why not"), NOT_CHECKED)
    practice = frozenset(rule.id for rule in rules_for("practice"))
    for one in TABLES:
        rows = (_row(rule, rule.id in practice) for rule in RULES if rule.table == one.id)
        yield f"\n## {one.id}\n\n"
        yield table(("rule", "severity", "what should be", "effect", "source", "official", "practice"), rows)


def _about(profile: str) -> str:
    return "a service that submits to NHS England" if profile == PROFILES[0] else "a practice that does not"


def _row(rule: Rule, in_practice: bool) -> tuple[object, ...]:
    assert rule.severity in SEVERITIES, f"Unhandled {rule.severity!r}"
    version = f" Version {rule.versions[0]} only." if len(rule.versions) == 1 else ""
    source = rule.source if rule.verified else f"{rule.source}. Not verified: {rule.reason}"
    return (
        code(rule.id),
        rule.severity,
        rule.says + version,
        rule.effect,
        source,
        names(rule.official),
        "yes" if in_practice else "no",
    )
