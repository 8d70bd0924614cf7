"""Employment at the start and the end of treatment, beside the promise of coming off benefits."""

from __future__ import annotations

from caseness.audit.promise import Employment, Promise, Start
from caseness.audit.promise.employment import NOT_BENEFITS, list_doubts
from caseness.report.blocks import Block, Grid, Heading, Items, absent
from caseness.report.sentence import Sentence, say
from caseness.report.table import Table, numbers, words
from caseness.results import ANNUAL

# As columns: the statuses at the end, shorter than they are printed.
_ENDS = (
    "Employed",
    "Unemployed",
    "Student",
    "Long-term sick",
    "Homemaker",
    "Not on benefits, not seeking work",
    "Unpaid voluntary work",
    "Retired",
    "Not stated",
)


def tell_employment(promise: Promise) -> list[Block]:
    """What the annual file of employment says, where it is among the releases."""
    employment = promise.employment
    if not employment.source:
        return []
    heading = Heading(f"Employment at the start and the end, {employment.year.label}", "promise-employment")
    if not employment.starts:
        return [heading, absent(" ".join((f"{employment.source}:", *list_doubts(employment))))]
    notes = (f"From {employment.source}.", *list_doubts(employment))
    return [
        heading,
        Items((*_sentences(employment), _why_not_the_same(promise))),
        Grid(_shares_table(employment, notes), ANNUAL),
        Grid(_ends_table(employment), ANNUAL),
    ]


def _sentences(employment: Employment) -> list[Sentence]:
    told = []
    if employment.out_of_work is not None:
        told.append(_into_work(employment.out_of_work))
    if employment.in_work is not None:
        told.append(_out_of_work(employment.in_work))
    return told


def _why_not_the_same(promise: Promise) -> Sentence:
    promised = next((one.promised for one in promise.money if one.id == "off_benefits"), None)
    beside = () if promised is None else ("Promised to come off benefits, of the cohort above: ", promised, ". ")
    return say(*beside, NOT_BENEFITS)


def _into_work(start: Start) -> Sentence:
    return say(
        "Unemployed or long-term sick at the start: ", start.finished, " who finished. Employed at the end: ",
        start.ends[0], ", ", start.employed, " of those with a stated status at the end. Of all who finished: ",
        start.least, " if none of the not stated was employed, ", start.most, " if all of them were.",
    )  # fmt: skip


def _out_of_work(start: Start) -> Sentence:
    return say(
        "The other way: employed at the start, ", start.finished, " who finished. Unemployed or long-term sick at the end: ",
        start.out_of_work, " of those with a stated status at the end.",
    )  # fmt: skip


def _shares_table(employment: Employment, notes: tuple[str, ...]) -> Table:
    columns = (
        words("start", "At the start"), numbers("finished", "Finished"), numbers("employed", "Employed at the end"),
        numbers("stated", "Stated at the end"), numbers("of_stated", "Employed, of the stated"),
        numbers("least", "Of all, none of the not stated"), numbers("most", "Of all, all of the not stated"),
    )  # fmt: skip
    added = (employment.out_of_work,) if employment.out_of_work else ()
    rows = tuple(
        (one.label, one.finished, one.ends[0], one.stated, one.employed, one.least, one.most)
        for one in (*employment.starts, *added)
    )
    return Table("promise-employed", "Employed at the end of treatment, by status at the start", columns, rows, notes)


def _ends_table(employment: Employment) -> Table:
    ends = (numbers(f"end_{place}", heading) for place, heading in enumerate(_ENDS, 1))
    rows = tuple((one.label, one.finished, *one.ends) for one in employment.starts)
    columns = (words("start", "At the start"), numbers("finished", "Finished"), *ends)
    return Table("promise-employment-ends", "Status at the end of treatment, by status at the start", columns, rows)
