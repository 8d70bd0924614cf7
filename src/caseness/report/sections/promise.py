"""The promise beside what happened: people, the shortfall step by step, and the money."""

from __future__ import annotations

from math import isclose

from caseness.audit.assumptions import Assumptions
from caseness.audit.promise import Promise, Reading, Term
from caseness.audit.promise.model import Money
from caseness.audit.run import Audit
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.charts.waterfall import draw_journeys, draw_waterfall
from caseness.report.pointers import Held
from caseness.report.sections.moving import move_promise
from caseness.report.sections.promise_employment import tell_employment
from caseness.report.sentence import Part, Sentence, say
from caseness.report.table import Table, numbers, words

_HEADING = "The promise and the result"


def tell_promise(audit: Audit) -> Section:
    """The section of the promise."""
    promise = audit.promise
    if promise is None or promise.main is None:
        why = (
            promise.why_blank if promise and promise.why_blank else "This reading needs a count that was not published."
        )
        blank = absent(f"{audit.subject.name}, {audit.subject.period.label}: {why}")
        return Section("promise", _HEADING, (blank, *(tell_employment(promise) if promise else ())))
    main = promise.main
    blocks: list[Block] = [Paragraph(_introduction()), Paragraph(_shortfall(main), "lead")]
    blocks += [_waterfall(audit, main), _journey(audit, main)]
    blocks += [Heading("The promise read otherwise", "promise-readings"), Grid(_readings_table(promise), main.basis)]
    blocks += [Heading("The money", "promise-money"), Items(tuple(_money(audit, promise))), Grid(_money_table(promise))]
    blocks += tell_employment(promise)
    blocks += move_promise(audit)
    blocks += [Paragraph(say(f"What would settle it: {promise.needed}"))]
    return Section("promise", _HEADING, tuple(blocks))


def _introduction() -> Sentence:
    return say(
        "Of those given a course, two thirds were to complete it, and half of those to recover. The promise is held "
        "against one cohort: those whose referral ended in the period. The shortfall is shared out among the steps by the "
        "average over every order in which they can be changed, so that nothing is left over. Every share that was "
        "promised is an assumption with a source, and can be changed."
    )


def _shortfall(reading: Reading) -> Sentence:
    short = reading.shortfall
    more = (short.high or 0.0) < 0
    opening = "More recovered than promised. " if more else ""
    parts: list[Part] = [f"{opening}Promised: ", reading.promised, ". Happened: ", reading.happened]
    parts += [". Fewer recoveries than promised: ", short, ", of which "]
    told = [part for term in reading.terms for part in (*_term(term), "; ")]
    return say(*parts, *told[:-1], ". A number below nothing is a step that did better than promised.")


def _term(term: Term) -> tuple[Part, ...]:
    label = term.label[:1].lower() + term.label[1:]
    return (term.recoveries, f" at the step “{label}”")


def _waterfall(audit: Audit, reading: Reading) -> Figure:
    place = f"{audit.subject.name}, {audit.subject.period.label}"
    parts = [part for term in reading.terms for part in (f"{term.label}: ", term.recoveries, " fewer; ")]
    return Figure(
        id="fig-promise",
        heading=f"From the recoveries promised to those that happened, {place}",
        alternative=say("Promised: ", reading.promised, ". ", *parts, "happened: ", reading.happened, "."),
        describe=lambda width: draw_waterfall(reading, width),
        table=_terms_table(reading),
        citation=say(f"{place}: ", reading.promised, " recoveries promised, ", reading.happened, " happened."),
        basis=reading.basis,
        notes=(f"Reading: {reading.label}.", "Filled: fewer than promised. Outlined: more than promised."),
    )


def _terms_table(reading: Reading) -> Table:
    columns = (words("step", "Step"), numbers("fewer", "Fewer recoveries than promised", sign=True))
    rows = (*((one.label, one.recoveries) for one in reading.terms), ("All steps", reading.shortfall))
    return Table("promise-terms", "The shortfall, shared out among the steps", columns, rows)


def _journey(audit: Audit, reading: Reading) -> Figure:
    place = f"{audit.subject.name}, {audit.subject.period.label}"
    last = reading.steps[-1]
    parts = [
        part
        for one in reading.steps[1:]
        for part in (f"{one.label}: ", one.promised_of_100, " promised, ", one.happened_of_100, " happened; ")
    ]
    return Figure(
        id="fig-promise-journey",
        heading=f"Of 100 people, promised and happened, {place}",
        alternative=say("Pairs of bars. ", *parts[:-1], " happened."),
        describe=lambda width: draw_journeys(reading, width),
        table=_steps_table(reading),
        citation=say(f"{place}: recovered, ", last.happened_of_100, "; promised, ", last.promised_of_100, "."),
        basis=reading.basis,
    )


def _steps_table(reading: Reading) -> Table:
    columns = (
        words("step", "Step"), numbers("promised", "Promised"), numbers("happened", "Happened"),
        numbers("promised_share", "Promised, of the step before"), numbers("happened_share", "Happened, of the step before"),
        numbers("promised_of_100", "Promised, of 100"), numbers("happened_of_100", "Happened, of 100"), words("note", "Note"),
    )  # fmt: skip
    rows = tuple(
        (
            one.label, one.promised, one.happened, one.promised_share, one.happened_share,
            one.promised_of_100, one.happened_of_100, one.note,
        )
        for one in reading.steps
    )  # fmt: skip
    return Table("promise-steps", "Step by step, the same cohort", columns, rows)


def _readings_table(promise: Promise) -> Table:
    columns = (
        words("reading", "Reading"), words("step", "Step"), numbers("fewer", "Fewer recoveries than promised", sign=True),
        words("chosen", "Chosen"),
    )  # fmt: skip
    rows = tuple(
        (reading.label, label, number, "yes" if reading.is_main else "")
        for reading in promise.readings
        for label, number in (*((one.label, one.recoveries) for one in reading.terms), ("All", reading.shortfall))
    )
    notes = (
        "Completed can mean two or more contacts (M076) or an agreed end (M066). Of those with an agreed end, how many "
        "recovered is not published, so there all recoveries stand against them.",
        "The promise may be read of those treated or of everyone who presented. The milder reading is chosen.",
    )
    return Table("promise-readings", "The shortfall under each reading", columns, rows, notes)


def _money(audit: Audit, promise: Promise) -> list[Sentence]:
    lines = {one.id: one for one in promise.money}
    told = [
        _pays_back(lines, audit.assumptions),
        say("What was saved on benefits is not known: nobody is followed off them. No result in money is given."),
    ]
    needed = lines["break_even"].happened
    if needed.is_known:
        told.append(say("To pay back the cost, in the money of its own year, at the promised saving a month, in that of 2006-07, ", needed, " people would have to stay off benefits for the whole of the promised time. Promised: ", lines["off_benefits"].promised, "."))  # fmt: skip
    if promise.off_sick_pay.is_known:
        told.append(say("On sick pay at the first contact and not at the last (M237): ", promise.off_sick_pay, ", ", promise.off_sick_pay_share, " of those who finished. It is another payment than the benefits of the promise."))  # fmt: skip
    else:
        told.append(say("Those who came off sick pay (M237) were published until March 2022 only."))
    return told


def _pays_back(lines: dict[str, Money], assumptions: Assumptions) -> Sentence:
    payback, saved = lines["payback"].promised, lines["saved"].promised
    if payback.reason == "not_paid_back":
        return _never_pays_back(lines, assumptions) if saved.high else say("As assumed here nothing is saved on benefits, so what is spent ", payback, ".")  # fmt: skip
    within = assumptions.find("promise.payback")
    is_late = payback.high is not None and payback.high > within.number and not isclose(payback.high, within.number)
    late = (", later than the ", Held(within, "value", within.unit), " within which it was to.")
    verdict = late if is_late else (": the plan is consistent with itself.",)
    return say("As promised, this cohort pays back after ", payback, *verdict)


def _never_pays_back(lines: dict[str, Money], assumptions: Assumptions) -> Sentence:
    months = assumptions.find("promise.months")
    return say(
        "As assumed here the saving lasts ", Held(months, "value", months.unit), " and comes to ", lines["saved"].promised, ", and ",
        lines["spent"].promised, " is spent: it ", lines["payback"].promised, ". The plan is not consistent with itself.",
    )  # fmt: skip


def _money_table(promise: Promise) -> Table:
    columns = (
        words("line", "Line"), numbers("promised", "As promised"), numbers("happened", "As it happened"),
        words("note", "Of what happened"),
    )  # fmt: skip
    rows = tuple((one.label, one.promised, one.happened, one.note) for one in promise.money)
    note = "The promise is in the money of 2006-07 and the cost in that of its own year. They are not subtracted. For one line alone the one is divided by the other: who would have to come off benefits, which is no more than its size."
    return Table("promise-money", "What was to be spent and saved, and what is known", columns, rows, (note,))
