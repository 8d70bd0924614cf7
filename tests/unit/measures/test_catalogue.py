"""The catalogue: every measure has its chapter, words, status and errata."""

import pytest

from caseness.measures import CHAPTERS, Condition, all_measures, all_variables, chapter_of
from caseness.measures.algebra import condition
from caseness.measures.assumed import EVERYWHERE, assumptions_of, status_of
from caseness.measures.columns import UIDS
from caseness.measures.errata import ERRATA, errata_of
from caseness.measures.words import formula


@pytest.mark.parametrize("measure", all_measures().values(), ids=str)
def test_a_measure_says_what_it_is(measure):
    assert measure.title
    assert formula(measure).startswith(
        ("Number of ", "Sum of ", "100 x ", "Mean of ", "Median of ", "Highest of ", "Lowest of ")
    )
    assert chapter_of(measure.id).why_of(measure)
    assert status_of(measure) == "exact" or all(rule in status_of(measure) for rule in assumptions_of(measure))
    for part in measure.parts:
        assert set(part.columns) <= set(UIDS[part.on.grain])


def test_titles_and_chapters_are_each_said_once():
    titles = [one.title for chapter in CHAPTERS for one in chapter.measures]
    assert len(titles) == len(set(titles)) == 343
    assert len({chapter.id for chapter in CHAPTERS}) == len(CHAPTERS)
    assert len(EVERYWHERE) == 3


def test_an_erratum_touches_measures_and_variables_alone():
    assert {one for erratum in ERRATA for one in erratum.measures} <= {*all_measures(), *all_variables()}
    assert [one.number for one in errata_of("M099")] == ["typing", "4"]
    assert [one.number for one in errata_of("EA053")] == ["typing", "20", "21", "22"]
    assert len({one.number for one in ERRATA}) == len(ERRATA)


def test_conditions_keep_their_columns_and_their_parts():
    first, second = Condition(("a",), "one", lambda a: a, ("X1",)), Condition(("b",), "two", lambda b: b)
    both = first & second & first
    assert both.columns == ("a", "b", "a")
    assert both.says == "one, two, one"
    assert both.uids == ("X1", "X1")
    assert both.atoms == (first, second, first)
    assert [both.test(*cells) for cells in ((True, True, True), (True, False, True))] == [True, False]


def test_a_condition_reads_the_columns_that_its_parameters_name():
    @condition
    def treated(treatment_contacts):
        """that were treated"""
        return treatment_contacts > 0

    assert (treated.columns, treated.says) == (("treatment_contacts",), "that were treated")
    assert treated.of({"treatment_contacts": 1}) is True


@pytest.mark.parametrize(
    ("measure", "says"),
    [
        ("M192", "100 x M191 / (M076 - M179)"),
        ("M080", "100 x (M075 + M076) / M056"),
        ("M089", "Sum of treatments of referrals that ended in the period, that finished a course of treatment"),
        ("M142", "Median of treatments of referrals that ended in the period, that finished a course of treatment"),
    ],
)
def test_a_formula_in_words(measure, says):
    assert formula(all_measures()[measure]) == says


def test_parts_that_are_no_measure_of_their_own_are_spelled_out():
    assert "[number of referrals that ended" in formula(all_measures()["M206"])
    assert "divided by the sum of gaps" in formula(all_measures()["M351"])
    assert "plus the number of internet therapy logs" in formula(all_measures()["M108"])
