"""What the figures of one publication have to do with each other: the counts that they are made of, and where rows belong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from caseness.disclosure.partitions import Division, Instead, divide
from caseness.disclosure.refusals import CannotProtect
from caseness.measures import all_measures
from caseness.measures.algebra import COUNT, PERCENTAGE, Measure, Part, Total, count_of
from caseness.measures.places import Places
from caseness.results import Results

LEAF_LEVEL = "sub-icb-provider"
_NAMED = 3


@dataclass(frozen=True, eq=False)
class Linkage:
    """The counts behind the measures of a publication, to be computed at the finest level.

    `atoms` holds for each part that is added up the measure that counts it. `leaves` are their exact figures for each
    provider and commissioner, once they were computed.
    """

    measures: Mapping[str, Measure]
    atoms: Mapping[Part, Measure]
    division: Division
    places: Places
    leaves: Results | None = None

    @property
    def held_back(self) -> tuple[tuple[tuple[str, ...], str], ...]:
        """The counts that are not let out for the sake of others, set by set, with the reason."""
        held = self.division.instead
        sets = {one: tuple(part for part, kept in held.items() if kept is one) for one in held.values()}
        return tuple((parts, _say_why(parts, one)) for one, parts in sets.items())

    @property
    def says_what_is_held_back(self) -> tuple[str, ...]:
        """For each count that is not let out for the sake of others: which, why, and what to do."""
        return tuple(
            f"{why} For the others, name them with --measure and leave these out." for _, why in self.held_back
        )

    def over(self, leaves: Results) -> Linkage:
        """The same, with the exact counts at the finest level."""
        return replace(self, leaves=leaves)


def link(measures: Sequence[Measure], places: Places) -> Linkage:
    """Find the counts that measures are made of.

    Parameters
    ----------
    measures : what is to be let out together
    places : the board and region of a row

    Raises
    ------
    CannotProtect
        If a measure is none of the official catalogue: how others add up is not declared.

    Examples
    --------
    >>> from caseness.measures import choose, places_of_providers
    >>> linkage = link(choose(["M192"]), places_of_providers())
    >>> [one.id for one in linkage.atoms.values()]
    ['M191', 'M076', 'M179']
    """
    _require_official(measures)
    parts = dict.fromkeys(part for one in measures for part in counted_parts(one))
    official = {one.above.terms[0][1]: one for one in all_measures().values() if _counts_one(one)}
    atoms = {part: official.get(part) or _own_count(number, part) for number, part in enumerate(parts)}
    division = divide([one.id for one in atoms.values()])
    return Linkage({one.id: one for one in measures}, atoms, division, places)


def counted_parts(measure: Measure) -> tuple[Part, ...]:
    """The parts of a measure that are counts to be let out: of a mean or a median, how many rows it is of."""
    if measure.statistic in (COUNT, PERCENTAGE):
        return measure.parts
    return tuple(dict.fromkeys(measure.below.parts)) if measure.below else ()


def _counts_one(measure: Measure) -> bool:
    return measure.statistic == COUNT and len(measure.above.terms) == 1


def _own_count(number: int, part: Part) -> Measure:
    return count_of(f"part {number}", part.says, Total(((1, part),)))


def _require_official(measures: Iterable[Measure]) -> None:
    others = [one.id for one in measures if all_measures().get(one.id) is not one]
    if others:
        named = ", ".join(others[:_NAMED])
        raise CannotProtect(
            f"{len(others)} measures are none of the official catalogue ({named}). Which of their counts add up to others is "
            "not declared, so they cannot be protected together. Nothing was computed. Ask for official measures, or choose "
            "a policy that looks at each figure by itself."
        )


def _say_why(parts: Sequence[str], instead: Instead) -> str:
    is_one = len(parts) == 1
    are, they = ("is", "it") if is_one else ("are", "they")
    verbs = {verb: f"{verb}s" if is_one else verb for verb in ("add", "lie", "change")}
    named = {"whole": instead.whole, "parts": _listed(instead.parts), "others": _listed(instead.others)}
    how = instead.says.format(they=they, **named, **verbs)
    return f"{_listed(parts)} {are} starred throughout: {how}, and the two would tell of each other."


def _listed(ids: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(ids[:-1]), *ids[-1:])))
