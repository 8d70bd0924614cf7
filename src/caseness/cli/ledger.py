"""`caseness ledger`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.ledger import Ledger, draw
from caseness.audit.subject import choose
from caseness.cli.options import about_option, gather_record, output_options, releases_option
from caseness.cli.show import Table, answer


@click.command(name="ledger")
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
    """The journey from referral to recovery: every stage, and who leaves the count at each.

    Drawn on the referrals that ended in the period. Each basis (the annual report, the
    monthly files) has a ledger of its own; no line mixes them.
    """
    record = gather_record(releases)
    chosen = choose(record, period, organisation)
    ledgers = draw(record, chosen.period, chosen.organisation)
    answer([ledger_table(ledger, chosen.name) for ledger in ledgers], ledgers, as_json, out, formats)


def ledger_table(ledger: Ledger, name: str) -> Table:
    """A ledger as a table, in the order of the journey."""
    return Table(
        id=f"ledger-{ledger.basis.replace(' ', '-')}",
        title=f"{name}, {ledger.period.label} ({ledger.basis})",
        columns=("Step", "", "Count", "Of ended", "Of its stage"),
        rows=tuple(
            (line.step.label, line.step.role, line.count, line.of_ended, line.of_stage) for line in ledger.lines
        ),
        notes=ledger.notes,
    )
