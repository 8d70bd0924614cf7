"""`caseness audit`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from caseness import report
from caseness.audit.claims import read_claims
from caseness.audit.computed import Computed
from caseness.audit.natural import Band
from caseness.audit.plain import to_plain
from caseness.audit.records import compute_record
from caseness.audit.run import Audit, run
from caseness.cli.grains import How, derived, require_place
from caseness.cli.ledger import ledger_table
from caseness.cli.options import (
    about_option,
    assumptions_option,
    open_assumptions,
    open_source,
    output_options,
    policy_option,
    releases_option,
    rules_option,
)
from caseness.cli.show import print_json, print_tables, spell, working
from caseness.derive import Options, read_options
from caseness.disclosure import OWN_USE, PUBLISHED, Policy, choose_policy
from caseness.results import ENGLAND
from caseness.settings import load_settings


def _require_sources(releases: Path | None, records: str | None, chosen: tuple[str, ...], to: Path | None) -> None:
    if releases is not None and records is not None:
        raise click.UsageError("An audit rests on --releases or on --records, and never on both.")
    if chosen and records is None:
        raise click.UsageError("--assume is of what is derived from a record: give one with --records.")
    if to is not None:
        require_place(records, to)


# A record may have been rejected in part: what is said of that goes with the figures.
def compute_source(records: str, options: Options, policy: Policy) -> Computed:
    """The figures of a record, once it was read, checked and derived."""
    with derived(records, How(options, breakdowns=not policy.rules.needs_all)) as given, working("Computing ..."):
        return compute_record(given.grains, given.notes, policy=policy)


# Files of which there are many are counted, not listed.
_GATHERED = {".csv": "tables as CSV", ".svg": "charts as SVG", ".png": "charts as PNG"}


@click.command(name="audit")
@releases_option()
@click.option(
    "--records",
    metavar="DIR",
    help="Audit a record instead: submissions as for `caseness check`, or what `caseness derive` made of them.",
)
@rules_option()
@about_option()
@click.option(
    "--claims",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of claims to judge. Without it: the claims that come with the package.",
)
@assumptions_option()
@policy_option(None, f" Without it: {OWN_USE.id} for a record, and published releases pass unchanged.")
@output_options(
    report.FORMATS,
    "The folder to write into. Without it: the setting `out`, which is audit-report.",
    usual=report.USUAL,
)
def command(
    releases: Path | None,
    records: str | None,
    chosen: tuple[str, ...],
    period: str | None,
    organisation: str | None,
    claims: Path | None,
    assumptions: Path | None,
    policy: str | None,
    as_json: bool,
    out: Path | None,
    formats: tuple[str, ...],
) -> None:
    """Audit the programme, print the summary and write the report.

    Every figure is taken from the releases, recomputed, and set beside what was printed. With --records it is counted
    from the rows of a record, the people referred are followed, and only claims that are given are judged.
    With --organisation a one-page brief about it is written too.

    The figures of a record are exact and for own use, unless a disclosure policy lets them out; what it has no rule for is
    left out, and said. Published releases pass unchanged under every policy.
    """
    settings = load_settings(flags={"out": out})
    is_written, let_out = not as_json or out is not None, choose_policy(policy or OWN_USE.id)
    _require_sources(releases, records, chosen, settings.out if is_written else None)
    source = open_source(releases) if records is None else compute_source(records, read_options(chosen), let_out)
    filed = read_claims(claims) if claims else (() if records is not None else None)
    asked = settings.default_period if period is None else period
    with working("Auditing ..."):
        audit = run(source, asked, organisation, filed, open_assumptions(assumptions))
    _tell_policy(let_out, policy is not None, audit)
    _give(audit, as_json, settings.out if is_written else None, formats)


def _give(audit: Audit, as_json: bool, to: Path | None, formats: tuple[str, ...]) -> None:
    if as_json:
        print_json(to_plain(audit))
    if to is not None:
        _write_and_tell(audit, to, formats, is_told=not as_json)


def _tell_policy(policy: Policy, is_asked: bool, audit: Audit) -> None:
    if not audit.record.is_computed:
        if is_asked:
            click.echo(f"caseness: {PUBLISHED.says} --policy {policy.id} changes nothing here.", err=True)
        return
    for said in (policy.notice, *(f"Not let out: {one.why}" for one in audit.disclosure.withheld)):
        click.echo(f"caseness: {said}", err=True)


def _write_and_tell(audit: Audit, out: Path, formats: tuple[str, ...], is_told: bool) -> None:
    written = _write(audit, out, formats)
    _warn_of_leftover(out, written)
    if is_told:
        _print_summary(audit, written)


def _write(audit: Audit, out: Path, formats: tuple[str, ...]) -> list[Path]:
    with working("Writing the report ..."):
        written = report.write(audit, out, formats or report.USUAL)
        return written if audit.subject.organisation == ENGLAND else [*written, *report.write_brief(audit, out)]


# The numbers of a page lead into the document beside it, which is then that of whatever was audited before.
def _warn_of_leftover(out: Path, written: list[Path]) -> None:
    names = {path.name for path in written}
    if "report.html" in names and "audit.json" not in names and (out / "audit.json").exists():
        click.echo(
            f"{out / 'audit.json'} was there before and may be of another audit. Add --format json, or choose another "
            "folder with --out.",
            err=True,
        )


def _print_summary(audit: Audit, written: list[Path]) -> None:
    print_tables([ledger_table(ledger, audit.subject.name) for ledger in audit.ledgers])
    for line in (*_not_read(audit), *_headlines(audit), *_weighed(audit), _checks(audit)):
        click.echo(line)
    if audit.provenance.made_up:
        click.echo(audit.provenance.made_up)
    for path in written:
        if path.suffix not in _GATHERED:
            click.echo(f"Wrote {path}")
    for suffix, what in _GATHERED.items():
        found = [path for path in written if path.suffix == suffix]
        if found:
            click.echo(f"Wrote {len(found)} {what} in {found[0].parent}")


def _not_read(audit: Audit) -> Iterator[str]:
    for said in audit.provenance.damaged:
        yield f"Not read: {said}"


def _headlines(audit: Audit) -> Iterator[str]:
    if not audit.ledgers:
        yield f"No step of the journey was published for {audit.subject.name}, {audit.subject.period.label}."
        return
    ledger = audit.ledgers[-1]
    recovery = ledger.line("recovery")
    yield (
        f"Recovered: {spell(recovery.of_stage)} of those judged for recovery, "
        f"{spell(recovery.of_ended)} of all whose referral ended ({ledger.basis})."
    )


# The same basis as the headline, where there is one of it.
def _weighed(audit: Audit) -> Iterator[str]:
    bases = [ledger.basis for ledger in audit.ledgers[-1:]]
    for band in audit.natural.bands if audit.natural else ():
        if band.basis in bases:
            yield (
                f"Natural recovery: {spell(band.natural)} might have recovered anyway, "
                f"so {spell(band.specific)} remain: {band.verdict} ({band.basis}; assumed in part{_low_end(audit, band)})."
            )
    costs = audit.costs
    one = costs.cost_per("recovery", costs.main.id) if costs and costs.totals else None
    if costs is not None and one is not None:
        is_least = costs.main.id == "reported"
        yield (
            f"Cost of one recovery: {'at least ' if is_least else ''}{spell(one.cost)}, in prices of {costs.main.price_year} "
            f"({one.basis}; {'money of NHS trusts only, ' if is_least else ''}assumed in part)."
        )


# Response asks for less than recovery of some and for more of others. Who reads one line must know which it is.
def _low_end(audit: Audit, band: Band) -> str:
    found = (
        [one for one in audit.natural.estimators if one.in_band and one.rate.low == band.natural.low]
        if audit.natural
        else []
    )
    return "; its low end is response in trials, not recovery" if any(one.kind == "trials" for one in found) else ""


def _checks(audit: Audit) -> str:
    departures = sum(one.depart for one in audit.identities)
    verdicts: dict[str, int] = {}
    for judgement in audit.claims:
        verdicts[judgement.verdict] = verdicts.get(judgement.verdict, 0) + 1
    counted = ", ".join(f"{number} {verdict}" for verdict, number in sorted(verdicts.items()))
    claims = f" Claims: {len(audit.claims)} judged ({counted})." if counted else ""
    about = "record" if audit.record.is_computed else "releases"
    return (
        f"Identities: {len(audit.identities)} checked, {departures} departures.{claims} "
        f"Findings about the {about}: {len(audit.findings)}."
    )
