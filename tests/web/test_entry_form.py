"""A form and its action when two processes make one thing at once."""

import pytest
from django.db import IntegrityError

from caseness.web.caseload.entry_form import attempt
from caseness.web.caseload.forms import NoteForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("clashes", "made", "problems"), [(0, "made", 0), (1, "made", 0), (9, None, 1)])
def test_whoever_comes_second_finds_what_the_first_has_made(clashes, made, problems):
    left = iter([IntegrityError] * clashes)
    form = NoteForm({"entry": "0" * 32, "text": "x", "day": "2026-03-20"})

    def act(**given):
        for clash in left:
            raise clash
        return "made"

    assert attempt(form, act) == made
    assert len(form.problems()) == problems
