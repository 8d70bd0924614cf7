"""Differences between services, beyond chance and beyond what is usual; and between groups of people."""

from __future__ import annotations

from caseness.audit.run import Audit
from caseness.audit.variation.model import Comparison, Deciles, Point, Variation
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.charts.deciles import draw_deciles
from caseness.report.charts.funnel import draw_funnel
from caseness.report.pointers import Held
from caseness.report.sections.variation_groups import tell_groups
from caseness.report.sentence import Sentence, say
from caseness.report.table import Table, files_only, numbers, words
from caseness.results import ENGLAND

_HEADING = "Differences between services and between groups"
_DRAWN = ("reliable_recovery", "recovery")
_FUNNEL_NOTES = (
    "Solid lines and grey band: chance and the usual spread between services together. Dashed: chance alone.",
    "Dot: within the limits. Ring: outside those of chance alone. Triangle: outside those that allow for the usual spread too.",
)
_DECILES_ALONE = (
    "Blue with circles: England. Grey: nine deciles of the services, the median whole and the others dotted."
)
_TENTH, _MEDIAN, _NINETIETH = 0, 4, 8


def tell_variation(audit: Audit) -> Section:
    """The section of differences between services and between groups."""
    variation = audit.variation
    if variation is None:
        return Section("variation", _HEADING, (absent("Nothing was compared."),))
    blocks: list[Block] = [
        Heading("Between services", "services"),
        *_services(variation, audit.assumptions.number("variation.warning_limit")),
    ]
    blocks += [Heading("Between groups of people", "groups"), *tell_groups(variation)]
    return Section("variation", _HEADING, tuple(blocks))


def _services(variation: Variation, inner: float) -> list[Block]:
    compared = [one for one in variation.comparisons if one.points]
    if not compared:
        reasons = dict.fromkeys(one.why_not for one in variation.comparisons)
        return [absent(f"{variation.period.label}: {' '.join(reasons)}")]
    blocks: list[Block] = [Paragraph(_introduction(variation)), Items(tuple(say(one) for one in variation.cautions))]
    blocks += [Grid(_counts_table(variation), "as stated in each row")]
    blocks += [_funnel(variation, one, inner) for one in compared if one.id in _DRAWN]
    blocks += [Grid(_flagged_table(variation), "as stated in each row")] if any(one.flagged for one in compared) else []
    blocks += [Heading("How much of it is chance, and does it last?", "noise"), *_screen(variation, compared)]
    return [*blocks, *_deciles(variation)]


def _introduction(variation: Variation) -> Sentence:
    return say(
        "Services that treat the same people equally well differ by chance. Those with at least ",
        variation.smallest_denominator,
        f" people to judge by in {variation.period.label} are held against all of them together, first by chance alone and "
        "then allowing for the spread that is usual between services. The limits stand at ",
        variation.action_limit,
        " standard errors.",
    )  # fmt: skip


def _counts_table(variation: Variation) -> Table:
    columns = (
        words("measure", "Share"), files_only("of", "Of whom"), words("basis", "Basis"), numbers("centre", "All together"),
        numbers("compared", "Services compared"), numbers("small", "Too small"), numbers("suppressed", "Suppressed"),
        numbers("naive", "Outside chance alone"), numbers("naive_ends", "within rounding"),
        numbers("flagged", "Outside the usual spread too"), numbers("flagged_ends", "within rounding"),
        files_only("note", "To be known"),
    )  # fmt: skip
    rows = tuple(_counts_row(one) for one in variation.comparisons)
    notes = (
        "Within rounding: how many it could be, since counts below England are rounded to 5 and small ones suppressed.",
        *(f"{one.label}, of {one.of}: {one.note}" for one in variation.comparisons if one.points),
        *(f"{one.label}: {one.why_not}" for one in variation.comparisons if one.why_not),
    )
    caption = (
        f"Services outside the limits, {variation.period.label}: of chance alone, and of chance and the usual spread"
    )
    return Table("variation-services", caption, columns, rows, notes)


def _counts_row(one: Comparison) -> tuple:
    left_out = tuple(Held(one.left_out, name) for name in ("compared", "small", "suppressed"))
    outside = (Held(one, "flagged_naively"), one.flagged_naively_ends, Held(one, "flagged"), one.flagged_ends)
    return (one.label, one.of, one.basis, one.centre, *left_out, *outside, one.note)


def _funnel(variation: Variation, one: Comparison, inner: float) -> Figure:
    own = [point for point in one.points if point.organisation == variation.organisation]
    slug = one.id.replace("_", "-")
    dotted = f"Dotted: {inner:g} standard errors with the usual spread."
    named = (f"Diamond with a code: {variation.name}.",) if own else ()
    return Figure(
        id=f"fig-funnel-{slug}",
        heading=f"{one.label} of each service by its size, {variation.period.label}",
        alternative=_alternative(one),
        describe=lambda width: draw_funnel(one, variation.organisation, width),
        table=_points_table(one, slug),
        citation=_cite(variation, one, own),
        basis=one.basis,
        notes=(
            *_FUNNEL_NOTES,
            dotted,
            *named,
            "Sizes stand on a logarithmic axis; that of rates does not begin at nought.",
        ),
    )


def _alternative(one: Comparison) -> Sentence:
    return say(
        "A funnel of ", Held(one.left_out, "compared"), " services around ", one.centre, ". Outside the limits of chance alone lie ",
        Held(one, "flagged_naively"), "; outside those that allow for the usual spread between services, ", Held(one, "flagged"), ".",
    )  # fmt: skip


def _cite(variation: Variation, one: Comparison, own: list[Point]) -> Sentence:
    said = say(
        f"{one.label}, {variation.period.label}: ", Held(one, "flagged_naively"), " of ", Held(one.left_out, "compared"),
        " services differ by more than chance, ", Held(one, "flagged"), " by more than chance and the usual spread.",
    )  # fmt: skip
    if not own:
        return said
    return said + say(f"{variation.name}: ", own[0].share, f", {_standing(own[0])}.")


def _standing(point: Point) -> str:
    if point.is_flagged:
        return f"{_side(point)} both limits"
    return f"{_side(point)} the limits of chance alone only" if point.is_flagged_naively else "within both limits"


def _side(point: Point) -> str:
    return "above" if point.score > 0 else "below"


def _points_table(one: Comparison, slug: str) -> Table:
    columns = (
        words("organisation", "Code"), words("name", "Service"), numbers("part", "Counted"), numbers("whole", "Of"),
        numbers("share", "Share"), words("standing", "Standing"), words("may_change", "Rounding could change it"),
    )  # fmt: skip
    rows = tuple(
        (
            point.organisation,
            point.name,
            point.part,
            point.whole,
            point.share,
            _standing(point),
            "yes" if point.may_change or point.naive_may_change else "",
        )
        for point in one.points
    )
    return Table(f"funnel-{slug}", f"{one.label}: every service compared, in order of code", columns, rows)


def _flagged_table(variation: Variation) -> Table:
    columns = (
        words("organisation", "Code"), words("name", "Service"), words("measure", "Share"), numbers("share", "Its own"),
        numbers("centre", "All together"), words("side", "Lies"), words("may_change", "Rounding could change it"),
    )  # fmt: skip
    found = [(point, one) for one in variation.comparisons for point in one.flagged_points]
    rows = tuple(
        (
            point.organisation,
            point.name,
            one.label,
            point.share,
            one.centre,
            _side(point),
            "yes" if point.may_change else "",
        )
        for point, one in sorted(found, key=lambda each: each[0].organisation)
    )
    notes = (
        "In order of code. To stand here means: differs by more than chance and the usual spread. A reason to ask, not a verdict.",
    )
    caption = "Services that differ by more than chance and the usual spread between services"
    return Table("variation-flagged", caption, columns, rows, notes)


def _screen(variation: Variation, compared: list[Comparison]) -> list[Block]:
    columns = (
        words("measure", "Share"), numbers("chance", "Chance alone would give"), numbers("raw", "Dispersion"),
        numbers("drawn_in", "without the extremes"), numbers("spread", "Usual spread"), numbers("reach", "Chance at middle size"),
        numbers("size", "Middle size"), numbers("foretells", "Correlation with the year before"), numbers("pairs", "Services in both"),
        files_only("statement", "In words"),
    )  # fmt: skip
    rows = tuple(_screen_row(one) for one in compared)
    notes = (
        "Chance alone would give: the percentage of the variance between services that chance explains. Dispersion: 1 if chance explained all. "
        "Usual spread, and chance at the middle size: standard deviations.",
        "What is not chance is not therefore the work of the service: who comes, what is recorded and who stays differ too, and last as well.",
    )
    caption = f"A screen against reading noise as difference, {variation.period.label}"
    said: dict[str, list[str]] = {}
    for one in compared:
        said.setdefault(one.screen.statement if one.screen else "", []).append(one.label)
    blocks: list[Block] = [Items(tuple(say(f"{'; '.join(labels)}. {words}") for words, labels in said.items()))]
    blocks += [Grid(Table("variation-noise", caption, columns, rows, notes))]
    if variation.selection is None or not variation.selection.correlation.is_known:
        return blocks
    return [*blocks, Paragraph(say(variation.selection.statement))]


def _screen_row(one: Comparison) -> tuple:
    screen = one.screen
    assert screen is not None, "a measure that is compared is screened"
    held = (Held(screen, "raw_dispersion", "ratio"), Held(screen, "dispersion", "ratio"))
    spread = (screen.usual_spread, screen.chance_reach, screen.size)
    return (one.label, screen.chance_share, *held, *spread, screen.foretells, Held(screen, "pairs"), screen.statement)


def _deciles(variation: Variation) -> list[Block]:
    if not variation.deciles:
        return []
    drawn = [one for one in variation.deciles if one.id == _DRAWN[0]]
    heading = Heading("Over the years", "deciles")
    return [heading, *(_decile_figure(variation, one) for one in drawn), Grid(_deciles_table(variation))]


def _decile_figure(variation: Variation, one: Deciles) -> Figure:
    first, last = one.years[0], one.years[-1]
    ends = (last.deciles[_TENTH], " and ", last.deciles[_NINETIETH])
    is_own = variation.organisation != ENGLAND
    key = (
        ("line-0", "England"),
        *((("line-1", variation.name),) if is_own else ()),
        ("line-3", "nine deciles of the services, the median whole"),
    )
    return Figure(
        id=f"fig-deciles-{one.id.replace('_', '-')}",
        heading=f"{one.label}: how services lie around England, {first.period.label} to {last.period.label}",
        alternative=say(
            f"In {last.period.label} eight in ten services lie between ", *ends, "; England: ", last.england, "."
        ),
        describe=lambda width: draw_deciles(one, width),
        table=_years_table(variation, one),
        citation=say(f"{one.label}, {last.period.label}: eight in ten services lie between ", *ends, "."),
        basis=one.basis,
        key=key,
        alone=(_DECILES_ALONE, *((f"Dark orange with diamonds: {variation.name}.",) if is_own else ())),
        notes=("No service but the subject of this audit is named. The axis does not begin at nought.",),
    )


def _years_table(variation: Variation, one: Deciles) -> Table:
    tenths = tuple(numbers(f"decile_{i}", f"{i}0 %") for i in range(1, 10))
    columns = (words("year", "Year"), numbers("services", "Services"), *tenths, *_rates(variation))
    rows = tuple(
        (year.period.label, Held(year, "organisations"), *year.deciles, year.england, *_own(variation, year.own))
        for year in one.years
    )
    slug = one.id.replace("_", "-")
    return Table(
        f"deciles-{slug}", f"{one.label}: deciles of the services, with at least so many people", columns, rows
    )


def _deciles_table(variation: Variation) -> Table:
    tenths = (numbers("tenth", "10 %"), numbers("median", "Median"), numbers("ninetieth", "90 %"))
    columns = (
        words("measure", "Share"),
        words("year", "Year"),
        numbers("services", "Services"),
        *tenths,
        *_rates(variation),
    )
    rows = tuple(
        (
            one.label,
            year.period.label,
            Held(year, "organisations"),
            *(year.deciles[i] for i in (_TENTH, _MEDIAN, _NINETIETH)),
            year.england,
            *_own(variation, year.own),
        )
        for one in variation.deciles
        for year in one.years
    )
    return Table("deciles", "Every share: tenth, middle and ninetieth of a hundred services, by year", columns, rows)


def _rates(variation: Variation) -> tuple:
    own = (numbers("own", variation.organisation),) if variation.organisation != ENGLAND else ()
    return (numbers("england", "England"), *own)


def _own(variation: Variation, rate: object) -> tuple:
    return () if variation.organisation == ENGLAND else (rate,)
