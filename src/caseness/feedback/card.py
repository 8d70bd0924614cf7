"""The model card of norms: what they are for, what they rest on, how well they held, and where they may not be used."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from caseness.feedback.accuracy import accuracy_of
from caseness.feedback.cohort import OUTCOMES
from caseness.feedback.judging import STRICT
from caseness.feedback.norms import Measured, Norm, Norms
from caseness.feedback.rules import Rules, read_rules
from caseness.feedback.signal import INTENDED_PURPOSE
from caseness.instruments import instrument
from caseness.stats.signal_accuracy import Rate

# The counts of a card are of one service's own people, and some are small.
OWN_USE = "Counts are exact and unsuppressed: for the service's own use, and not for publication."
LIMITS = (
    "Norms describe courses as they went. They say nothing of why, or of what another treatment would have done.",
    "Beyond early sessions they are of those who were still there. Whoever left is in no later cell.",
    "A session is a day with a treatment contact. How far apart sessions lie is not in the bands.",
    "A course whose intensity changed lends its scores before the change, and gets no band after it.",
    "A predictive value holds where endings are as common as here. It changes when practice does: fit norms again each year.",
    "The first score may have been taken long before treatment. What changed while waiting counts as change at session 2.",
)


@dataclass(frozen=True)
class CardTable:
    """A table of the card, all cells in words."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()


def card_tables(norms: Norms) -> tuple[CardTable, ...]:
    """The card as tables: what was fitted, what the bands held, how often signals were right, and what they go by."""
    return _summary(norms), _coverage(norms), _accuracy(norms), _numbers(norms)


def state_of(norms: Norms) -> str:
    """Whether bands are drawn with these norms, in a sentence."""
    if norms.made_up:
        return "Made-up people: bands are drawn in a demonstration alone, and nobody can enable them."
    signed = norms.sign_off
    if signed is None:
        return "Not enabled: no bands are drawn until a clinical safety officer enables them (`caseness norms enable`)."
    return f"Enabled by {signed.officer} on {signed.on}. Bands are drawn where a norm has passed."


def render_card(norms: Norms) -> str:
    """The card as Markdown.

    A file that is made of made-up people says so at the top.
    """
    first, last = norms.months[0], norms.months[-1]
    made_up = [f"**{norms.made_up}**", ""] if norms.made_up else []
    top = [
        f"# Norms of expected courses: {norms.record}",
        "",
        *made_up,
        f"Fitted to {len(norms.months)} months, {first} to {last}, with Caseness {norms.version}. Providers: "
        f"{', '.join(norms.providers)}. {state_of(norms)}",
        "",
        f"**Intended purpose.** {INTENDED_PURPOSE}",
        "",
        OWN_USE,
        "",
        f"Hash of the content: `{norms.content}`.",
        "",
    ]
    tables = [line for one in card_tables(norms) for line in _markdown(one)]
    limits = ["## What they cannot tell", "", *(f"- {each}" for each in LIMITS), ""]
    left_out = ["## What was left out", "", *(f"- {each}" for each in norms.not_fitted or ("Nothing.",)), ""]
    return "\n".join([*top, *tables, *limits, *left_out])


def _markdown(table: CardTable) -> Iterator[str]:
    yield from (f"## {table.title}", "")
    yield f"| {' | '.join(table.columns)} |"
    yield f"|{'---|' * len(table.columns)}"
    yield from (f"| {' | '.join(row)} |" for row in table.rows)
    yield ""
    for note in table.notes:
        yield from (note, "")


def _name(norm: Norm) -> tuple[str, str]:
    return instrument(norm.instrument_id).short_name, norm.intensity


def _summary(norms: Norms) -> CardTable:
    rows = tuple(
        (
            *_name(one),
            f"{one.people:,}",
            f"{one.courses:,}",
            f"{one.scores:,}",
            ", ".join("no band" if isnan(margin) else f"{margin:.2g}" for margin in one.margins.values()),
            "yes" if one.passes else f"no: {' '.join(one.why_not)}",
        )
        for one in norms.norms
    )
    columns = ("Questionnaire", "Intensity", "People", "Courses", "Scores", "Margins", "Passed")
    margins = " and ".join(f"{content:.0%}" for content in norms.norms[0].contents)
    notes = (
        state_of(norms),
        OWN_USE,
        f"Margins are the points by which the bands of {margins} were widened, learned from people whom nothing was fitted to.",
        *(f"{' '.join(_name(one))}: no mixed model. {one.why_no_model}" for one in norms.norms if one.why_no_model),
    )
    return CardTable("norms", "What was fitted", columns, rows, notes)


def _coverage(norms: Norms) -> CardTable:
    rows = tuple(
        (
            *_name(norm),
            f"{one.content:.0%}",
            one.by if one.by == one.group else f"{one.by}: {one.group}",
            f"{one.people:,}",
            f"{one.inside:.1%} ({one.low:.1%} to {one.high:.1%})",
            f"{one.below:.1%}",
            f"{one.above:.1%}",
        )
        for norm in norms.norms
        for one in norm.covered
    )
    columns = ("Questionnaire", "Intensity", "Band", "Among", "People", "Scores inside", "Below", "Above")
    notes = (
        "Of people whom neither bands nor margins were fitted to. A score on the end of a band is inside.",
        "Only the worse end signals. To pass, the part of scores beyond it, among all, is within "
        f"{100 * norms.rules['worse_tail']:g} points of half of what the band leaves out (worse_tail, below).",
    )
    return CardTable("coverage", "What the bands held", columns, rows, notes)


def _accuracy(norms: Norms) -> CardTable:
    titles = {**{one.id: one.title for one in read_rules().words.values()}, STRICT: "Beyond the wider band"}
    rows = tuple(
        (*_name(norm), titles[one.signal], one.outcome, *_measured(one))
        for norm in norms.norms
        for one in norm.measured
    )
    columns = (
        "Questionnaire", "Intensity", "Signal", "Outcome", "Courses", "Outcome came", "Flagged", "Right when flagged",
        "Found of those", "Looked at to find one",
    )  # fmt: skip
    notes = (
        "A course counts as flagged if the signal was raised before its last score. Intervals of 95 %.",
        *(f"{name.capitalize()}: {says}" for name, says in OUTCOMES.items()),
    )
    return CardTable("accuracy", "How often signals were right", columns, rows, notes)


def _measured(one: Measured) -> tuple[str, ...]:
    found = accuracy_of(one)
    every = one.hits + one.false_alarms + one.missed + one.rightly_silent
    review = found.number_needed_to_review
    looked = f"{review.value:.1f} ({review.low:.1f} to {review.high:.1f})" if one.hits else "none found"
    burden, right, found_of = map(_percent, (found.alert_burden, found.positive_predictive_value, found.sensitivity))
    return f"{every:,}", f"{one.hits + one.missed:,}", burden, right, found_of, looked


def _percent(rate: Rate) -> str:
    return "nobody" if isnan(rate.value) else f"{rate.value:.0%} ({rate.low:.0%} to {rate.high:.0%})"


def _numbers(norms: Norms) -> CardTable:
    shipped: Rules = read_rules()
    rows = tuple(
        (name, f"{value:g}", shipped.numbers[name].says, _rests(shipped, name, value))
        for name, value in norms.rules.items()
    )
    columns = ("Number", "Value", "What it is", "Source")
    return CardTable("numbers", "What they go by", columns, rows, ("`--rules FILE` changes them.",))


def _rests(shipped: Rules, name: str, value: float) -> str:
    one = shipped.numbers[name]
    if value != one.value:
        return f"Changed by a file; shipped as {one.value:g}."
    if one.verified:
        return f"{one.source}."
    return f"Not verified: {one.reason} ({one.source})" if one.source else one.reason
