"""Single cases: one person's course from the record, its turning points, and questions for whoever studies it."""

from caseness.casebook.finding import Named, find_referral
from caseness.casebook.keys import make_key, open_key, pseudonym, usual_key
from caseness.casebook.listing import STATES, Listed, Listing, list_courses
from caseness.casebook.making import case_of, make_case
from caseness.casebook.markdown import write_markdown
from caseness.casebook.model import Case
from caseness.casebook.plain import study_to_plain
from caseness.casebook.telling import tell_case

__all__ = [
    "STATES",
    "Case",
    "Listed",
    "Listing",
    "Named",
    "case_of",
    "find_referral",
    "list_courses",
    "make_case",
    "make_key",
    "open_key",
    "pseudonym",
    "study_to_plain",
    "tell_case",
    "usual_key",
    "write_markdown",
]
