"""`caseness derivations`."""

from __future__ import annotations

import click

from caseness.cli.options import output_options
from caseness.cli.show import Table, answer
from caseness.derive import NOT_DERIVABLE, Derivation, derivations, find_derivation
from caseness.derive.catalogue import STEPS, read_by, submitted_by


@click.command(name="derivations")
@click.argument("name", required=False)
@output_options()
def command(name: str | None, as_json: bool, out: object, formats: tuple[str, ...]) -> None:
    """The derived columns of a record: what each means, what it reads, and what a blank does.

    NAME is that of one of them, its official name, or its item code, such as I101D53.
    """
    if name is not None:
        one = find_derivation(name)
        answer([_of(one)], to_plain(one), as_json, out, formats)  # pyright: ignore[reportArgumentType]
        return
    content = {"derivations": [to_plain(one) for one in derivations()], "not_derivable": NOT_DERIVABLE}
    answer([_all(), _not()], content, as_json, out, formats)  # pyright: ignore[reportArgumentType]


def to_plain(one: Derivation) -> dict[str, object]:
    """All that is known of a derivation but how it is computed."""
    return {
        "name": one.name,
        "grain": one.grain,
        "uid": one.uid,
        "official": one.official,
        "meaning": one.meaning,
        "inputs": list(one.inputs),
        "rests_on": list(submitted_by(one)),
        "when_null": one.when_null,
        "assumed": list(one.assumed),
        "source": one.source,
    }


def _all() -> Table:
    rows = tuple((one.name, one.uid, one.grain, one.meaning) for one in derivations())
    notes = ("Ask for one with `caseness derivations NAME`. `caseness assumptions` lists the rules that are assumed.",)
    return Table("derivations", f"{len(rows)} derivations", ("Name", "Item", "Grain", "Meaning"), rows, notes)


def _not() -> Table:
    rows = tuple((", ".join(one.names), one.why) for one in NOT_DERIVABLE)
    return Table("not-derivable", "Derived columns of NHS England that are not derived", ("Columns", "Why"), rows)


def _of(one: Derivation) -> Table:
    reads = [f"{given} ({STEPS[given]})" if given in STEPS else given for given in one.inputs]
    rows = (
        ("Meaning", one.meaning),
        ("Official", f"{one.official} {one.uid}".strip() or "none was found"),
        ("Grain", one.grain),
        ("Reads", "; ".join(reads)),
        ("Rests on", "; ".join(submitted_by(one))),
        ("Read by", ", ".join(each.name for each in read_by(one))),
        ("A blank", one.when_null),
        ("Assumed", ", ".join(one.assumed)),
        ("Source", one.source),
    )
    return Table("derivation", one.name, ("", ""), tuple(row for row in rows if row[1]))
