"""What a derivation is: a named expression whose parameters are its lineage, and how several are applied to a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import getdoc, signature
from typing import TYPE_CHECKING, Any

from caseness.derive.assumed import DEFAULT, Options
from caseness.derive.submitted import SUBMITTED

if TYPE_CHECKING:
    import ibis

REFERRAL, CONTACT, LOG, STAGE, SUBMISSION_ROW = "referral", "contact", "internet_log", "stage", "submitted row"
# Made only where they are asked for.
EMPLOYMENT, SUPPORT, ATTRIBUTES, SCORE = "employment", "support", "attributes", "score"
ANNUAL, COURSE_CONTACT = "annual", "course_contact"
GRAINS = (REFERRAL, CONTACT, LOG, STAGE, EMPLOYMENT, SUPPORT, ATTRIBUTES, SCORE, ANNUAL, COURSE_CONTACT, SUBMISSION_ROW)
# A parameter of this name is handed the options, and is no part of the lineage.
_OPTIONS = "options"


@dataclass(frozen=True, eq=False)
class Derivation:
    """A derived column. `inputs` are other derivations, or submitted columns such as `IDS101Referral.ServDischDate`.

    `uid` is the official item code, empty where no document that was read gives one. `when_null` says what a blank
    does. `assumed` names the rules of `ASSUMED` that it rests on, and `is_wide` that it is filled only where a
    referral has ended, unless all columns are asked for.
    """

    name: str
    grain: str
    uid: str
    meaning: str
    parameters: tuple[str, ...]
    when_null: str
    source: str
    compute: Callable[..., Any]
    assumed: tuple[str, ...] = ()
    official: str = ""
    is_wide: bool = False
    takes_options: bool = False

    def __post_init__(self) -> None:
        if self.grain not in GRAINS:
            raise ValueError(f"{self.name}: the grain must be one of {', '.join(GRAINS)}")
        if not (self.meaning and self.when_null and self.source):
            raise ValueError(f"{self.name}: a derivation says what it means, what a blank does, and where it is from")

    def __call__(self, *given: Any, **named: Any) -> Any:
        """The expression over other expressions."""
        return self.compute(*given, **named)

    @property
    def inputs(self) -> tuple[str, ...]:
        """What it reads."""
        return tuple(SUBMITTED.get(name, name) for name in self.parameters)

    def over(self, table: ibis.Table, options: Options = DEFAULT) -> Any:
        """The expression over a table that has a column for each parameter."""
        given = {name: table[name] for name in self.parameters}
        return self.compute(**given, **({_OPTIONS: options} if self.takes_options else {}))


def derivation(
    grain: str,
    *,
    when_null: str,
    source: str,
    uid: str = "",
    assumed: Sequence[str] = (),
    official: str = "",
    is_wide: bool = False,
) -> Callable[[Callable[..., Any]], Derivation]:
    """Make a function of columns a derivation. Its name, docstring and parameters are the name, meaning and lineage.

    Examples
    --------
    >>> @derivation("referral", when_null="Null gives null.", source="an example")
    ... def wait(referral_date, first_session_date):
    ...     "Days from referral to the first session."
    ...     return first_session_date - referral_date
    >>> wait.name, wait.inputs, wait(3, 5)
    ('wait', ('IDS101Referral.ReferralRequestReceivedDate', 'first_session_date'), 2)
    """

    def declare(function: Callable[..., Any]) -> Derivation:
        names, meaning = tuple(signature(function).parameters), " ".join((getdoc(function) or "").split())
        reads = tuple(name for name in names if name != _OPTIONS)
        takes = _OPTIONS in names
        rules = tuple(assumed)
        return Derivation(
            function.__name__, grain, uid, meaning, reads, when_null, source, function, rules, official, is_wide, takes
        )

    return declare


def declared_in(members: Mapping[str, object]) -> tuple[Derivation, ...]:
    """The derivations among the names of a module, in the order in which they stand there."""
    found = [each if isinstance(each, tuple) else (each,) for each in members.values()]
    return tuple(one for each in found for one in each if isinstance(one, Derivation))


def lay_on(table: ibis.Table, derivations: Iterable[Derivation], options: Options = DEFAULT) -> ibis.Table:
    """A table with derivations of its own rows beside it, each as soon as all that it reads is there.

    Raises
    ------
    ValueError
        If one of them reads what neither the table nor another of them has.
    """
    waiting = list(derivations)
    while waiting:
        ready = [one for one in waiting if set(one.parameters) <= set(table.columns)]
        if not ready:
            lacking = sorted({name for one in waiting for name in one.parameters} - set(table.columns))
            raise ValueError(f"{waiting[0].name} cannot be derived: there is no {', '.join(lacking)}")
        table = table.mutate(**{one.name: one.over(table, options) for one in ready})
        waiting = [one for one in waiting if one not in ready]
    return table


def gather(
    table: ibis.Table, by: Iterable[str], derivations: Iterable[Derivation], options: Options = DEFAULT
) -> ibis.Table:
    """One row for each value of `by`, with derivations that are aggregates of its rows: one pass over the table."""
    return table.group_by(list(by)).agg(**{one.name: one.over(table, options) for one in derivations})
