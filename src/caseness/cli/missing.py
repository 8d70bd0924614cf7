"""`caseness missing`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.missing import BoundedRate, MissingBasis, MissingOutcomes, bound_missing
from caseness.audit.subject import choose
from caseness.cli.options import about_option, gather_record, output_options, releases_option
from caseness.cli.show import Table, answer

_NOTE = "Had none of those of unknown outcome had it, and had all of them had it. Nobody's outcome is filled in."


@click.command(name="missing")
@releases_option()
@about_option()
@output_options()
def command(
    releases: Path | None,
    period: str | None,
    organisation: str | None,
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """Worst and best case of each rate, since not everyone's outcome is known."""
    record = gather_record(releases)
    chosen = choose(record, period, organisation)
    missing = bound_missing(record, chosen)
    answer(_tables(missing, f"{chosen.name}, {chosen.period.label}"), missing, as_json, out, formats)


def _tables(missing: MissingOutcomes, title: str) -> list[Table]:
    if not missing.bases:
        return [
            Table("missing", f"Worst and best case: {title}", ("Rate",), (), ("Paired scores were not published.",))
        ]
    return [table for one in missing.bases for table in (_levels(one, title), _people(one, title))]


def _levels(basis: MissingBasis, title: str) -> Table:
    rows = tuple(row for rate in basis.rates for row in _rows(rate))
    blank = [one for one in basis.rates[0].levels if not one.span.is_known]
    return Table(
        f"missing-{basis.basis.replace(' ', '-')}",
        f"Worst and best case: {title} ({basis.basis})",
        ("Rate", "Of whom", "Published", "Unknown", "If none had it", "If all had it", "Apart"),
        rows,
        (_NOTE, *(f"{one.level.label}: {one.why_blank}" for one in blank)),
    )


def _rows(rate: BoundedRate) -> list[tuple]:
    known = [one for one in rate.levels if one.span.is_known]
    return [
        (
            rate.label,
            one.level.label + (" (other people)" if one.level.is_ratio_of_flows else ""),
            rate.official if one.level.id == "finisher" else "",
            one.missing,
            one.if_none,
            one.if_all,
            one.width,
        )
        for one in known
    ]


def _people(basis: MissingBasis, title: str) -> Table:
    return Table(
        f"missing-people-{basis.basis.replace(' ', '-')}",
        f"Whose outcome is unknown: {title} ({basis.basis})",
        ("Group", "Count", "Why"),
        tuple((one.label, one.count, one.why) for one in basis.strata),
    )
