"""Files, databases and workbooks -> the record's tables, typed, with every row kept or rejected with its reason."""

from caseness.read.folders import holds_record, holds_submissions
from caseness.read.manifest import to_plain
from caseness.read.model import Record, RecordFile, RowCount, Submission, mark_of
from caseness.read.reading import open_record, read_record, stage_places, stage_submission
from caseness.read.writing import write_record, write_rejected

__all__ = [
    "Record",
    "RecordFile",
    "RowCount",
    "Submission",
    "holds_record",
    "holds_submissions",
    "mark_of",
    "open_record",
    "read_record",
    "stage_places",
    "stage_submission",
    "to_plain",
    "write_record",
    "write_rejected",
]
