"""The rates: every printed one recomputed, and each numerator over every defensible denominator."""

from __future__ import annotations

from caseness.audit.counts import COUNTS
from caseness.audit.denominators import Grid as ShareGrid
from caseness.audit.denominators import Share
from caseness.audit.rates import Recomputed
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Figure, Grid, Heading, Paragraph, Section, absent
from caseness.report.charts.shares import draw_shares
from caseness.report.pointers import Held
from caseness.report.sections.story import SHORT, bases_text
from caseness.report.sentence import Sentence, say
from caseness.report.table import Table, files_only, numbers, words
from caseness.results import ANNUAL

_RECOVERY_RATE = "M192"
_AGREES = {True: "yes", False: "no", None: "cannot be told"}


def tell_rates(audit: Audit) -> Section:
    """The section of the rates."""
    blocks: list[Block] = [Heading("Why more than one recovery rate is in print", "two-rates")]
    blocks += [Paragraph(say(audit.rates.headline.explanation)), Grid(_headline_table(audit))]
    blocks += [Heading("One numerator, every denominator", "denominators"), *_denominators(audit)]
    blocks += [] if audit.record.is_computed else _recomputed(audit)
    return Section("rates", "The rates and their denominators", tuple(blocks))


def _headline_table(audit: Audit) -> Table:
    columns = (
        words("pair", "Numerator and denominator"), words("basis", "Basis"), numbers("part", "Counted"),
        numbers("whole", "Out of"), numbers("share", "Recovery rate"), words("official", "Official pair"),
    )  # fmt: skip
    rows = tuple(
        (
            _pair(one.numerator, one.denominator),
            one.basis,
            one.part,
            one.whole,
            one.share,
            "yes" if one.is_official else "no",
        )
        for one in audit.rates.headline.pairs
    )
    return Table("recovery-pairs", "The pairs of counts that are called the recovery rate", columns, rows)


def _pair(numerator: str, denominator: str) -> str:
    return f"{COUNTS[numerator].label} / {COUNTS[denominator].label.lower()}"


def _denominators(audit: Audit) -> list[Block]:
    shares = [(SHORT[grid.basis], cell) for grid in audit.rates.grids for cell in _cells_of(grid, "recovery")]
    grids: list[Block] = [Grid(_grid_table(audit, grid), grid.basis) for grid in audit.rates.grids]
    if not shares:
        return [absent("No count of recoveries was published for this organisation and period."), *grids]
    return [_figure(audit, shares), *grids]


def _cells_of(grid: ShareGrid, numerator: str) -> list[Share]:
    return [cell for cell in grid.cells if cell.numerator == numerator and cell.share.is_known]


def _figure(audit: Audit, shares: list[tuple[str, Share]]) -> Figure:
    return Figure(
        id="fig-denominators",
        heading=f"The same recoveries over each denominator, {audit.subject.name}, {audit.subject.period.label}",
        alternative=_alternative(shares),
        describe=lambda width: draw_shares(shares, width),
        table=_shares_table(shares),
        citation=_citation(audit, shares),
        basis=bases_text([grid.basis for grid in audit.rates.grids]),
    )


def _alternative(shares: list[tuple[str, Share]]) -> Sentence:
    parts = [
        part for basis, one in shares for part in (f"{COUNTS[one.denominator].label} ({basis}): ", one.share, "; ")
    ]
    return say("Recovered, as a percentage of each denominator. ", *parts[:-1], ".")


def _citation(audit: Audit, shares: list[tuple[str, Share]]) -> Sentence:
    same_people = [share for _, share in shares if not share.is_another_cohort]
    if not same_people:
        return say(
            f"{audit.subject.name}, {audit.subject.period.label}: no share of those whose referral ended is known."
        )
    lowest, highest = (pick(same_people, key=lambda one: one.share.low or 0) for pick in (min, max))
    return say(
        f"{audit.subject.name}, {audit.subject.period.label}: the same recoveries are ", lowest.share,
        f" over “{COUNTS[lowest.denominator].label.lower()}” and ", highest.share, f" over “{COUNTS[highest.denominator].label.lower()}”.",
    )  # fmt: skip


def _shares_table(shares: list[tuple[str, Share]]) -> Table:
    columns = (
        words("denominator", "Denominator"),
        words("basis", "Basis"),
        numbers("share", "Recovered"),
        words("remark", "Remark"),
    )
    rows = tuple((COUNTS[one.denominator].label, basis, one.share, _remark(one)) for basis, one in shares)
    return Table("recovery-over-denominators", "Recovered, over each denominator", columns, rows)


def _remark(share: Share) -> str:
    if share.is_another_cohort:
        return "Other people: not the referrals that ended in the period."
    return "The pair that NHS England prints." if share.is_official else ""


def _grid_table(audit: Audit, grid: ShareGrid) -> Table:
    across = [
        name for name in grid.denominators if any(grid.cell(down, name).share.is_known for down in grid.numerators)
    ]
    down = [name for name in grid.numerators if any(grid.cell(name, one).share.is_known for one in across)]
    columns = (words("numerator", "Numerator"), *(numbers(name, COUNTS[name].label) for name in across))
    rows = tuple((COUNTS[name].label, *(grid.cell(name, one).share for one in across)) for name in down)
    caption = f"Each numerator over each denominator, {grid.basis}, {audit.subject.period.label}"
    return Table(f"denominators-{grid.basis.replace(' ', '-')}", caption, columns, rows, _grid_notes())


def _grid_notes() -> tuple[str, ...]:
    return (
        "n/a: not everyone in the numerator is counted in that denominator.",
        "Referrals received and accessing services are other people than those whose referral ended.",
    )


def _recomputed(audit: Audit) -> list[Block]:
    rates, heading = audit.rates, Heading("Every printed rate, recomputed", "recomputed")
    if not rates.recomputed:
        return [heading, absent("No rate of this organisation and period was printed, and none can be made.")]
    bases = bases_text([one.basis for one in rates.recomputed])
    blocks: list[Block] = [heading, Grid(_recomputed_table(audit), bases)]
    yearly = [one for one in rates.history if one.formula.figure_id == _RECOVERY_RATE and one.basis == ANNUAL]
    blocks += [Grid(_recovery_by_year(yearly), ANNUAL)] if yearly else []
    return [*blocks, Grid(_reproduction_table(audit))]


def _recomputed_table(audit: Audit) -> Table:
    columns = (
        words("rate", "Rate"), files_only("formula", "Formula"), words("basis", "Basis"), numbers("numerator", "Numerator"),
        numbers("denominator", "Denominator"), numbers("recomputed", "Recomputed"), numbers("printed", "Printed"),
        words("agrees", "Agrees"), words("why", "Why"),
    )  # fmt: skip
    rows = tuple(_recomputed_row(one) for one in audit.rates.recomputed)
    caption = f"Every rate of {audit.subject.name}, {audit.subject.period.label}, recomputed from its counts"
    return Table("rates-recomputed", caption, columns, rows)


def _recomputed_row(one: Recomputed) -> tuple:
    verdict = (_AGREES[one.agrees], one.why)
    return (
        one.label,
        one.formula.text,
        one.basis,
        one.numerator,
        one.denominator,
        one.recomputed,
        one.printed,
        *verdict,
    )


def _recovery_by_year(yearly: list[Recomputed]) -> Table:
    columns = (
        words("year", "Year"), numbers("recovered", "Recovered"), numbers("judged", "Judged for recovery"),
        numbers("recomputed", "Recomputed"), numbers("printed", "Printed"), words("agrees", "Agrees"),
    )  # fmt: skip
    rows = tuple(
        (one.period.label, one.numerator, one.denominator, one.recomputed, one.printed, _AGREES[one.agrees])
        for one in yearly
    )
    return Table("recovery-by-year", "The annual recovery rates, recomputed", columns, rows)


def _reproduction_table(audit: Audit) -> Table:
    fields = (
        ("printed", "Printed"),
        ("reproduced", "Reproduced"),
        ("cannot_be_told", "Cannot be told"),
        ("impossible", "Impossible"),
    )
    columns = (
        words("rate", "Rate"), words("formula", "Formula"), words("basis", "Basis"),
        *(numbers(name, heading) for name, heading in fields),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.formula, one.basis, *(Held(one, name) for name, _ in fields))
        for one in audit.rates.reproduction
    )
    notes = (
        "Cannot be told: starred, a count it needs was not published, or rounded counts leave room for other figures too.",
    )
    return Table(
        "rates-reproduced",
        "Printed rates over all periods and organisations, and how many follow",
        columns,
        rows,
        notes,
    )
