"""How referrals ended by number of treatment contacts, where the rows of a record say so."""

from __future__ import annotations

from caseness.audit.counted_ends import CountedEnds, Leaving
from caseness.report.blocks import Block, Grid, Heading, Items
from caseness.report.sentence import Sentence, say
from caseness.report.table import Table, numbers, words


def tell_counted_ends(ends: CountedEnds, basis: str) -> list[Block]:
    """The tables of end codes by number of contacts, and of who left earlier than planned."""
    return [
        Heading("By agreement, or earlier than planned", "course-ends"),
        Items((*map(_left, ends.leaving), _UNTREATED)),
        Grid(_codes(ends), basis),
        Heading("Leaving earlier than planned", "drop-out"),
        Grid(_leaving(ends), basis),
    ]


_UNTREATED = say(
    "A code of those taken on that stands beside no treatment contact, or a code of those not taken on beside some, is a "
    "contradiction in the record, and is shown as it stands."
)


def _left(one: Leaving) -> Sentence:
    return say(
        f"{one.whose}: ", one.known_share, " were closed as ended earlier than the professional planned. ", one.at_most_share,
        " have no code that says that they ended otherwise: by agreement, by the service, or by death.",
    )  # fmt: skip


def _codes(ends: CountedEnds) -> Table:
    columns = (
        words("ending", "End code"), words("code", "Code"), numbers("untreated", "No treatment contact"),
        numbers("treated_once", "One"), numbers("treated_more", "Two or more"), numbers("of_treated", "Of all treated"),
    )  # fmt: skip
    rows = tuple(
        (one.label, one.code or "none", one.untreated, one.treated_once, one.treated_more, one.of_treated)
        for one in ends.codes
    )
    title = f"Referrals ended by end code and number of treatment contacts, {ends.period.label}"
    return Table("ends-by-contacts", title, columns, rows)


def _leaving(ends: CountedEnds) -> Table:
    columns = (
        words("whose", "Of whom"), numbers("people", "Referrals"), numbers("known", "Ended earlier than planned"),
        numbers("at_most", "No other end is known"), numbers("known_share", "Share"), numbers("at_most_share", "At most"),
    )  # fmt: skip
    rows = tuple(
        (one.whose, one.people, one.known, one.at_most, one.known_share, one.at_most_share) for one in ends.leaving
    )
    return Table("leaving", f"Leaving earlier than planned, {ends.period.label}", columns, rows)
