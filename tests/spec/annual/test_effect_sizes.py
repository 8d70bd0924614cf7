"""How far scores fall, in England's standard deviations: worked by hand"""

import math
from datetime import date

import pytest

from caseness.measures import compute
from caseness.measures.annual import all_files
from caseness.periods import Period
from grain_tables import make_grains

YEAR = Period.parse("2025-26")


def course(provider, first, last, **more):
    """A finished course of a person at caseness, with a PHQ-9 score at the start, and one at the end or none."""
    told = {
        "provider": provider,
        "phq9_first": first,
        "phq9_last": last,
        "gad7_last": last,
        "discharge_date": date(2025, 4, 20),
    }
    return {**told, "completed_treatment": True, "at_caseness": True, **more}


def figures(rows, file="effect-size", prefix="effect_phq9_at_caseness"):
    """The figures of a file that begin alike, by the end of their id and the organisation."""
    measures = [one for one in all_files()[file].measures if one.id.startswith(prefix)]
    found = compute(make_grains(referral=rows), [YEAR], measures, ["england", "provider"]).table.to_pylist()
    return {
        (row["figure_id"].removeprefix(f"{prefix}_"), row["organisation"]): row["value"]
        for row in found
        if row["figure_id"].startswith(prefix)
    }


# England's first scores are 10, 14, 18 and 22: their mean is 16, and their deviation the root of (36 + 4 + 4 + 36) / 4.
ROWS = [course("RW1", 10, 5), course("RW1", 14, 9), course("RW1", 18, None), course("RX2", 22, 16)]


def test_a_service_is_measured_by_the_deviation_of_england():
    """RW1 falls from 14 to 7, which is 7 by the root of 20. By its own deviation, the root of 32 / 3, it would be 2.1."""
    found = figures(ROWS)
    assert found["mean_start", "RW1"] == 14
    assert found["mean_end", "RW1"] == 7
    assert math.isclose(found["sd_start", "RW1"], math.sqrt(32 / 3))
    assert math.isclose(found["effect_size", "RW1"], 7 / math.sqrt(20))


def test_england_is_measured_by_its_own():
    """From 16 to 10. Whoever has no last score counts at the start all the same."""
    found = figures(ROWS)
    assert (found["mean_start", "ENGLAND"], found["mean_end", "ENGLAND"]) == (16, 10)
    assert math.isclose(found["sd_start", "ENGLAND"], math.sqrt(20))
    assert math.isclose(found["effect_size", "ENGLAND"], 6 / math.sqrt(20))


def test_one_course_has_a_deviation_of_nothing_and_is_measured_by_that_of_england():
    found = figures(ROWS)
    assert found["sd_start", "RX2"] == 0
    assert math.isclose(found["effect_size", "RX2"], 6 / math.sqrt(20))


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([course("RW1", 12, 6)], None),
        ([course("RW1", 12, 6), course("RW1", 12, 8)], None),
        ([course("RW1", 12, None)], None),
    ],
)
def test_where_first_scores_do_not_differ_or_nobody_has_a_last_there_is_no_effect_size(rows, value):
    assert figures(rows)["effect_size", "ENGLAND"] is value


def test_who_is_not_at_caseness_has_lines_of_their_own():
    below = course("RW1", 4, 2, at_caseness=False, not_at_caseness=True)
    rows = [*ROWS, below, course("RW1", 6, 2, at_caseness=False, not_at_caseness=True)]
    assert figures(rows) == figures(ROWS)
    assert figures(rows, prefix="effect_phq9_not_at_caseness")["effect_size", "RW1"] == 3


def test_paired_is_with_two_scores_on_phq9_and_on_gad7_or_the_anxiety_measure():
    rows = [
        *ROWS,
        course("RW1", 12, 8, gad7_last=None),
        course("RW1", 12, 8, gad7_last=None, anxiety_measure_last=9),
        course("RW1", None, None, gad7_last=9),
    ]
    assert figures(rows)["paired", "RW1"] == 3


WSAS = ("wsas_work", "wsas_home_management", "wsas_social_leisure", "wsas_private_leisure", "wsas_relationships")


def answers(first, last):
    """First and last answers to the five questions; None is no answer."""
    return {
        f"{name}_{end}": cell
        for end, told in (("first", first), ("last", last))
        for name, cell in zip(WSAS, told, strict=True)
    }


def test_wsas_is_of_those_who_answered_four_questions_twice():
    """Each question has a line. The mean of one is of those who answered it."""
    rows = [
        course("RW1", 12, 8, **answers((8, 4, 4, 4, 4), (6, 2, 2, 2, 2))),
        course("RW1", 12, 8, **answers((None, 6, 6, 6, 6), (None, 5, 5, 5, 5))),
        course("RW1", 12, 8, **answers((8, 8, 8, 8, 8), (1, 1, 1, None, None))),
    ]
    work = figures(rows, prefix="effect_wsas_work_at_caseness")
    home = figures(rows, prefix="effect_wsas_home_management_at_caseness")
    assert (work["paired_wsas", "RW1"], work["mean_start", "RW1"], work["mean_end", "RW1"]) == (2, 8, 6)
    assert (home["paired_wsas", "RW1"], home["mean_start", "RW1"], home["mean_end", "RW1"]) == (2, 5, 3.5)
    assert home["effect_size", "RW1"] == 1.5


def test_a_total_of_four_answers_is_taken_in_proportion():
    """Twenty points in five questions are 20, and sixteen in four are 20 too."""
    rows = [
        course("RW1", 12, 8, cbt_contacts=2, **answers((4, 4, 4, 4, 4), (2, 2, 2, 2, 2))),
        course("RW1", 12, 8, cbt_contacts=2, **answers((None, 4, 4, 4, 5), (None, 2, 2, 2, 2))),
        course("RW1", 12, 8, cbt_contacts=2, **answers((8, 8, 8, 8, 8), (1, 1, 1, None, None))),
    ]
    found = figures(rows, "therapy-based-outcomes", "therapy_cbt_wsas")
    assert (found["mean_start", "RW1"], found["mean_end", "RW1"]) == ((20 + 21.25) / 2, 10)


def test_a_course_of_therapy_has_two_contacts_with_it():
    """One is enough to be counted among those finishing. The outcomes are those of the referral."""
    rows = [
        course("RW1", 12, 8, cbt_contacts=1, emdr_contacts=2, recovery=True, reliable_improvement=True),
        course("RW1", 12, 8, cbt_contacts=2, recovery=True, reliable_improvement=True),
        course("RW1", 12, 8, cbt_contacts=3, no_change=True),
        course("RW1", 12, 8, cbt_contacts=3, at_caseness=False, not_at_caseness=True, reliable_deterioration=True),
    ]
    cbt = figures(rows, "therapy-based-outcomes", "therapy_cbt")
    assert (cbt["finishing", "RW1"], cbt["courses", "RW1"], cbt["not_at_caseness", "RW1"]) == (4, 3, 1)
    assert (cbt["recovery_percentage", "RW1"], cbt["reliable_recovery", "RW1"]) == (50, 1)
    assert math.isclose(cbt["deterioration_percentage", "RW1"], 100 / 3)
    assert figures(rows, "therapy-based-outcomes", "therapy_emdr")["courses", "RW1"] == 1
