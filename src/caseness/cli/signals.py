"""`caseness signals`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from caseness.cli.grains import Derived, How, derived
from caseness.cli.marking import marked
from caseness.cli.options import output_options, rules_option
from caseness.cli.show import Table, answer, working
from caseness.derive import read_options
from caseness.errors import CannotDerive, UnreadableRecord
from caseness.feedback.card import state_of
from caseness.feedback.case import say_others
from caseness.feedback.norms import Norms
from caseness.feedback.norms_file import read_norms
from caseness.feedback.reading import open_courses, providers_of
from caseness.feedback.rules import Rules, read_rules
from caseness.feedback.signal import INTENDED_PURPOSE
from caseness.feedback.signals import Listed, signals_of_caseload

_NO_NORMS = "Without norms no expected band is drawn, and no accuracy is told: `caseness norms fit` makes them."
_DEMONSTRATION = "DEMONSTRATION: bands are drawn with norms that nobody enabled. Nobody may be treated by this list."
_TOTALS = "A record that is submitted holds totals alone: no item about risk can be looked at. Look at it where it is answered."
_NO_PRACTICE = "If it is the record or the sheet of a practice: those have no signals yet."
_SHOWN = 40


@click.command(name="signals")
@click.argument("path", metavar="DIR")
@click.option(
    "--norms",
    "norms_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Norms that `caseness norms fit` made of this service.",
)
@click.option(
    "--demonstration",
    is_flag=True,
    help="Use norms that nobody enabled, or of made-up people. For training; nobody may be treated by it.",
)
@click.option(
    "--rules",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A TOML file that changes some of the numbers that signals go by.",
)
@rules_option()
@output_options(folder="A folder to write into. It will hold personal data.")
def command(
    path: str,
    norms_file: Path | None,
    demonstration: bool,
    rules: Path | None,
    chosen: tuple[str, ...],
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """The open courses of the record at DIR with what is noticed in them, most urgent first.

    DIR is a record, as for `caseness check`, or what `caseness derive --scores` made of one. A course stands there by the
    number of its pathway, on the last day of the record.

    A signal supports a professional's own judgement, in discussion and supervision. It is not for triage, diagnosis or
    discharge.
    """
    if demonstration and norms_file is None:
        raise click.UsageError("--demonstration says how norms are used: name them with --norms.")
    by, norms = read_rules(rules), read_norms(norms_file) if norms_file else None
    told = _look(path, How(read_options(chosen), scores=True), norms, by, demonstration)
    if told.others:
        click.echo(f"caseness: {told.others}", err=True)
    rows = _rows(told.listed)
    shown = rows if as_json or out else rows[:_SHOWN]
    table = _table(told, shown, len(rows))
    answer([marked(table, told.marks) if out else table], _content(told), as_json, out, formats)


def _look(path: str, how: How, norms: Norms | None, rules: Rules, demonstration: bool) -> _Told:
    try:
        with derived(path, how) as given, working("Looking at courses ..."):
            others = say_others(norms, providers_of(given.grains)) if norms else ""
            courses, used = open_courses(given.grains), norms if demonstration or not others else None
            listed = signals_of_caseload(courses, used, rules, demonstration)
    except (CannotDerive, UnreadableRecord) as problem:
        raise type(problem)(f"{problem} {_NO_PRACTICE}") from problem
    return _Told(given, norms, demonstration, len({one.reference for one in courses}), listed, others)


@dataclass(frozen=True, eq=False)
class _Told:
    given: Derived
    norms: Norms | None
    demonstration: bool
    courses: int
    listed: tuple[Listed, ...]
    others: str

    @property
    def marks(self) -> dict[str, str]:
        return {
            "Intended purpose": INTENDED_PURPOSE,
            "Demonstration": _DEMONSTRATION if self.demonstration else "",
            "Synthetic": self.given.grains.made_up,
        }

    @property
    def notes(self) -> tuple[str, ...]:
        norms = self.norms
        of_norms = _NO_NORMS if norms is None else self.others or f"Norms: {state_of(norms)}"
        of_norms = _DEMONSTRATION if self.demonstration else of_norms
        made_up = (self.given.grains.made_up, norms.made_up if norms and self.demonstration else "")
        return (
            INTENDED_PURPOSE,
            of_norms,
            _TOTALS,
            *dict.fromkeys(filter(None, (self.others, self.otherwise, *made_up))),
        )

    # Sessions and scores that count are other ones by other rules, so a band may be off.
    @property
    def otherwise(self) -> str:
        own = self.given.grains.options
        norms = self.norms.options if self.norms else own
        rules = ", ".join(rule for rule in own if norms.get(rule) != own[rule])
        return (
            f"These norms were fitted with other rules of deriving ({rules}): their bands may be off." if rules else ""
        )


def _rows(listed: tuple[Listed, ...]) -> list[tuple[str, ...]]:
    return [
        (
            one.course.reference,
            one.course.questionnaire.short_name if signal.is_of_scores else "",
            signal.urgency.says,
            signal.title,
            str(signal.since),
            signal.why,
            signal.accuracy,
        )
        for one in listed
        for signal in one.signals
    ]


def _table(told: _Told, rows: list[tuple[str, ...]], every: int) -> Table:
    columns = ("Course", "Questionnaire", "Look", "Signal", "Since", "Why", "Accuracy")
    day = max(told.given.grains.periods).end
    more = (f"{every - len(rows):,} more are not shown: ask for all with --out.",) if every > len(rows) else ()
    title = (
        f"{told.given.name}, {day}: {every:,} signals in {len({one.course.reference for one in told.listed}):,} of "
        f"{told.courses:,} open courses"
    )
    return Table("signals", title, columns, tuple(rows), (*more, *told.notes))


def _content(told: _Told) -> dict[str, object]:
    return {
        "intended_purpose": INTENDED_PURPOSE,
        "notes": told.notes,
        "as_of": max(told.given.grains.periods).end,
        "open_courses": told.courses,
        "courses": [
            {
                "course": one.course.reference,
                "questionnaire": one.course.instrument_id,
                "intensity": one.course.intensity,
                "signals": [
                    {
                        **vars(signal),
                        "questionnaire": one.course.instrument_id if signal.is_of_scores else "",
                        "urgency": signal.urgency.says,
                        "kind": signal.kind.name.lower(),
                    }
                    for signal in one.signals
                ],
            }
            for one in told.listed
        ],
    }
