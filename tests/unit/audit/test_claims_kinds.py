"""Every kind of claim on made-up releases: pairs searched for, changes, rankings, groups."""

import pytest

from caseness.audit.claims import (
    CANNOT_BE_CHECKED,
    CONSISTENT,
    CONTRADICTED,
    OTHER_DENOMINATOR,
    OTHER_NUMERATOR,
    REPRODUCED,
    Breakdown,
    judge,
)
from caseness.audit.record import gather
from caseness.errors import BadClaims
from caseness.periods import Period, financial_year
from caseness.results import ANNUAL, SUMMED, Results
from unit.audit.made_up_claims import RATE, YEAR, annual, claim, judged, months, row


def test_another_denominator_gives_the_figure():
    one = judged(annual(M076=1000, M179=100, M191=450), claim("45.0", **RATE))
    assert one.verdict == OTHER_DENOMINATOR
    assert [(pair.numerator, pair.denominator) for pair in one.pairs] == [("recovery", "finished_course")]
    assert one.figure.value == 50.0
    assert "45.0 % is what these give: recovered, of finished a course (45.00 %, annual report)" in one.explanation


def test_another_numerator_gives_the_figure():
    rows = annual(M076=1000, M179=100, M191=450, M193=405)
    one = judged(rows, claim("45.0", numerator="recovery", denominator="judged_for_recovery"))
    assert one.verdict == OTHER_DENOMINATOR
    one = judged(annual(M076=1000, M179=0, M191=450, M193=405), claim("40.5", **RATE))
    assert one.verdict == OTHER_NUMERATOR
    assert one.pairs[0].numerator == "reliable_recovery"


def test_a_match_that_chance_would_give_is_no_match():
    rows = annual(M001=3000, M076=1000, M179=100, M191=450, M193=400, at_caseness=880, M185=600, M187=300, M189=80)
    one = judged(rows, claim("0", compare="more_than", kind="count", numerator="recovery"))
    assert one.verdict == REPRODUCED
    one = judged(rows, claim("51", compare="more_than", **RATE))
    assert one.matches_by_chance > len(one.pairs) > 0
    assert one.verdict == CONTRADICTED
    assert "That says nothing" in one.explanation


def test_a_denominator_left_out_is_looked_for():
    rows = annual(M001=3000, M076=1000, M179=100, M191=450)
    one = judged(rows, claim("15.0", numerator="recovery"))
    assert (one.verdict, one.pairs[0].denominator) == (REPRODUCED, "referrals_received")
    assert one.pairs_tried == 3
    assert one.matches_by_chance == pytest.approx(3 * 0.1 / 100)


def test_a_denominator_left_out_that_no_published_count_can_be():
    "The usual denominator was published and gives 50 %; those that were not can only be larger."
    rows = annual(M056=4000, M076=1000, M179=100, M191=450, at_caseness=890, M185=600, M187=300, M189=80)
    one = judged(rows, claim("77.7", numerator="recovery"))
    assert one.verdict == CONTRADICTED
    assert "The claim names no denominator." in one.explanation


def test_a_change_has_its_sign():
    before = financial_year(2020)
    rows = [*annual(M076=1000, M179=100, M191=450), *annual(before, M076=1000, M179=0, M191=520)]
    fall = claim("-2.0", kind="difference", since=before, **RATE)
    one = judged(rows, fall)
    assert (one.verdict, one.figure.value, one.figure.unit) == (REPRODUCED, pytest.approx(-2.0), "percentage points")
    assert "From 52.00 % in 2020-21 to 50.00 % in 2021-22 is a change of -2.00 points" in one.explanation
    assert judged(rows, claim("2.0", kind="difference", since=before, **RATE)).verdict == CONTRADICTED


def test_a_relative_change_of_a_count():
    before = financial_year(2020)
    rows = [*annual(M001=1250), *annual(before, M001=1000)]
    one = judged(rows, claim("25", kind="difference", since=before, change="relative", numerator="referrals_received"))
    assert (one.verdict, one.figure.value, one.figure.unit) == (REPRODUCED, 25.0, "percentage")


def test_a_relative_change_from_nothing_cannot_be_checked():
    before = financial_year(2020)
    rows = [*annual(M001=1250), *annual(before, M001=0)]
    one = judged(rows, claim("25", kind="difference", since=before, change="relative", numerator="referrals_received"))
    assert one.verdict == CANNOT_BE_CHECKED


def ranked(*values, within=3, rank="lowest", unknown=()):
    years = [financial_year(2021 - steps) for steps in range(len(values) - 1, -1, -1)]
    rows = [
        one
        for year, value in zip(years, values, strict=True)
        if year.label not in unknown
        for one in annual(year, M001=value)
    ]
    return judged(rows, claim(kind="rank", numerator="referrals_received", rank=rank, within=within))


def test_a_rank():
    assert ranked(30, 20, 10).verdict == REPRODUCED
    assert ranked(30, 5, 10).verdict == CONTRADICTED
    assert ranked(1, 2, 30, rank="highest").verdict == REPRODUCED
    assert ranked(1, 20, 10, within=2).verdict == REPRODUCED


def test_a_tie_is_no_lowest():
    one = ranked(30, 10, 10)
    assert one.verdict == CONTRADICTED
    assert "It ties with 2020-21, so it is not lowest alone." in one.explanation


def test_an_unknown_year_leaves_a_rank_open_unless_another_year_settles_it():
    one = ranked(30, 20, 10, unknown=("2020-21",))
    assert one.verdict == CONSISTENT
    assert "Not known: 2020-21." in one.explanation
    assert one.request is not None
    assert ranked(5, 20, 10, unknown=("2020-21",)).verdict == CONTRADICTED
    assert ranked(30, 20, 10, unknown=("2020-21", "2019-20")).verdict == CANNOT_BE_CHECKED


def test_a_quarter_is_the_sum_of_its_months():
    rows = months(M076=1200)
    one = judged(rows, claim("300", kind="count", period=Period.parse("2021-22 Q2"), numerator="finished_course"))
    assert (one.verdict, one.basis, one.figure.value) == (REPRODUCED, SUMMED, 300.0)
    short = judged(rows[1:], claim("300", kind="count", period=Period.parse("2021-22 Q1"), numerator="finished_course"))
    assert short.verdict == CANNOT_BE_CHECKED


def test_a_plain_ratio():
    rows = months(M086=4800, M087=1200, M076=600)
    one = judged(rows, claim("10", kind="ratio", numerator="appointments_attended", denominator="finished_course"))
    assert (one.verdict, one.figure.value, one.figure.unit) == (REPRODUCED, 10.0, "ratio")


def test_nothing_to_divide_by_cannot_be_checked():
    one = judged(annual(M076=0, M179=0, M191=0), claim("50", **RATE))
    assert one.verdict == CANNOT_BE_CHECKED
    assert one.figure.reason == "not_applicable"
    assert one.explanation == "The annual report leaves nothing to divide by."


GROUP = ("Gender", "Female")
GROUPED = [
    *annual(M076=1000, M179=100, M191=450),
    *(row(figure, YEAR, value, group=GROUP) for figure, value in (("M076", 500.0), ("M179", 0.0), ("M191", 300.0))),
]


def test_a_group_of_a_breakdown():
    one = judged(GROUPED, claim("60", breakdown=Breakdown(*GROUP), **RATE))
    assert (one.verdict, one.basis, one.figure.value) == (REPRODUCED, ANNUAL, 60.0)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Breakdown("Gendr", "Female"), "no breakdown 'Gendr' in the annual release. Did you mean 'Gender'?"),
        (Breakdown("Gender", "Femal"), "no group 'Femal' in the annual release. Did you mean 'Female'?"),
        (Breakdown("Gender", "zzz"), "There are: Female."),
    ],
)
def test_a_group_that_is_not_there_is_refused(asked, said):
    with pytest.raises(BadClaims) as caught:
        judged(GROUPED, claim("60", breakdown=asked, **RATE))
    assert said in str(caught.value)


def test_a_group_is_never_judged_on_the_total():
    "Without the releases there is nothing to read a group from."
    record = gather(Results.from_rows(GROUPED))
    (one,) = judge(record, (claim("50.0", breakdown=Breakdown(*GROUP), **RATE),))
    assert one.verdict == CANNOT_BE_CHECKED
    assert "give the annual releases" in one.missing
    assert one.request is None


def test_a_year_without_outcomes_of_pairs_is_unknown():
    "In 2015-16 no reliable change was the rest, so the three outcomes do not make the paired."
    year = financial_year(2015)
    rows = annual(year, M076=1000, M185=600, M187=300, M189=100)
    one = judged(rows, claim("100", period=year, numerator="paired", denominator="finished_course"))
    assert one.verdict != REPRODUCED


def test_the_order_of_claims_is_kept():
    rows = annual(M001=10)
    record = gather(Results.from_rows(rows))
    claims = tuple(claim(str(value), kind="count", numerator="referrals_received") for value in (9, 10, 11))
    assert [one.verdict for one in judge(record, claims)] == [CONTRADICTED, REPRODUCED, CONTRADICTED]
