"""Waits: for the first treatment, which has targets, and for the second, which has none."""

from __future__ import annotations

from caseness.audit.run import Audit
from caseness.audit.waits import WaitingList, Waits, WaitShare
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.charts.waits import draw_waits
from caseness.report.pointers import Held
from caseness.report.sections.story import SLUGS
from caseness.report.sentence import Sentence, say
from caseness.report.table import Cell, Table, files_only, numbers, words

_MEETS = {True: "met", False: "not met", None: ""}


def tell_waits(audit: Audit) -> Section:
    """The section of the waits."""
    waits = audit.waits
    if not any(one.share.is_known for one in waits.shares):
        return Section(
            "waits",
            "Waits",
            (absent(f"No wait of {audit.subject.name} was published for {audit.subject.period.label}."),),
        )
    blocks: list[Block] = [Paragraph(_introduction())]
    blocks += [_figure(audit, basis) for basis in _bases(waits)]
    blocks += _hidden(waits) + _lengths(waits) + _list(waits.waiting_list)
    return Section("waits", "Waits", tuple(blocks))


def _introduction() -> Sentence:
    return say(
        "Targets count the wait for the first treatment contact. The wait from the first to the second contact, after "
        "which a course counts as finished, has no target. A target is shown as it stood in the period."
    )


def _bases(waits: Waits) -> list[str]:
    return list(dict.fromkeys(one.basis for one in waits.shares if one.share.is_known))


def _figure(audit: Audit, basis: str) -> Figure:
    shares = [one for one in audit.waits.shares if one.basis == basis and one.share.is_known]
    parts = [part for one in shares for part in (f"{one.label} (of {one.of}): ", one.share, *_target(one), "; ")]
    figure_id = f"fig-waits-{SLUGS[basis]}"
    return Figure(
        id=figure_id,
        heading=f"How long people waited, {audit.subject.name}, {audit.subject.period.label}, {basis}",
        alternative=say("Bars, one for each wait. ", *parts[:-1], "."),
        describe=lambda width: draw_waits(shares, width),
        table=_table(audit, basis),
        citation=_citation(audit, shares),
        basis=basis,
    )


def _target(one: WaitShare) -> tuple:
    if one.target is None:
        return ()
    return (" (target ", Held(one.target, "value", "percentage"), f", {_MEETS[one.meets] or 'open'})")


def _citation(audit: Audit, shares: list[WaitShare]) -> Sentence:
    place = f"{audit.subject.name}, {audit.subject.period.label}: "
    told = [shares[0], *[one for one in shares if one.wait == "second"][-1:]]
    parts = [part for one in told for part in (one.share, f" of {one.of}: {_lowered(one.label)}", "; ")]
    return say(place, *parts[:-1], ".")


def _lowered(label: str) -> str:
    return label[:1].lower() + label[1:]


def _table(audit: Audit, basis: str) -> Table:
    columns = (
        words("wait", "Wait"), words("of", "Of whom"), numbers("part", "Counted"), numbers("whole", "Out of"),
        numbers("share", "Share"), numbers("printed", "Printed"), numbers("target", "Target"),
        words("meets", "Met"), files_only("note", "Note"),
    )  # fmt: skip
    rows = tuple(_row(one) for one in audit.waits.shares if one.basis == basis)
    own = [one for one in audit.waits.shares if one.basis == basis]
    notes = tuple(dict.fromkeys([*(_source(one) for one in own if one.target), *(one.note for one in own if one.note)]))
    return Table(f"waits-{SLUGS[basis]}", f"Waits, {audit.subject.period.label}, {basis}", columns, rows, notes)


def _row(one: WaitShare) -> tuple[Cell, ...]:
    target = Held(one.target, "value", "percentage") if one.target else ""
    return (one.label, one.of, one.part, one.whole, one.share, one.printed, target, _MEETS[one.meets], one.note)


def _source(one: WaitShare) -> str:
    target = one.target
    assert target is not None, "asked only of shares that have a target"
    return f"{target.label}, from {target.since}: {target.source}{'' if target.verified else ' (not verified)'}."


def _hidden(waits: Waits) -> list[Block]:
    if not waits.hidden:
        return []
    return [
        Heading("The wait that no target counts", "hidden-wait"),
        Items(tuple(say(one.statement) for one in waits.hidden)),
    ]


def _lengths(waits: Waits) -> list[Block]:
    known = [one for one in waits.lengths if one.days.is_known]
    columns = (
        words("wait", "Wait"), words("statistic", "Statistic"), words("basis", "Basis"), numbers("days", "Length"),
        words("note", "How it was made"),
    )  # fmt: skip
    rows = tuple((one.label, one.statistic, one.basis, one.days, one.note) for one in waits.lengths)
    return [Grid(Table("wait-lengths", "Average waits", columns, rows))] if known else []


def _list(waiting: WaitingList | None) -> list[Block]:
    heading = Heading("Still waiting", "waiting-list")
    if waiting is None or not waiting.waiting.is_known:
        return [heading, absent("The number still waiting at the end of a month was not published for this period.")]
    columns = (
        words("group", "Still waiting for a first treatment"),
        numbers("count", "Count"),
        numbers("share", "Share"),
    )
    rows = (
        ("all", waiting.waiting, ""),
        ("for more than 18 weeks", waiting.over_18_weeks, waiting.over_18_weeks_share),
        ("for more than 90 days", waiting.over_90_days, waiting.over_90_days_share),
    )
    note = "A stock at one day, not the people who were seen in the period."
    table = Table("waiting-list", f"Waiting at the end of {waiting.month.name}", columns, rows, (note,))
    return [heading, Grid(table, waiting.basis)]
