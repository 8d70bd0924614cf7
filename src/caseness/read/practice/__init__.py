"""The practice sheet: what a therapist keeps in a spreadsheet, read into the same record as everything else."""

from caseness.read.practice.columns import COLUMNS, PASSED_OVER, SheetColumn
from caseness.read.practice.entries import Entry, Rejected, Sheet, Where
from caseness.read.practice.headers import Taken, take_headers
from caseness.read.practice.known import KnownCourse, KnownScore, KnownSession
from caseness.read.practice.reading import PracticeSheets, read_practice_sheets
from caseness.read.practice.record_tables import Practice
from caseness.read.practice.settling import plain_score
from caseness.read.practice.staging import read_practice

__all__ = [
    "COLUMNS",
    "PASSED_OVER",
    "Entry",
    "KnownCourse",
    "KnownScore",
    "KnownSession",
    "Practice",
    "PracticeSheets",
    "Rejected",
    "Sheet",
    "SheetColumn",
    "Taken",
    "Where",
    "plain_score",
    "read_practice",
    "read_practice_sheets",
    "take_headers",
]
