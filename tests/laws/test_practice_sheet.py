"""Whatever is in a practice sheet: it is refused with a reason, or each of its rows is kept or rejected with one"""

import csv
import io
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from caseness.errors import CasenessError
from caseness.read.practice import COLUMNS, read_practice_sheets, take_headers
from caseness.read.practice.cells import text_of
from caseness.read.practice.plain import plain
from small_practice import CREATED, courses_of

DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
WORDS = (
    "yes",
    "no",
    "DNA",
    "late",
    "cancelled",
    "planned",
    "unplanned",
    "session",
    "ending",
    "assessment",
    "video",
    "5",
    "02",
    "A1",
    "A2",
    "-",
)
CELLS = st.one_of(
    st.sampled_from(WORDS),
    DAYS.map(date.isoformat),
    DAYS.map(lambda day: f"{day:%d/%m/%Y}"),
    DAYS.map(lambda day: f"{day:%m/%d/%Y}"),
    st.integers(-5, 500).map(str),
    st.sampled_from(("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "2,5", "1e309", "NaN", "٣", "١/١/٢٠٢٥", "\u200b", "'", "#N/A")),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12),
)  # fmt: skip
HEADERS = st.one_of(
    st.sampled_from([each.id for each in COLUMNS]),
    st.sampled_from([name for each in COLUMNS for name in each.names]),
    st.sampled_from(("PHQ9", "GAD-7 total", "CORE-10", "CORE10_1", "core10 item 2", "WSAS work", "Notes", "", "x")),
    st.text(max_size=8),
)


@st.composite
def grids(draw):
    """A header that has what is needed, and any rows below, of any length."""
    headers = ["client", "date", *draw(st.lists(HEADERS, max_size=6))]
    row = st.lists(CELLS, min_size=0, max_size=len(headers) + 1)
    good = st.tuples(st.sampled_from(("A1", "A2", "A3")), DAYS.map(date.isoformat)).map(list)
    return [headers, *draw(st.lists(st.one_of(row, good), max_size=8))]


def written(rows):
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def read(content, name="sheet.csv"):
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return read_practice_sheets([path], CREATED)


def require_all_rows(found, rows):
    """Each row that holds something, and is not the header again, is kept or rejected; and each is one of the two once."""
    header = [plain(cell) for cell in rows[0]]
    filled = [row for row in rows[1:] if any(map(text_of, row))]
    again = [
        row for row in filled if [plain(text_of(cell)) for cell in row] + [""] * (len(header) - len(row)) == header
    ]
    assert found.read == len(filled) - len(again)
    assert found.read == found.kept + len(found.rejected)
    entries = [entry.where for course in found.courses for entry in course.entries]
    rejected = [each.where for each in found.rejected]
    assert len(entries) == found.kept
    assert len({*entries, *rejected}) == found.read
    assert all(each.reasons for each in found.rejected)


@given(grids())
def test_every_row_of_a_csv_sheet_is_kept_or_rejected_with_a_reason(rows):
    try:
        found = read(written(rows))
    except CasenessError:
        return
    require_all_rows(found, rows)


@settings(max_examples=25)
@given(grids())
def test_every_row_of_a_workbook_is_kept_or_rejected_with_a_reason(rows):
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("sessions")
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, cell)
        try:
            found = read_practice_sheets([path], CREATED)
        except CasenessError:
            return
    require_all_rows(found, rows)


@given(
    st.one_of(
        st.binary(max_size=200), st.text(max_size=200).map(lambda text: f"client,date\n{text}".encode(errors="ignore"))
    )
)
def test_any_bytes_are_refused_with_a_reason_or_counted(content):
    for name in ("sheet.csv", "sheet.xlsx", "sheet.txt"):
        try:
            found = read(content, name)
        except CasenessError:
            continue
        assert found.read == found.kept + len(found.rejected)


READ_TWICE = settings(max_examples=50)


@st.composite
def practices(draw):
    """Rows of a few clients: sessions on different days, and some endings."""
    rows = []
    for client in ("A1", "A2", "A3"):
        for day, kind in enumerate(draw(st.lists(st.sampled_from(("session", "session", "ending")), max_size=8))):
            when = (date(2025, 1, 6) + timedelta(days=day)).isoformat()
            rows.append([kind, client, when, "planned" if kind == "ending" else ""])
    return rows


@READ_TWICE
@given(practices(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_change_the_courses(rows, random):
    header = ["row", "client", "date", "ending"]
    shuffled = random.sample(rows, len(rows))
    first, second = (read(written([header, *each])) for each in (rows, shuffled))
    assert sorted(courses_of(first), key=str) == sorted(courses_of(second), key=str)
    assert (first.kept, len(first.rejected)) == (second.kept, len(second.rejected))


@READ_TWICE
@given(practices())
def test_another_client_changes_nothing_for_the_first(rows):
    header = ["row", "client", "date", "ending"]
    alone = read(written([header, *rows]))
    more = read(written([header, *rows, ["session", "Z9", "2025-01-06", ""]]))
    assert [each for each in courses_of(more) if each[0] != "Z9"] == courses_of(alone)


@given(st.lists(HEADERS, max_size=12))
def test_every_header_is_taken_for_something_or_left_out_with_a_reason(headers):
    taken = take_headers(headers)
    assert [one.header for one in taken] == headers
    assert all(one.is_used != bool(one.why) for one in taken)
    meanings = [one.meaning for one in taken if one.is_used and one.same_as is None]
    assert len(meanings) == len(set(meanings))
