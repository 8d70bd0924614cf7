"""What a case study tells of the person: nothing that names anybody, and no date unless it is asked for."""

import json
import re

import pytest

from caseness.casebook import study_to_plain, tell_case, write_markdown
from caseness.casebook.finding import Named
from caseness.casebook.rows import NEVER_TAKEN, take_rows
from caseness.casebook.spelling import Spell
from caseness.feedback import INTENDED_PURPOSE
from caseness.report.case_page import render_case
from unit.casebook.conftest import MARK, SECRETS

FORMS = {
    "markdown": lambda study, spell: write_markdown(study),
    "html": render_case,
    "json": lambda study, spell: json.dumps(study_to_plain(study)),
}
# A financial year, as in the source of a threshold, is no date of the course.
DATE = re.compile(r"2025-\d\d|\b\d{4}-\d\d-\d\d|\b\d{1,2}/\d{1,2}/\d{2,4}|\b\d{1,2} (January|April|May|June) \d{4}")


@pytest.fixture(params=FORMS)
def write(request):
    """Writes a case in one form."""

    def run(case, with_dates=False):
        spell = Spell(case.received if with_dates else None)
        return FORMS[request.param](tell_case(case, with_dates), spell)

    return run


def test_nothing_that_names_anybody_is_in_it(made, write):
    text = write(made.case)
    assert not [secret for secret in SECRETS if secret in text]


def test_no_date_is_in_it(made, write):
    """Not even in the words of a signal, which tell when somebody was last seen."""
    found = DATE.search(re.sub(r"data:[^\"]*", "", write(made.case)))
    assert not found, found


def test_dates_are_shown_where_they_are_asked_for_with_a_warning(made, write):
    text = write(made.case, with_dates=True)
    assert "20 June 2025" in text
    assert "less well protected" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_free_text_is_shown_where_it_is_asked_for_and_marked(made, write):
    text = write(made.with_notes)
    for words in ("Moved to Leeds", "my mother", "See my brother"):
        assert re.search(r"free text, may identify\\*\] " + words, text), words
    assert "read it before anybody else does" in text


def test_that_free_text_was_left_out_is_said(made, write):
    assert "that are left out, since they may identify a person: 3." in write(made.case)


def test_every_form_says_what_it_is_for_and_that_nobody_in_it_is_real(made, write):
    text = write(made.case).replace("&#39;", "'")
    assert INTENDED_PURPOSE in text
    assert MARK in text
    assert "personal data" in text


def test_what_names_a_person_is_not_even_taken_from_the_record(made):
    rows = take_rows(made.record, Named("ZZ9", "R1"))
    assert {each["NHSNumber"] for each in rows.rows("IDS001MPI")} == {None}
    assert all(each[name] is None for each in rows.rows("IDS001MPI") for name in NEVER_TAKEN if name in each)
