"""What the spec tests of the casebook stand on."""

from itertools import count

import pytest

from case_records import ACTIVITIES, CONTACTS, course_of


@pytest.fixture
def course(tmp_path):
    """Text tables in, one case out. Contacts and their activities are there unless a test tells its own."""
    numbers = count()

    def run(with_notes=False, **tables):
        told = {"contacts": CONTACTS, "activities": ACTIVITIES, **tables}
        return course_of(tmp_path / str(next(numbers)), with_notes, **told)

    return run


def totals(case, place=0):
    """The days and totals of one questionnaire."""
    return [(one.day, one.total) for one in case.measured[place].scores]
