"""Figures that are computed and let out under a disclosure policy, table by table or, where they hang together, at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from caseness.cli.grains import Derived
from caseness.disclosure import LEAF_LEVEL, CannotProtect, Linkage, Policy, link, release
from caseness.measures import TEAM, Measure, Places, Variable, compute_tables
from caseness.periods import Period
from caseness.results import Results, Selection


@dataclass(frozen=True, eq=False)
class Wanted:
    """What is to be computed, and let out together."""

    periods: tuple[Period, ...]
    measures: tuple[Measure, ...]
    levels: tuple[str, ...]
    places: Places
    variables: tuple[Variable, ...]


def let_out(given: Derived, wanted: Wanted, policy: Policy) -> Iterator[pa.Table]:
    """The figures as the policy shows them, one table after the other.

    Raises
    ------
    CannotProtect
        If the policy lets figures out together, and these cannot be protected together.
    """
    if policy.rules.needs_all:
        figures = Results(pa.concat_tables(_computed(given, wanted, wanted.measures, wanted.levels)))
        return iter([release(figures, policy, _linkage(given, wanted)).select(Selection()).table])
    tables = _computed(given, wanted, wanted.measures, wanted.levels)
    return (release(Results(table), policy).select(Selection()).table for table in tables)


def says_what_is_held_back(wanted: Wanted, policy: Policy) -> tuple[str, ...]:
    """What a policy that lets figures out together stars throughout, and why."""
    return link(wanted.measures, wanted.places).says_what_is_held_back if policy.rules.needs_all else ()


# A policy that lets figures out together needs the counts that they are made of, from the finest level up.
def _linkage(given: Derived, wanted: Wanted) -> Linkage:
    _require_that_groups_add_up(wanted)
    linkage = link(wanted.measures, wanted.places)
    atoms = tuple(linkage.atoms.values())
    return linkage.over(Results(pa.concat_tables(_computed(given, wanted, atoms, (LEAF_LEVEL,)))))


def _computed(
    given: Derived, wanted: Wanted, measures: tuple[Measure, ...], levels: tuple[str, ...]
) -> Iterator[pa.Table]:
    more = (wanted.places, given.source, wanted.variables)
    return compute_tables(given.grains, wanted.periods, measures, levels, *more)


def _require_that_groups_add_up(wanted: Wanted) -> None:
    if TEAM in wanted.levels:
        raise CannotProtect(
            "A team of one is one person's work, and teams cross what figures are linked by, so no figure of a team is let out "
            "under this policy. Nothing was written. Leave out --level team."
        )
    for one in wanted.variables:
        if one.overlaps or any(value.within for value in one.values):
            raise CannotProtect(
                f"The groups of {one.title} do not add up to everybody, as a person can be in several, or in a group within "
                "another. How to protect them together is not known. Nothing was written. Ask for another --breakdown."
            )
