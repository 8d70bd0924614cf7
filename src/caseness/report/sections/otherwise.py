"""What the same money could buy otherwise: scenarios, beside the programme, on one yardstick."""

from __future__ import annotations

from caseness.audit.otherwise import Otherwise
from caseness.audit.run import Audit
from caseness.report.blocks import Figure, Items, Paragraph, Section, absent, name_sources
from caseness.report.charts.scenarios import draw_purchases, name_purchase
from caseness.report.sentence import Part, say
from caseness.report.table import Table, files_only, numbers, words

_ID, _HEADING = "otherwise", "What the money could buy otherwise"
_SAID = (
    "These are scenarios that a reader may change, not findings. Each is held to the programme's own yardstick: additional "
    "recoveries for a million pounds, and standard deviations of symptoms for a thousand. An effect becomes recoveries by "
    "moving a normal distribution of scores, of which natural recovery, or a share of your own, says how many are below the "
    "thresholds anyway "
    "(Furukawa and Leucht 2011, doi 10.1371/journal.pone.0019070). Every range takes all ends together, and has no middle. "
    "Transferability is graded by judgement, from A to D. D is the least: other people, another country or another payment, "
    "so that the effect holds here is assumed and not shown."
)


def tell_otherwise(audit: Audit) -> Section:
    """The section of what the money could buy otherwise."""
    otherwise = audit.otherwise
    if otherwise is None or not otherwise.purchases:
        return Section(_ID, _HEADING, (absent(otherwise.absent if otherwise else "Nothing was compared."),))
    told = tuple(
        say(
            f"{one.label} (transferability {one.grade}, {one.status}): ",
            one.per_million,
            f" for a million pounds. {one.transferability}",
        )
        for one in otherwise.purchases[1:]
    )
    return Section(_ID, _HEADING, (Paragraph(say(_SAID)), _figure(audit, otherwise), Items(told)))


def _figure(audit: Audit, otherwise: Otherwise) -> Figure:
    place = f"{audit.subject.name}, {audit.subject.period.label}"
    parts: list[Part] = [
        part for one in otherwise.purchases for part in (f"{name_purchase(one)}: ", one.per_million, "; ")
    ]
    return Figure(
        id="fig-otherwise",
        heading=f"Additional recoveries for a million pounds, {place}",
        alternative=say("A range for each, and a line where nothing is additional. ", *parts[:-1], "."),
        describe=lambda width: draw_purchases(otherwise.purchases, width),
        table=_table(otherwise),
        citation=say(
            f"{place}, additional recoveries for a million pounds. ", *parts[:-1], ". Scenarios, not findings."
        ),
        basis=otherwise.basis,
        source=name_sources(
            "NHS England, National Cost Collection, Open Government Licence v3.0",
            *(one.source for one in otherwise.purchases[1:]),
        ),
        notes=(
            "Dots mark the two ends of a range. No place between them is likelier than another, so none is marked.",
            "Hollow dots: the effect was not verified in its source.",
        ),
    )


def _table(otherwise: Otherwise) -> Table:
    columns = (
        words("bought", "What is bought"), numbers("price", "For one person"), numbers("effect", "Standard deviations"),
        numbers("per_million", "Additional recoveries for £1 million"), numbers("per_thousand", "Standard deviations for £1,000"),
        words("grade", "Grade"), words("status", "Standing"), files_only("population", "Whom"), files_only("duration", "When measured"),
        files_only("source", "Source"),
    )  # fmt: skip
    rows = tuple(
        (
            one.label,
            one.price,
            one.effect,
            one.per_million,
            one.per_thousand,
            one.grade,
            one.status,
            one.population,
            one.duration,
            one.source,
        )
        for one in otherwise.purchases
    )
    return Table("otherwise", "The same yardstick for each", columns, rows, _notes(otherwise))


def _notes(otherwise: Otherwise) -> tuple[str, ...]:
    scenarios = otherwise.purchases[1:]
    return tuple(f"{one.label}: {one.population}. {one.duration}. Source: {one.source}." for one in scenarios)
