"""From a row of a sheet to a session or an ending, or to a row that is rejected with every reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date

from caseness.read.practice.cells import Day, read_day, read_number, read_time, text_of
from caseness.read.practice.choices import CHOICES, ROW
from caseness.read.practice.columns import BOTH, COLUMNS, ENDING, GROUP_KINDS, SESSION
from caseness.read.practice.entries import Entry, Line, Rejected, Sheet, Where
from caseness.read.practice.scores import read_scores

ID_CHARACTERS = 20
GROUP_CHARACTERS = 100
NOTE_CHARACTERS = 4000

# What is said of rows, with how many.
ROUGH = (
    "Sessions that say only 'no' or 'cancelled': {n}. 'No' is taken for did not attend without warning, and 'cancelled' for "
    "cancelled by the client (assumed)."
)
UNKNOWN_WORD = (
    "Cells with a word that is no code of their column: {n}. They are kept as they stand, for a check to find."
)
OTHER_KIND = "Rows with cells that belong to the other kind of row, session or ending: {n}. Those cells are not taken."
REASON_AS_NOTE = (
    "Reasons for an ending that are no code: {n}. They are kept as notes, which leave the service in no report."
)

# A word that is not understood in one of these could change what is counted, so the row is not taken.
_STRICT = ("attended", "dna", "type", "ending", "planned")
_CODED = tuple(CHOICES)
_IDS = {"client": ID_CHARACTERS, "therapist": ID_CHARACTERS, **dict.fromkeys(GROUP_KINDS, GROUP_CHARACTERS)}


class RowReader:
    """Reads the rows of one sheet, and counts what has to be said about them in `remarks`."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.instruments = {one.instrument.id: one.instrument for one in sheet.taken if one.instrument}
        self.remarks: Counter[str] = Counter()
        self.reasons: list[str] = []

    def read(self, line: Line) -> Entry | Rejected:
        """One row, as a session, an ending or a rejected row."""
        self.reasons = ["it has more cells than the header"] if len(line.cells) > len(self.sheet.taken) else []
        cells = self._cells(line)
        kind = self._kind(cells)
        day = self._day(kind, cells)
        values = self._values(kind, cells)
        referred, born = self._optional_day("referred", cells), self._optional_day("birth date", cells)
        scores = read_scores(self._score_cells(line), self.instruments, day)
        self.reasons.extend(scores.reasons)
        where = Where(self.sheet.number, line.number)
        if self.reasons or day is None:
            return Rejected(kind, where, tuple(dict.fromkeys(self.reasons)), self.sheet.kept_cells(line))
        self.remarks.update(scores.remarks)
        values |= {"birth date": born.isoformat()} if born else {}
        return Entry(
            kind, where, values.pop("client"), day, values, referred, tuple(scores.scores), tuple(scores.alliance)
        )

    def _cells(self, line: Line) -> dict[str, object]:
        """The cells by column. Where two columns are for the same thing, they have to agree."""
        found: dict[str, object] = {}
        for one in self.sheet.taken:
            cell = line.cells[one.place]
            if one.column and text_of(cell):
                self._require_agreement(one.header, found.get(one.column.id, cell), cell)
                found.setdefault(one.column.id, cell)
        return found

    def _score_cells(self, line: Line) -> dict:
        found: dict = {}
        for one in self.sheet.taken:
            if one.instrument:
                cell, key = line.cells[one.place], (one.instrument.id, one.item)
                if text_of(cell):
                    self._require_agreement(one.header, found.get(key, cell), cell)
                    found.setdefault(key, cell)
        return found

    def _require_agreement(self, header: str, first: object, second: object) -> None:
        if text_of(first) != text_of(second):
            self.reasons.append(f"{header.strip()}: two columns for the same thing hold different values")

    def _kind(self, cells: Mapping[str, object]) -> str:
        if self.sheet.kind:
            return self.sheet.kind
        if "row" in cells:
            return self._kind_written(text_of(cells["row"]))
        of_session = any(each.id in cells for each in COLUMNS if each.rows == (SESSION,))
        of_ending = any(each.id in cells for each in COLUMNS if each.rows == (ENDING,))
        if of_session and of_ending:
            self.reasons.append("row: it could be a session or an ending. Say which in a column `row`")
        return ENDING if of_ending else SESSION

    def _kind_written(self, text: str) -> str:
        found, _ = ROW.find(text)
        if found not in BOTH:
            self.reasons.append("row: neither session nor ending")
            return SESSION
        return found

    def _day(self, kind: str, cells: Mapping[str, object]) -> date | None:
        column = "end date" if kind == ENDING and "end date" in cells else "date"
        found = self._read_day(column, cells.get(column))
        if found.day is None:
            self.reasons.append(f"{column}: {found.reason}")
        return found.day

    def _optional_day(self, column: str, cells: Mapping[str, object]) -> date | None:
        if column not in cells:
            return None
        found = self._read_day(column, cells[column])
        if found.day is None:
            self.reasons.append(f"{column}: {found.reason}")
        return found.day

    def _read_day(self, column: str, cell: object) -> Day:
        places = {one.place for one in self.sheet.taken if one.column and one.column.id == column}
        return read_day(cell, self.sheet.is_workbook, bool(places & self.sheet.month_first))

    def _values(self, kind: str, cells: Mapping[str, object]) -> dict[str, str]:
        values = self._texts(cells) | self._codes(kind, cells)
        strays = [each.id for each in COLUMNS if kind not in each.rows and each.id in cells]
        self.remarks.update([OTHER_KIND] if strays else [])
        if kind == SESSION:
            self._take(values, cells, "time", read_time, "not a time")
            self._take(values, cells, "minutes", _whole_number, "not a whole number of minutes")
            self._join(values, "attended", "dna")
        else:
            self._join(values, "ending", "planned")
        if "client" not in values and "client" not in cells:
            self.reasons.append("client: blank. If its cells are merged, write the client in each row")
        return values

    def _texts(self, cells: Mapping[str, object]) -> dict[str, str]:
        found = {}
        for column, most in _IDS.items():
            text = text_of(cells.get(column))
            if len(text) > most:
                self.reasons.append(f"{column}: longer than {most} characters")
            elif text:
                found[column] = text
        return found

    def _codes(self, kind: str, cells: Mapping[str, object]) -> dict[str, str]:
        of_kind = {each.id for each in COLUMNS if kind in each.rows}
        found = {}
        for column in _CODED:
            if column in of_kind and column in cells:
                found |= self._code(column, text_of(cells[column]))
        return found

    def _code(self, column: str, text: str) -> dict[str, str]:
        code, is_rough = CHOICES[column].find(text)
        if code:
            self.remarks.update([ROUGH] if is_rough else [])
            return {column: code}
        if column in _STRICT:
            self.reasons.append(f"{column}: not understood")
            return {}
        return self._as_it_stands(column, text)

    def _as_it_stands(self, column: str, text: str) -> dict[str, str]:
        if len(text) > NOTE_CHARACTERS:
            self.reasons.append(f"{column}: longer than {NOTE_CHARACTERS} characters")
        self.remarks.update([REASON_AS_NOTE if column == "reason" else UNKNOWN_WORD])
        return {"note" if column == "reason" else column: text}

    def _take(
        self,
        values: dict[str, str],
        cells: Mapping[str, object],
        column: str,
        read: Callable[[object], str | None],
        otherwise: str,
    ) -> None:
        if column in cells:
            found = read(cells[column])
            if found is None:
                self.reasons.append(f"{column}: {otherwise}")
            else:
                values[column] = found

    def _join(self, values: dict[str, str], column: str, other: str) -> None:
        """Two ways to write the same thing become one, and have to agree."""
        second = values.pop(other, None)
        if second and values.setdefault(column, second) != second:
            self.reasons.append(f"{column}: it says another thing than {other}")


def _whole_number(cell: object) -> str | None:
    number = read_number(cell)
    return number if number and number.isdecimal() and len(number) <= 4 else None
