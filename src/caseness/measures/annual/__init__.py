"""The files of NHS England's annual report, of a service's own record: fields, measures, readings and what each rests on."""

from caseness.measures.annual.files import COURSES, MAIN, AnnualFile, Field, Line, all_fields, all_files, fields_of
from caseness.measures.annual.main import OWN, main_cells
from caseness.measures.annual.readings import READINGS, Reading
from caseness.measures.annual.status import measures_of, status_of_field

__all__ = [
    "COURSES",
    "MAIN",
    "OWN",
    "READINGS",
    "AnnualFile",
    "Field",
    "Line",
    "Reading",
    "all_fields",
    "all_files",
    "fields_of",
    "main_cells",
    "measures_of",
    "status_of_field",
]
