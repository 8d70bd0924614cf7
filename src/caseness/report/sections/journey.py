"""The journey: everyone whose referral ended, and who leaves the count at each step."""

from __future__ import annotations

from caseness.audit.ledger import STEPS, Ledger, Line
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Figure, Grid, Items, Paragraph, Section, absent
from caseness.report.charts.journey import draw_journey
from caseness.report.sections.story import SHORT, SLUGS, bases_text, main_ledger
from caseness.report.sentence import Sentence, say
from caseness.report.table import Cell, Column, Table, numbers, words

_SHARES = (("count", "count"), ("of_ended", "of ended"), ("of_stage", "of its stage"))
_YEARLY = (
    "referrals_received", "ended_referrals", "ended_before_treatment", "ended_treated_once", "finished_course",
    "judged_for_recovery", "reliable_improvement", "no_reliable_change", "reliable_deterioration", "unpaired",
    "recovery", "reliable_recovery",
)  # fmt: skip


def tell_journey(audit: Audit) -> Section:
    """The section of the journey."""
    ledger = main_ledger(audit)
    if ledger is None:
        return Section("journey", "The journey", (absent("No count of this organisation and period was published."),))
    blocks: list[Block] = [Paragraph(_introduction(ledger)), _figure(audit, ledger)]
    blocks += [Items(tuple(say(note) for one in audit.ledgers for note in one.notes))] if _blanks(audit) else []
    blocks += [_years(audit)] if audit.history else []
    return Section("journey", "The journey", tuple(blocks))


def _introduction(ledger: Ledger) -> Sentence:
    return say(
        f"Drawn on the referrals that ended in {ledger.period.label}. Referrals received in the same period stand "
        "beside them: they are other people, many of whom ended later. Every outcome is given in the same type, the "
        "good and the bad alike. What is left over when the groups that are counted are taken from the total is shown as a "
        "remainder, not spread over them."
    )


def _blanks(audit: Audit) -> bool:
    return any(ledger.notes for ledger in audit.ledgers)


def _figure(audit: Audit, ledger: Ledger) -> Figure:
    return Figure(
        id="fig-journey",
        heading=f"From referral to recovery, {audit.subject.name}, {ledger.period.label}",
        alternative=_alternative(ledger),
        describe=lambda width: draw_journey(ledger, width),
        table=journey_table(audit),
        citation=_citation(audit, ledger),
        basis=ledger.basis,
        key=(
            ("stage", "still in the count"),
            ("leaves", "leaves the count"),
            ("outcome", "outcome"),
            ("beside", "other people"),
        ),
    )


def _alternative(ledger: Ledger) -> Sentence:
    lines = [line for line in ledger.lines if line.count.is_known]
    parts = [part for line in lines for part in (f"{line.step.label}: ", line.count, _share(line), "; ")]
    return say("Bars, one for each step. ", *[part for part in parts[:-1] if part is not None], ".")


def _share(line: Line) -> str | None:
    return _of_ended(line) if line.of_ended.is_known and line.step.id != line.step.of else None


def _of_ended(line: Line) -> str:
    # The share stands in the table beside the picture; here it is only read out.
    return f" ({say(line.of_ended).text} of ended)"


def _citation(audit: Audit, ledger: Ledger) -> Sentence:
    line = ledger.line("recovery")
    place = f"{audit.subject.name}, {ledger.period.label}: "
    if line.of_ended.is_known:
        return say(
            place,
            line.of_ended,
            " of the ",
            ledger.line("ended_referrals").count,
            " referrals that ended were recorded as recovered.",
        )
    return say(
        place,
        line.of_stage,
        " of the ",
        ledger.line("judged_for_recovery").count,
        " judged for recovery were recorded as recovered.",
    )


def journey_table(audit: Audit) -> Table:
    """Every step on every basis, side by side and never mixed."""
    fields = [(ledger, name, heading) for ledger in audit.ledgers for name, heading in _SHARES if _has(ledger, name)]
    columns = (
        words("step", "Step"),
        *(_column(*field) for field in fields),
        words("meaning", "What it means, or why people leave here"),
    )
    rows = tuple(
        (step.label, *(_cell(ledger.line(step.id), name) for ledger, name, _ in fields), step.why) for step in STEPS
    )
    caption = f"The journey of referrals that ended, {audit.subject.name}, {audit.subject.period.label}"
    return Table("journey", caption, columns, rows, _months_notes(audit))


# That all of a whole is 100 % of it is no finding, and rounded counts would only blur it.
def _cell(line: Line, name: str) -> Cell:
    return "" if name != "count" and line.step.id == line.step.of else getattr(line, name)


def _has(ledger: Ledger, name: str) -> bool:
    return any(getattr(line, name).is_known for line in ledger.lines)


def _column(ledger: Ledger, name: str, heading: str) -> Column:
    return numbers(f"{SLUGS[ledger.basis]}_{name}", f"{SHORT[ledger.basis]}: {heading}")


def _months_notes(audit: Audit) -> tuple[str, ...]:
    notes = ["An interval is all that rounding or suppression leaves to be known. n/a: does not apply."]
    for ledger in audit.ledgers:
        if ledger.months is not None:
            notes.append(f"The {ledger.basis} rests on {ledger.months} months.")
    return tuple(notes)


def _years(audit: Audit) -> Grid:
    shown = [step for step in STEPS if step.id in _YEARLY]
    columns = (words("year", "Year"), words("basis", "Basis"), *(numbers(step.id, step.label) for step in shown))
    rows = tuple((one.period.label, one.basis, *(one.line(step.id).count for step in shown)) for one in audit.history)
    notes = ("Rows of different bases are counted differently and are not compared with each other.",)
    table = Table("journey-by-year", f"The counts of the journey by year, {audit.subject.name}", columns, rows, notes)
    return Grid(table, bases_text([one.basis for one in audit.history]))
