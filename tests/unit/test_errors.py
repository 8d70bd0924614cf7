"""Errors: what a user is told."""

from caseness import errors
from caseness.errors import CasenessError, UnknownName, suggest


def test_every_kind_has_an_exit_code_of_its_own():
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, CasenessError)]
    codes = [kind.exit_code for kind in kinds]
    assert len(codes) == len(set(codes))


def test_a_slip_of_the_pen_is_answered_with_what_was_meant():
    problem = UnknownName("count", "recovry", ["recovery", "paired"], "See docs.")
    assert str(problem) == "There is no count 'recovry'. Did you mean 'recovery'? See docs."


def test_the_case_of_letters_does_not_matter_for_a_suggestion():
    assert suggest("taf9", ["TAF90", "RYK"]) == "Did you mean 'TAF90'?"


def test_nothing_is_suggested_where_nothing_is_near():
    assert suggest("zzz", ["recovery"]) == ""
