"""`caseness variation`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from caseness.audit.quantity import Quantity
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.audit.variation import Variation, compare
from caseness.audit.variation.measures import MEASURES
from caseness.audit.variation.model import Comparison, Gaps
from caseness.audit.variation.tally import RATES
from caseness.cli.options import (
    about_option,
    assumptions_option,
    open_assumptions,
    open_source,
    output_options,
    releases_option,
)
from caseness.cli.show import Table, answer, working
from caseness.disclosure import release


@click.command(name="variation")
@releases_option()
@about_option()
@click.option(
    "--measure",
    "measures",
    multiple=True,
    type=click.Choice([one.id for one in MEASURES]),
    help="Which share to list services for. Repeat for more; without it: all of them.",
)
@assumptions_option()
@output_options()
def command(
    releases: Path | None,
    period: str | None,
    organisation: str | None,
    measures: tuple[str, ...],
    assumptions: Path | None,
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """Services and groups that differ by more than chance, and by more than services usually do."""
    assumed = open_assumptions(assumptions)
    released = release(open_source(releases))
    with working("Comparing services and groups ..."):
        record = gather(released)
        variation = compare(record, released, choose(record, period, organisation), assumed)
    wanted = [one for one in variation.comparisons if not measures or one.id in measures]
    answer(list(_tables(variation, wanted)), variation, as_json, out, formats)


_ROUNDING = "Own shares and those of all together run from the least to the most that rounded counts allow: no interval of chance."


def _tables(variation: Variation, wanted: list[Comparison]) -> Iterator[Table]:
    yield _services_table(variation, wanted)
    if any(one.flagged for one in wanted):
        yield _flagged_table(wanted)
    yield _gaps_table(variation.gaps)


def _services_table(variation: Variation, wanted: list[Comparison]) -> Table:
    compared = [one for one in wanted if one.screen]
    said = [f"{one.label}: {one.screen.statement}" for one in compared if one.screen]
    why_not = dict.fromkeys(one.why_not for one in wanted if one.why_not)
    return Table(
        "variation",
        f"Services outside the limits of chance, and of chance and the usual spread: {variation.period.label}",
        ("Share", "Basis", "All together", "Compared", "Left out", "Chance alone", "Usual spread too"),
        tuple(_services_row(one) for one in compared),
        (*said, *why_not, *((_ROUNDING, variation.cautions[0]) if compared else ())),
    )


def _services_row(one: Comparison) -> tuple[str | Quantity, ...]:
    left_out = one.left_out.listed - one.left_out.compared
    counted = (one.left_out.compared, left_out, one.flagged_naively, one.flagged)
    return (one.label, one.basis, one.centre, *(Quantity(number, number, number) for number in counted))


def _flagged_table(wanted: list[Comparison]) -> Table:
    found = [(point, one) for one in wanted for point in one.flagged_points]
    return Table(
        "variation-flagged",
        "Services that differ by more than chance and the usual spread, in order of code",
        ("Code", "Service", "Share", "Its own", "All together", "Rounding could change it"),
        tuple(
            (point.organisation, point.name, one.label, point.share, one.centre, "yes" if point.may_change else "")
            for point, one in sorted(found, key=lambda each: each[0].organisation)
        ),
        ("A reason to ask, not a verdict.", _ROUNDING),
    )


def _gaps_table(gaps: Gaps) -> Table:
    return Table(
        "gaps",
        f"The widest gaps between groups, England, {gaps.period.label}",
        ("By", "Share", "Higher, or first", "First share", "Lower, or last", "Second share", "Gap"),
        tuple(
            (by.label, RATES[one.measure], one.first, one.first_rate, one.second, one.second_rate, one.gap)
            for by in gaps.breakdowns
            for one in by.extremes
        ),
        (gaps.why_not,)
        if gaps.why_not
        else ("Intervals are those of chance only. 1 is the least deprived tenth here.",),
    )
