"""`caseness claims check`."""

from __future__ import annotations

from pathlib import Path

import click

from caseness.audit.claims import Judgement, judge, read_claims
from caseness.audit.record import gather
from caseness.cli.options import open_source, output_options, releases_option
from caseness.cli.show import Table, answer, spell, working
from caseness.disclosure import release


@click.group(name="claims")
def command() -> None:
    """Check claims about the programme against its published figures."""


@command.command(name="check")
@click.argument("file", type=click.Path(path_type=Path))
@releases_option()
@output_options()
def check(file: Path, releases: Path | None, as_json: bool, out: Path | None, formats: tuple[str, ...]) -> None:
    """Judge every claim in FILE (TOML; see docs/how-to/check-a-claim.md)."""
    filed = read_claims(file)
    source = release(open_source(releases))
    with working("Judging ..."):
        judgements = judge(gather(source), filed, source)
    answer([_table(judgements)], judgements, as_json, out, formats)


def _table(judgements: tuple[Judgement, ...]) -> Table:
    return Table(
        "claims",
        f"{len(judgements)} {'claim' if len(judgements) == 1 else 'claims'} judged",
        ("Claim", "Verdict", "Our figure", "Basis", "Explanation"),
        tuple((one.claim.id, one.verdict, spell(one.figure), one.basis or "", one.explanation) for one in judgements),
    )
