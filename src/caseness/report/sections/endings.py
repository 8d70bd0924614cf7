"""How referrals ended, and what the end codes can and cannot say about dropping out."""

from __future__ import annotations

from caseness.audit.endings import Ending, Endings
from caseness.audit.run import Audit
from caseness.audit.withheld import COUNTED_ENDS
from caseness.report.blocks import Block, Figure, Grid, Heading, Items, Paragraph, Section, absent
from caseness.report.charts.endings import breaks_of, draw_codes, draw_drop_out, draw_months, look_of
from caseness.report.charts.lines import STYLES, letter_breaks
from caseness.report.sections.counted_ends import tell_counted_ends
from caseness.report.sentence import Sentence, say
from caseness.report.table import Table, numbers, words
from caseness.results import MONTHLY

# The ways in which a course ends that the argument is about. Ids are those of NHS England's catalogue.
_FOLLOWED = ("M066", "M344", "M072", "M341")


def tell_endings(audit: Audit) -> Section:
    """The section of the endings."""
    endings = audit.endings
    if not any(code.count.is_known for code in endings.codes):
        none = f"No end code was published for {audit.subject.name} in {audit.subject.period.label}."
        words_ = audit.disclosure.why_not(_FOLLOWED[0]) or none
        return Section("endings", "How referrals ended", (absent(words_),))
    blocks: list[Block] = [
        Paragraph(_introduction(audit)),
        _codes_figure(audit),
        Grid(_groups_table(endings), endings.basis),
    ]
    counted = audit.counted_ends
    blocks += tell_counted_ends(counted, endings.basis) if counted else [*_course_ends(endings), *_drop_out(audit)]
    blocks += _months(audit) + _breaks(endings)
    return Section("endings", "How referrals ended", tuple(blocks))


def _introduction(audit: Audit) -> Sentence:
    by_contacts = (
        "With the rows of a record they can be counted by number of treatment contacts, which published figures do not show. "
        if audit.counted_ends
        else "The codes stand here on their own, not by number of contacts, so how many of those in treatment dropped out "
        f"can be bounded, not counted. {_why_not_counted(audit)}"
    )
    return say(f"A service closes each referral with one code. {by_contacts}{_FINISHED}")


def _why_not_counted(audit: Audit) -> str:
    why = audit.disclosure.why_not(COUNTED_ENDS)
    return f"{why} " if why else ""


_FINISHED = (
    "“Finished a course” means two or more treatment contacts: it is not an end code, and does not mean completed."
)


def _codes_figure(audit: Audit) -> Figure:
    endings = audit.endings
    return Figure(
        id="fig-endings",
        heading=f"Referrals ended, by end code, {audit.subject.name}, {endings.period.label}",
        alternative=_alternative(endings),
        describe=lambda width: draw_codes(endings, width),
        table=_codes_table(endings),
        citation=_largest(audit),
        basis=endings.basis,
        key=_key(endings),
    )


# Groups that look alike are named beside one mark.
def _key(endings: Endings) -> tuple[tuple[str, str], ...]:
    named: dict[str, list[str]] = {}
    for i, group in enumerate(endings.groups):
        named.setdefault(look_of(i), []).append(group.label)
    return tuple((look, "; ".join(labels)) for look, labels in named.items())


def _alternative(endings: Endings) -> Sentence:
    known = [code for code in endings.codes if code.count.is_known]
    parts = [part for code in known for part in (f"{code.label}: ", code.count, "; ")]
    return say("Bars, one for each end code. ", *parts[:-1], ".")


def _largest(audit: Audit) -> Sentence:
    endings = audit.endings
    largest = max(endings.codes, key=lambda code: code.count.low or 0)
    place = f"{audit.subject.name}, {endings.period.label}: "
    return say(
        place,
        "the most frequent end code was “",
        largest.label,
        "”, ",
        largest.count,
        " of ",
        endings.ended,
        " referrals ended.",
    )


def _codes_table(endings: Endings) -> Table:
    names = {group.id: group.label for group in endings.groups}
    columns = (
        words("label", "End code"), words("code", "Code"), words("figure_id", "Figure"), words("group", "Group"),
        numbers("count", "Count"), numbers("of_ended", "Of ended"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.code or "none", one.figure_id, names.get(one.group, one.group), one.count, one.of_ended)
        for one in endings.codes
    )
    return Table("endings", f"Referrals ended by end code, {endings.period.label}", columns, rows)


def _groups_table(endings: Endings) -> Table:
    columns = (words("group", "Group of codes"), numbers("count", "Count"), numbers("of_ended", "Of ended"))
    rows = (
        *((one.label, one.count, one.of_ended) for one in endings.groups),
        ("Remainder: ended, less all codes", endings.remainder, ""),
    )
    return Table("ending-groups", f"End codes by group, {endings.period.label}", columns, rows)


def _course_ends(endings: Endings) -> list[Block]:
    columns = (
        words("ending", "Ending"), words("meaning", "What the code says"), words("figures", "Figures"),
        numbers("count", "Count"), numbers("of_treated", "Of all treated"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.meaning, " + ".join(one.figure_ids), one.count, one.of_treated) for one in endings.course_ends
    )
    table = Table("course-ends", f"How those who were taken on ended, {endings.period.label}", columns, rows)
    remarks = Items(tuple(say(remark) for remark in endings.remarks))
    heading = Heading("By agreement, or earlier than planned", "course-ends")
    return [heading, *([remarks] if endings.remarks else []), Grid(table, endings.basis)]


def _drop_out(audit: Audit) -> list[Block]:
    heading = Heading("Bounds for dropping out", "drop-out")
    bounded = [one for one in audit.endings.drop_out if one.lowest_share.is_known and one.highest_share.is_known]
    if not bounded:
        return [heading, absent("The counts that would bound drop-out were not published for this period.")]
    return [heading, _drop_out_figure(audit, bounded)]


def _drop_out_figure(audit: Audit, bounded: list) -> Figure:
    parts = [
        part for one in bounded for part in (f"{one.reading}: ", one.lowest_share, " to ", one.highest_share, "; ")
    ]
    first = bounded[0]
    place = f"{audit.subject.name}, {audit.subject.period.label}: "
    return Figure(
        id="fig-drop-out",
        heading=f"The fewest and the most who can have dropped out of treatment, {audit.subject.name}, {audit.subject.period.label}",
        alternative=say("Bars from the lowest to the highest share of all treated. ", *parts[:-1], "."),
        describe=lambda width: draw_drop_out(bounded, width),
        table=_drop_out_table(audit.endings),
        citation=say(
            place,
            "between ",
            first.lowest_share,
            " and ",
            first.highest_share,
            f" of those treated dropped out ({first.reading}).",
        ),
        basis=audit.endings.basis,
    )


def _drop_out_table(endings: Endings) -> Table:
    columns = (
        words("reading", "What is counted as dropping out"), numbers("treated", "Treated"), numbers("lowest", "Fewest"),
        numbers("highest", "Most"), numbers("lowest_share", "Lowest share"), numbers("highest_share", "Highest share"),
        words("assumption", "What must be assumed"),
    )  # fmt: skip
    rows = tuple(
        (
            one.reading,
            one.treated,
            one.lowest,
            one.highest,
            one.lowest_share,
            one.highest_share,
            one.assumption or "nothing",
        )
        for one in endings.drop_out
    )
    return Table("drop-out", "Bounds for dropping out of treatment", columns, rows)


def _months(audit: Audit) -> list[Block]:
    endings = audit.endings
    codes = [
        code
        for code in endings.codes
        if code.figure_id in _FOLLOWED and any(q.is_known for q in code.of_ended_by_month)
    ]
    heading = Heading("Month by month", "endings-by-month")
    if not codes or len(endings.months) < 2:
        return [heading, absent("No monthly end codes were published.")]
    return [heading, _months_figure(audit, codes)]


def _months_figure(audit: Audit, codes: list[Ending]) -> Figure:
    endings = audit.endings
    place = f"{audit.subject.name}, {endings.months[-1].name}: "
    return Figure(
        id="fig-endings-by-month",
        heading=f"Some end codes by month, {audit.subject.name}, {endings.months[0].name} to {endings.months[-1].name}",
        alternative=_months_alternative(endings, codes),
        describe=lambda width: draw_months(endings, codes, width),
        table=_months_table(endings),
        citation=say(place, codes[0].of_ended_by_month[-1], f" of referrals ended were closed as “{codes[0].label}”."),
        basis=audit.record.cube(MONTHLY).basis,
        key=tuple((f"line-{i % len(STYLES)}", code.label) for i, code in enumerate(codes)),
        notes=_lettered(endings, codes),
    )


def _lettered(endings: Endings, codes: list[Ending]) -> tuple[str, ...]:
    found = breaks_of(endings, codes)
    letters = {mark.month: mark.letter for mark in letter_breaks([one.month for one in found])}
    return tuple(f"{letters[one.month]}: {one.month.name}. {one.note}" for one in found)


def _months_alternative(endings: Endings, codes: list[Ending]) -> Sentence:
    opening, closing = endings.months[0].name, endings.months[-1].name
    parts = [
        part
        for code in codes
        for part in (
            f"{code.label}: ",
            code.of_ended_by_month[0],
            f" of referrals ended in {opening}, ",
            code.of_ended_by_month[-1],
            f" in {closing}",
            "; ",
        )
    ]
    marked = ", ".join(dict.fromkeys(one.month.name for one in breaks_of(endings, codes)))
    breaks = f". The series breaks in: {marked}." if marked else "."
    return say("Lines over months. ", *parts[:-1], breaks)


def _months_table(endings: Endings) -> Table:
    columns = (
        words("month", "Month"),
        numbers("ended", "Ended"),
        *(numbers(one.figure_id, one.label) for one in endings.codes),
    )
    rows = tuple(
        (month.label, endings.ended_by_month[i], *(code.by_month[i] for code in endings.codes))
        for i, month in enumerate(endings.months)
    )
    return Table("endings-by-month", "Referrals ended by end code and month", columns, rows)


def _breaks(endings: Endings) -> list[Block]:
    if not endings.breaks:
        return []
    columns = (
        words("month", "From"),
        words("figures", "Figures"),
        words("note", "What changed"),
        words("source", "Source"),
    )
    rows = tuple((one.month.name, ", ".join(one.figure_ids) or "all", one.note, one.source) for one in endings.breaks)
    return [Grid(Table("ending-breaks", "Where the published end codes break", columns, rows))]
