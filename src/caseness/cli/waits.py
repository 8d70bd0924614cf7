"""`caseness waits`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.subject import choose
from caseness.audit.waits import WaitingList, Waits, WaitShare, measure
from caseness.cli.options import about_option, gather_record, output_options, releases_option
from caseness.cli.show import Table, answer
from caseness.programme import load

_MEETS = {True: "met", False: "NOT met", None: ""}


@click.command(name="waits")
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
    """Waits to the first and to the second treatment, against the targets as then in force."""
    record = gather_record(releases)
    chosen = choose(record, period, organisation)
    waits = measure(record, chosen.period, chosen.organisation, load("england"))
    answer(list(_tables(waits, f"{chosen.name}, {chosen.period.label}")), waits, as_json, out, formats)


def _tables(waits: Waits, title: str) -> tuple[Table, ...]:
    shares = Table(
        "waits",
        f"Shares of people by wait: {title}",
        ("Wait", "Of", "Basis", "Count", "Share", "Target", ""),
        tuple(
            (one.label, one.of, one.basis, one.part, one.share, _target(one), _MEETS[one.meets]) for one in waits.shares
        ),
        tuple(hidden.statement for hidden in waits.hidden),
    )
    lengths = Table(
        "wait-lengths",
        f"Days waited: {title}",
        ("Wait", "Basis", "Days", "Note"),
        tuple((one.label, one.basis, one.days, one.note) for one in waits.lengths),
    )
    return (shares, lengths) if waits.waiting_list is None else (shares, lengths, _list_table(waits.waiting_list))


def _target(share: WaitShare) -> str:
    if share.target is None:
        return ""
    return f"{share.target.value:g} %" + ("" if share.target.verified else " (not verified)")


def _list_table(waiting: WaitingList) -> Table:
    return Table(
        "waiting-list",
        f"Waiting for a first treatment at the end of {waiting.month.label}",
        ("", "People", "Of the list"),
        (
            ("Waiting", waiting.waiting, ""),
            ("Over 18 weeks", waiting.over_18_weeks, waiting.over_18_weeks_share),
            ("Over 90 days", waiting.over_90_days, waiting.over_90_days_share),
        ),
    )
