"""The reference page of the practice sheet: its columns, the words for its codes, and what is assumed."""

from __future__ import annotations

from collections.abc import Iterator

from reference_pages import code, names, table

from caseness.codes import code_list
from caseness.instruments import instruments
from caseness.instruments.tool_codes import is_official, tool_code
from caseness.read.practice import COLUMNS, PASSED_OVER, reading, rows, scores, sheets
from caseness.read.practice.choices import CHOICES

_INTRODUCTION = """# The practice sheet

Every column that a practice sheet may have. A header is known by its name or by another, in any case and with any
punctuation. [Write a practice sheet](../how-to/write-a-practice-sheet.md) says how to use it.

## Columns

*Filled* is the column of the record that it fills.

"""
_SCORES = """
## Scores

The total of any questionnaire of `caseness instruments`, under its name or another of its names, with or without a word
such as *total* or *score*. Items: the name, a separator and the number, as `PHQ9_1`, `CORE-10 q3` or `GAD-7 item 7`. They
are scored by their questionnaire, and a form with an item missing has no total. A score is recorded under its SNOMED code.
A questionnaire that has none stands under a code of our own, which is never official: no official submission accepts it,
and no official measure counts it.

"""
_REMARKS = """
## What is assumed, and what is said

Each of these is said with the number of rows, whenever it happens.

"""


def practice_page() -> str:
    """The practice sheet as it is declared."""
    return "".join(_parts())


def _parts() -> Iterator[str]:
    yield _INTRODUCTION
    yield table(("column", "rows", "what to write", "other names", "filled"), _columns())
    yield "\n## Left out on purpose\n\n"
    yield table(("headers", "why"), ((names(each.names), each.why) for each in PASSED_OVER))
    yield "\n## Words for codes\n\nA code of the data set, or its meaning, can always be written. A word that leaves something open is taken as it\nstands here, and said.\n\n"
    yield table(("column", "code", "meaning", "words", "words that leave something open"), _words())
    yield _SCORES
    own = (one for one in instruments() if not is_official(tool_code(one)))
    yield table(("questionnaire", "code of our own"), ((one.name, code(tool_code(one))) for one in own))
    yield _REMARKS
    yield "".join(f"- {remark.format(n='*n*')}\n" for remark in _remarks())
    yield f"\n## Limits\n\nA file has at most {sheets.BYTES >> 20} MB, a sheet at most {sheets.ROWS:,} rows and {sheets.COLUMNS:,} columns, and the header stands within\nthe first {sheets.LINES_ABOVE} lines. A client and a therapist have at most {rows.ID_CHARACTERS} characters, a group {rows.GROUP_CHARACTERS}. What is beyond a\nlimit is refused or rejected with the reason, never cut.\n"


def _columns() -> Iterator[tuple[object, ...]]:
    for each in COLUMNS:
        needed = " Needed." if each.is_needed else ""
        yield code(each.id), " and ".join(each.rows), each.help + needed, names(each.names), code(each.fills)


def _words() -> Iterator[tuple[object, ...]]:
    for column, choice in CHOICES.items():
        for entry in code_list(choice.codes).codes:
            words, rough = (names(group.get(entry.code, ())) for group in (choice.words, choice.rough))
            if words or rough:
                yield code(column), code(entry.code), entry.meaning, words, rough


def _remarks() -> tuple[str, ...]:
    return (
        reading.NO_ATTENDANCE_COLUMN,
        reading.BLANK_ATTENDANCE,
        reading.TYPE_ASSUMED,
        reading.REFERRAL_ASSUMED,
        rows.ROUGH,
        rows.UNKNOWN_WORD,
        rows.OTHER_KIND,
        rows.REASON_AS_NOTE,
        scores.OUT_OF_RANGE,
        scores.INCOMPLETE,
    )
