"""Cohorts: the same people from referral to what became of them, beside the counts of the period."""

from __future__ import annotations

from caseness.audit.cohorts import Cohort, Cohorts, CohortStep
from caseness.audit.run import Audit
from caseness.audit.withheld import COHORTS
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.charts.cohorts import draw_cohort
from caseness.report.sections.story import main_ledger
from caseness.report.sentence import Sentence, say
from caseness.report.table import Cell, Table, numbers, words

_HEADING = "The people referred, followed"
_BASIS = "the people referred in the period, followed in the record"
_ONLY_ROWS = (
    "Published figures count events in a period, and follow nobody. With the rows of a record (--records) the same people are "
    "followed from referral to what became of them."
)
_ON_PERIOD = "All who ended in the period, whenever they were referred."
# The steps of the ledger that have a step of a cohort to stand beside.
_BESIDE = (
    "ended_before_treatment",
    "ended_treated_once",
    "finished_course",
    "recovery",
    "reliable_recovery",
    "reliable_improvement",
    "reliable_deterioration",
)


def tell_cohorts(audit: Audit) -> Section:
    """The section of the cohorts."""
    cohorts = audit.cohorts
    if cohorts is None:
        return Section("cohorts", _HEADING, (absent(audit.disclosure.why_not(COHORTS) or _ONLY_ROWS),))
    blocks: list[Block] = [Paragraph(_introduction(cohorts)), *_of_period(audit, cohorts.of_period)]
    if cohorts.by_quarter:
        blocks += [Heading("Quarter by quarter", "cohorts-by-quarter"), Grid(_quarters(audit, cohorts), _BASIS)]
    return Section("cohorts", _HEADING, tuple(blocks))


def _of_period(audit: Audit, cohort: Cohort | None) -> tuple[Block, ...]:
    if cohort is None:
        return (absent(f"The record does not hold every month of {audit.subject.period.label}."),)
    if not cohort.received.value:
        none = f"No referral to {audit.subject.name} was received in {cohort.period.label}"
        return (absent(f"{none}: there is nobody to follow."),)
    return Items(_findings(cohort)), _figure(audit, cohort), _beside(audit, cohort)


def _introduction(cohorts: Cohorts) -> Sentence:
    return say(
        "The figures of a period count whoever ended in it, and those people were referred in many different months. Here "
        f"the people referred in one period are followed to the end of the record ({cohorts.until.isoformat()}). Whoever is "
        "still open can still come to some of the steps: each share then lies between two ends, and gets narrower as the "
        "record grows."
    )


def _findings(cohort: Cohort) -> tuple[Sentence, ...]:
    told = [
        say("Of the ", cohort.received, f" referrals received in {cohort.period.label}, ", cohort.still_open, " are still open."),
        say("Of all of them, ", cohort.step("finished_course").of_received, " had two or more treatment contacts, and ",
            cohort.step("recovery").of_received, " recovered."),
    ]  # fmt: skip
    if cohort.unheard.value:
        told.append(
            say(
                cohort.unheard, " were open when they were last submitted, and are missing since. What became of them is not known: "
                "they count as open.",
            )
        )  # fmt: skip
    return tuple(told)


def _figure(audit: Audit, cohort: Cohort) -> Figure:
    place = f"{audit.subject.name}, referred in {cohort.period.label}"
    recovery = cohort.step("recovery")
    parts = [part for one in cohort.steps for part in (f"{one.step.label}: ", one.of_received, "; ")]
    return Figure(
        id="fig-cohort",
        heading=f"What became of those referred: {place}",
        alternative=say("Bars from the share known to the share possible, of all referred. ", *parts[:-1], "."),
        describe=lambda width: draw_cohort(cohort, width),
        table=_cohort_table(cohort, place),
        citation=say(f"{place}: ", recovery.of_received, " of all referred recovered."),
        basis=_BASIS,
        notes=("A bar shows those known to have come to the step, and the line on it how many can still come to it.",),
    )


def _cohort_table(cohort: Cohort, place: str) -> Table:
    columns = (words("step", "Step"), numbers("count", "Referrals"), numbers("of_received", "Of all referred"))
    rows = tuple((one.step.label, one.count, one.of_received) for one in cohort.steps)
    return Table("cohort", f"What became of those referred: {place}", columns, rows)


def _beside(audit: Audit, cohort: Cohort) -> Block:
    ledger = main_ledger(audit)
    columns = (
        words("step", "Step"), numbers("referred", "Of those referred"), numbers("ended", "Of those ended in the period"),
        numbers("referred_count", "Referred: how many"), numbers("ended_count", "Ended: how many"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for step in map(cohort.step, _BESIDE):
        line = ledger.line(step.step.id) if ledger else None
        ended: tuple[Cell, Cell] = (line.of_ended, line.count) if line else ("", "")
        rows.append((step.step.label, step.of_received, ended[0], step.count, ended[1]))
    title = f"The people referred in {cohort.period.label}, beside those whose referral ended in it"
    return Grid(Table("cohort-beside-period", title, columns, tuple(rows), (_ON_PERIOD,)), _BASIS)


def _quarters(audit: Audit, cohorts: Cohorts) -> Table:
    shown = [one.step for one in cohorts.by_quarter[0].steps]
    columns = (
        words("quarter", "Referred in"), numbers("received", "Referrals"), numbers("still_open", "Still open"),
        numbers("unheard", "Missing since"), *(numbers(step.id, step.label) for step in shown),
    )  # fmt: skip
    rows = tuple(
        (one.period.label, one.received, one.still_open, one.unheard, *map(_share, one.steps))
        for one in cohorts.by_quarter
    )
    note = f"Shares are of all referred in the quarter, as known on {cohorts.until.isoformat()}."
    return Table("cohorts-by-quarter", f"Cohorts by quarter, {audit.subject.name}", columns, rows, (note,))


def _share(step: CohortStep) -> Cell:
    return step.of_received
