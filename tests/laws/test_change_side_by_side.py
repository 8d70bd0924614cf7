"""Laws of courses under every definition: parts sum to the whole, order is irrelevant, and the unknown change no count."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.change import judge_change
from judged_courses import NONE, courses_of, scores_of

ASSUMED = read_shipped_assumptions()
score = st.one_of(st.integers(0, 21).map(float), st.just(NONE))
pairs = st.lists(st.tuples(st.tuples(score, score), st.tuples(score, score)), min_size=1, max_size=45)


def outcome_of(people):
    """PHQ-9 and GAD-7 judged together, and one course that everybody can be told from."""
    phq9, gad7 = zip(*people, ((20.0, 5.0), (15.0, 4.0)), strict=True)
    courses = courses_of(
        scores_of("phq9", *zip(*phq9, strict=True)), scores_of("gad7", *zip(*gad7, strict=True)), ended=100
    )
    return judge_change(courses, ASSUMED).outcomes[0]


@given(pairs)
def test_parts_sum_to_the_whole(people):
    for one in outcome_of(people).verdicts:
        assert one.improved + one.unchanged + one.deteriorated + one.unknown == one.judged
        assert one.recovered <= one.crossed <= one.judged - one.began_below
        assert one.recovered <= one.improved or one.definition == "programme"


@given(pairs)
def test_what_is_gained_and_lost_is_the_difference(people):
    outcome = outcome_of(people)
    for one in outcome.verdicts:
        assert one.recovered - outcome.headline.recovered == one.gained - one.lost
    assert outcome.agreement.total == len(people) + 1


@given(pairs, st.randoms(use_true_random=False))
def test_the_order_of_courses_is_irrelevant(people, random):
    shuffled = list(people)
    random.shuffle(shuffled)
    one, other = outcome_of(people), outcome_of(shuffled)
    assert [replace_rates(each) for each in one.verdicts] == [replace_rates(each) for each in other.verdicts]


# Means are summed in another order, so nothing but the last digits may differ, and no count does.
def replace_rates(verdict):
    return replace(verdict, points=None)


@given(pairs)
def test_a_course_without_any_score_changes_no_class(people):
    before = {one.definition: one for one in outcome_of(people).verdicts}
    after = {one.definition: one for one in outcome_of([*people, ((NONE, NONE), (NONE, NONE))]).verdicts}
    assert before.keys() == after.keys()
    for name, one in before.items():
        more = after[name]
        assert (more.recovered, more.improved, more.deteriorated) == (one.recovered, one.improved, one.deteriorated)
        assert (more.judged, more.unknown) == (one.judged + 1, one.unknown + 1)


@given(st.lists(st.tuples(st.integers(15, 40), st.integers(0, 40)), min_size=1, max_size=20))
def test_a_stricter_rule_never_recovers_more(people):
    """Of those who began on the clinical side of every line, a lower line recovers no more of them."""
    first, last = np.array(people, float).T
    found = {
        one.definition: one
        for one in judge_change(courses_of(scores_of("core10", first, last)), ASSUMED).outcomes[0].verdicts
    }
    assert found["programme-reliable"].recovered <= found["programme"].recovered
    assert found["jt-alpha-a"].recovered <= found["jt-alpha-c"].recovered <= found["jt-alpha-b"].recovered
