"""The reference pages that list what is declared: figures, counts, identities, layouts and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from reference_pages import code, names, table

from caseness.audit.counts import COUNTS, Count
from caseness.audit.denominators import DENOMINATORS, OTHER_COHORTS, WITHIN
from caseness.audit.identity_table import (
    BETWEEN_BASES,
    BETWEEN_BASES_PERCENT,
    BETWEEN_BASES_SOURCE,
    IDENTITIES,
    Identity,
)
from caseness.audit.ledger import STEPS
from caseness.audit.terms import formulas
from caseness.published.layouts import LAYOUTS, Layout
from caseness.published.names import SourceName, all_figures, read_rows, source_names

GLOSSARY = Path(__file__).resolve().parent.parent / "GLOSSARY.md"

FIGURES_PAGE = """# Figures, and what each layout calls them

A figure is known by NHS England's own id, such as M076, because names have changed and ids have not. In July 2022 some
names are wrong at source, and the ids are right. A figure without an official id bears our name.

The clock is the date that places a referral in a period. A clock of `period_end` means a stock, counted at the end of the
month: it is never added up over months.

"""

CROSSWALK = """
## The crosswalk

The monthly files print the official id. The annual reports and the older files print names only. This table says which
figure each name is, and in which financial years the layout used it. A blank year means that the name is older, or
still in use.

"""

COUNTS_PAGE = """# Counts, ledger steps and rates

These are the counts that the audit, the commands and a file of claims speak of, and how each is made of
[figures](figures.md). A count is never completed from another basis: where one of its figures was not published on a
basis, it is unknown there.

## Counts

"""

STEPS_SECTION = """
## Ledger steps

A *stage* is a group that is still in the count. Those who *leave* are out of the count from here on. An *outcome* is a
reading of those who are still in it. What stands *beside* is about other people. A step that is not a count of its own is
a difference: the remainder is referrals ended less the three groups; no caseness known is finished less at caseness less
not at caseness; unpaired is finished less paired.

"""

RATES_SECTION = """
## Published rates, and how each is recomputed

"""

PAIRS_SECTION = """
## Numerators and denominators

`caseness rates` sets each numerator over each denominator in which everyone of it is counted. The rest of the table is a
dash. The counts marked * are of other people, and such a share is marked in the report.

"""

IDENTITIES_PAGE = """# Identities

An identity is an equation or an order that published figures should satisfy. The audit checks each for every period and
organisation. What does not hold is a finding about the release, not about a service's work.

Below England counts are rounded and starred. Then the interval decides: a departure is only counted where no counts within
the published ones would satisfy the identity, and where they leave room it is said that it cannot be told.

| kind | what must lie within the limits |
|---|---|
| exact | left less right |
| near | left less right: a range that was seen, not a law |
| plausible | left as a percentage of right: a range that was seen, not a law |
| order | right less left: a part is no larger than its whole |
| rounding | a printed percentage, against its counts, to the printed decimal |

## Declared identities

"""

IDENTITIES_AFTER = f"""
Besides these, every rate of [the table of rates](counts.md#published-rates-and-how-each-is-recomputed) is checked against
its counts on each basis that prints it, and the mean number of appointments (M141) against M089 / M076.

## Between bases

For England the sum of the twelve monthly files is compared with the annual report: {", ".join(BETWEEN_BASES)}. They should
lie within {BETWEEN_BASES_PERCENT:g} % of each other. Source: {BETWEEN_BASES_SOURCE}. They count the same year differently, so
they are compared and never mixed.
"""

LAYOUTS_PAGE = """# Layouts that are read, and what is ignored

A file is known by its columns, never by its name. CSV, XLSX and Parquet are opened. Case, spaces and underscores in a
column's name do not count.

"""

IGNORED_SECTION = """
## What is ignored

A file that is no release is listed, with the reason. So is a release that cannot be read whole. `caseness releases show`
prints the list, and the report holds it. If the path that was given is such a file, that is an error. These kinds are
known by their columns, and no figure is taken from them.

"""

LABELS_SECTION = """
## Labels that changed

Some groups and breakdowns have borne several names. They are read as one.

"""

LEVELS_SECTION = """
## Levels as they are printed

"""

GLOSSARY_ANCHORS = re.compile(r"^\*\*(.+?)\*\*", re.MULTILINE)


def figures_page() -> str:
    """Every figure, and every name that a layout has used for it."""
    rows = ((code(one.figure_id), code(one.name), one.statistic, code(one.clock)) for one in all_figures().values())
    listed = table(("id", "name", "statistic", "clock"), rows)
    titles = ("layout", "name in the source", "statistic", "figure", "from", "to", "note")
    return FIGURES_PAGE + listed + CROSSWALK + table(titles, map(_crosswalk_row, _all_source_names()))


def counts_page() -> str:
    """The counts, the steps of the ledger, the rates, and which count goes over which."""
    counts = table(("name", "label", "meaning", "made of"), map(_count_row, COUNTS.values()))
    steps = ((code(one.id), one.label, one.role, code(one.of), one.why) for one in STEPS)
    rates = ((code(one.figure_id), one.label, code(one.text)) for one in formulas())
    return "".join(
        (
            COUNTS_PAGE,
            counts,
            STEPS_SECTION,
            table(("step", "label", "role", "part of", "why"), steps),
            RATES_SECTION,
            table(("id", "rate", "formula"), rates),
            PAIRS_SECTION,
            table(("numerator", *map(_denominator, DENOMINATORS)), map(_pair_row, WITHIN)),
        )
    )


def identities_page() -> str:
    """The identities, with the limits and where they come from."""
    titles = ("id", "statement", "kind", "left", "right", "limits", "basis", "source")
    return IDENTITIES_PAGE + table(titles, map(_identity_row, IDENTITIES)) + IDENTITIES_AFTER


def layouts_page() -> str:
    """How each layout is told, what is known and not read, and labels that changed."""
    ignored = (
        (one["what"][:1].upper() + one["what"][1:], names(one["columns"].split("|")))
        for one in read_rows("not_read.csv")
    )
    labels = ((one["kind"], code(one["printed"]), code(one["ours"])) for one in read_rows("labels.csv"))
    levels = ((code(one["label"]), code(one["level"])) for one in read_rows("levels.csv"))
    return "".join(
        (
            LAYOUTS_PAGE,
            *map(_layout_section, LAYOUTS),
            IGNORED_SECTION,
            table(("what it is", "told by the columns"), ignored),
            LABELS_SECTION,
            table(("kind", "as printed", "read as"), labels),
            LEVELS_SECTION,
            table(("as printed", "level"), levels),
        )
    )


def glossary_page() -> str:
    """The glossary at the root of the repository, each word under a heading of its own, so that it can be linked."""
    return GLOSSARY_ANCHORS.sub(_as_heading, GLOSSARY.read_text(encoding="utf-8"))


def glossary_terms() -> list[str]:
    """The words of the glossary, as they are written at the head of each paragraph."""
    return [_term(found[1]) for found in GLOSSARY_ANCHORS.finditer(GLOSSARY.read_text(encoding="utf-8"))]


def _as_heading(found: re.Match[str]) -> str:
    return f"### {_term(found[1])}\n\n{found[0]}"


def _term(text: str) -> str:
    return text.strip().rstrip(".,")


def _all_source_names() -> Iterator[SourceName]:
    for layout in dict.fromkeys(row["layout"] for row in read_rows("crosswalk.csv")):
        yield from source_names(layout)


def _crosswalk_row(one: SourceName) -> tuple[str, ...]:
    return one.layout, code(one.source_name), one.statistic, code(one.figure_id), one.first, one.last, one.note


def _count_row(one: Count) -> tuple[str, ...]:
    made = " + ".join(one.plus) + "".join(f" - {figure}" for figure in one.minus)
    annual = f"; annual: {code(' + '.join(one.annual_plus))}" if one.annual_plus else ""
    unknown = ", ".join(period.label for period in one.unknown_in)
    unless = f"; unknown in {unknown}: {one.unknown_because}" if unknown else ""
    return code(one.name), one.label, one.meaning, code(made) + annual + unless


def _denominator(name: str) -> str:
    return code(name) + (" *" if name in OTHER_COHORTS else "")


def _pair_row(numerator: str) -> list[str]:
    marks = ("yes" if name in OTHER_COHORTS or name in WITHIN[numerator] else "-" for name in DENOMINATORS)
    return [code(numerator), *marks]


def _identity_row(one: Identity) -> tuple[object, ...]:
    limits = _limits(one)
    statement = f"{one.statement}. {one.remark}".strip()
    return (
        code(one.id),
        statement,
        one.kind,
        code(one.left.replace("?", "")),
        code(one.right),
        limits,
        one.basis,
        one.source,
    )


def _limits(one: Identity) -> str:
    if one.low == one.high:
        return f"{one.low:g}"
    return f"{one.low:g} or more" if one.high == float("inf") else f"{one.low:g} to {one.high:g}"


def _layout_section(layout: Layout) -> str:
    year = (
        " The file does not say its year: the year in its name, or in the folder's, is used."
        if layout.needs_year
        else ""
    )
    named = (
        f" The names of its figures are in [the crosswalk](figures.md#the-crosswalk), under `{layout.names}`."
        if layout.names
        else ""
    )
    needed = names(layout.columns.values())
    return (
        f"## {layout.title}\n\nLayout `{layout.id}`, basis *{layout.basis}*, dataset `{layout.dataset}`.{year}{named}\n\n"
        f"Told by the columns {needed}.\n\n"
    )
