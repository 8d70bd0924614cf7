"""Claims judged on made-up releases: bases kept apart, intervals, rankings, groups, organisations."""

from decimal import Decimal

import pytest

from caseness.audit.claims import (
    CANNOT_BE_CHECKED,
    CONSISTENT,
    CONTRADICTED,
    MEANINGS,
    OTHER_DENOMINATOR,
    OTHER_NUMERATOR,
    REPRODUCED,
    VERDICTS,
    Breakdown,
    Claim,
    judge,
)
from caseness.audit.record import gather
from caseness.errors import BadClaims
from caseness.periods import Period, financial_year
from caseness.results import ANNUAL, ENGLAND, MONTHLY, PRESS, SUMMED, Results

YEAR = financial_year(2021)


def row(figure_id, period, value, basis=ANNUAL, organisation=ENGLAND, ends=None, group=None):
    low, high = ends or (value, value)
    return {
        "figure_id": figure_id,
        "statistic": "count",
        "period_start": period.start,
        "period_end": period.end,
        "level": "england" if organisation == ENGLAND else "provider",
        "organisation": organisation,
        "split_1": group[0] if group else None,
        "group_1": group[1] if group else None,
        "value": value,
        "low": low,
        "high": high,
        "basis": basis,
    }


def annual(period=YEAR, **figures):
    return [row(figure, period, float(value)) for figure, value in figures.items()]


def months(period=YEAR, **figures):
    """Every month prints a twelfth."""
    return [row(figure, month, value / 12, MONTHLY) for figure, value in figures.items() for month in period.months()]


def claim(value=None, kind="share", period=YEAR, **keys):
    number = None if value is None else Decimal(value)
    return Claim("made-up", "says", "source", kind, period, value=number, **keys)


def judged(rows, one, names=None):
    results = Results(Results.from_rows(rows).table, names or {})
    return judge(gather(results), (one,), results)[0]


RATE = {"numerator": "recovery", "denominator": "judged_for_recovery"}


def test_every_verdict_has_its_sentence():
    assert set(MEANINGS) == set(VERDICTS)
    assert all(text.endswith(".") for text in MEANINGS.values())


def test_a_share_that_the_counts_give():
    one = judged(annual(M076=1000, M179=100, M191=450), claim("50.0", **RATE))
    assert (one.verdict, one.basis, one.figure.value) == (REPRODUCED, ANNUAL, 50.0)
    assert "450 (recovered) of 900 (judged for recovery) is 50.00 % by the annual report." in one.explanation


def test_the_basis_that_reproduces_is_named_and_the_other_is_told():
    rows = [*annual(M076=1000, M179=100, M191=450), *months(M076=1200, M179=240, M191=444)]
    one = judged(rows, claim("46.2", **RATE))
    assert (one.verdict, one.basis) == (REPRODUCED, SUMMED)
    assert [reading.basis for reading in one.readings] == [SUMMED, ANNUAL]
    assert one.readings[1].verdict == CONTRADICTED
    assert "By the annual report it is 50.00 %." in one.explanation


def test_a_basis_that_is_given_is_the_only_one():
    rows = [*annual(M076=1000, M179=100, M191=450), *months(M076=1200, M179=240, M191=444)]
    one = judged(rows, claim("46.2", basis=ANNUAL, **RATE))
    assert (one.verdict, one.basis) == (CONTRADICTED, ANNUAL)
    assert [reading.basis for reading in one.readings] == [ANNUAL]


def test_a_ratio_never_takes_one_count_from_each_basis():
    "Annual finished over monthly treated would give 50.0; neither basis holds both."
    rows = [*annual(M076=600), *months(M075=600)]
    one = judged(rows, claim("50.0", numerator="finished_course", denominator="ended_after_treatment"))
    assert one.verdict == CONSISTENT
    assert one.figure.value is None


def test_a_press_figure_is_not_mixed_with_an_annual_one():
    rows = [*annual(M001=2000), row("M031", YEAR, 1000.0, PRESS, ends=(995.0, 1005.0))]
    one = judged(rows, claim("50", numerator="accessing_services", denominator="referrals_received"))
    assert one.verdict == CANNOT_BE_CHECKED
    assert PRESS not in [reading.basis for reading in one.readings]


def test_a_press_figure_alone_is_an_interval():
    rows = [*annual(M001=2000), row("M031", YEAR, 1_020_000.0, PRESS, ends=(1_015_000.0, 1_025_000.0))]
    rounded = judged(rows, claim("1.02E+6", kind="count", numerator="accessing_services"))
    exact = judged(rows, claim("1020000", kind="count", numerator="accessing_services"))
    assert (rounded.verdict, rounded.basis) == (REPRODUCED, PRESS)
    assert (exact.verdict, exact.basis) == (CONSISTENT, PRESS)


PROVIDER = [
    row("M001", YEAR, 9000.0),
    row("M076", YEAR, 100.0, organisation="RYK", ends=(98.0, 102.0)),
    row("M179", YEAR, 20.0, organisation="RYK", ends=(18.0, 22.0)),
    row("M191", YEAR, 40.0, organisation="RYK", ends=(38.0, 42.0)),
]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [("50", CONSISTENT), ("46", CONSISTENT), ("70", CONTRADICTED), ("5E+1", CONSISTENT)],
)
def test_rounded_counts_leave_room(value, verdict):
    "38 / (102 - 18) = 45.2 up to 42 / (98 - 22) = 55.3; even 5E+1 stands for no more than 45 to 55."
    one = judged(PROVIDER, claim(value, organisation="RYK", **RATE))
    assert one.verdict == verdict
    assert (round(one.figure.low, 1), round(one.figure.high, 1)) == (45.2, 55.3)


def test_rounded_counts_can_settle_a_claim_when_every_possible_value_passes():
    one = judged(PROVIDER, claim("45", organisation="RYK", compare="more_than", **RATE))
    assert one.verdict == REPRODUCED


def test_a_part_shared_by_both_counts_moves_in_both():
    "98 to 102 finished, 48 to 52 treated once: 98 / 150 = 65.3 to 102 / 150 = 68.0, not 98 / 154 to 102 / 146."
    rows = [
        row("M001", YEAR, 9000.0),
        *(row("M076", m, None, MONTHLY, "RYK", (98 / 12, 102 / 12)) for m in YEAR.months()),
        *(row("M075", m, None, MONTHLY, "RYK", (48 / 12, 52 / 12)) for m in YEAR.months()),
    ]
    one = judged(
        rows, claim("66", organisation="RYK", numerator="finished_course", denominator="ended_after_treatment")
    )
    assert (round(one.figure.low, 2), round(one.figure.high, 2)) == (65.33, 68.0)


def test_an_organisation_is_found_by_its_name():
    one = judged(PROVIDER, claim("50", organisation="a north service", **RATE), {"RYK": "A North Service"})
    assert one.claim.organisation == "RYK"


def test_an_organisation_that_is_not_there_is_refused():
    with pytest.raises(BadClaims, match=r"no organisation 'RYL' in these releases\. Did you mean 'RYK'\?"):
        judged(PROVIDER, claim("50", organisation="RYL", **RATE))


def test_an_organisation_is_refused_where_there_is_england_alone():
    with pytest.raises(BadClaims, match="which are England's alone"):
        judged(annual(M001=1), claim("50", organisation="RYL", **RATE))


def test_a_name_that_two_organisations_have_is_refused():
    rows = [*PROVIDER, row("M076", YEAR, 5.0, organisation="RYM")]
    with pytest.raises(BadClaims, match="2 organisations are called 'Same': RYK, RYM"):
        judged(rows, claim("50", organisation="Same", **RATE), {"RYK": "Same", "RYM": "Same"})


def test_england_is_not_refused_where_the_releases_are_of_one_provider():
    one = judged(PROVIDER[1:], claim("50", **RATE))
    assert one.verdict == CANNOT_BE_CHECKED
    assert "do not cover 2021-22" in one.missing
    assert one.request is None


def test_a_period_that_is_not_covered_is_not_asked_for():
    one = judged(annual(M001=1), claim("50", period=financial_year(2030), **RATE))
    assert (one.verdict, one.request) == (CANNOT_BE_CHECKED, None)


def test_an_unpublished_total_is_bounded_by_its_published_parts():
    rows = annual(M076=600, M191=300)
    possible = judged(rows, claim("30.0", numerator="recovery", denominator="ended_after_treatment"))
    assert (possible.verdict, possible.figure.low, possible.figure.high) == (CONSISTENT, 0.0, 50.0)
    too_high = judged(rows, claim("51.0", numerator="recovery", denominator="ended_after_treatment"))
    assert too_high.verdict == CONTRADICTED
    assert "leaves room for 0.00 to 50.00 % only" in too_high.explanation


def test_an_unpublished_total_is_bounded_above_by_what_it_lies_in():
    rows = annual(M056=1500, M076=600)
    keys = {"numerator": "finished_course", "denominator": "ended_after_treatment"}
    assert judged(rows, claim("39", **keys)).verdict == CONTRADICTED
    assert judged(rows, claim("41", **keys)).verdict == CONSISTENT


def test_bounds_can_settle_a_claim():
    rows = annual(M076=600, M191=300)
    one = judged(rows, claim("60", compare="at_most", numerator="recovery", denominator="ended_after_treatment"))
    assert one.verdict == REPRODUCED
    assert "all of that agrees with the claim" in one.explanation


def test_what_nothing_bounds_cannot_be_checked_and_is_asked_for():
    one = judged(annual(M076=600), claim("40", numerator="ended_treated_once", denominator="ended_after_treatment"))
    assert one.verdict == CANNOT_BE_CHECKED
    assert one.missing == (
        "Not published in the annual report: 'ended, treated once' for 2021-22 and 'ended after treatment' for 2021-22."
    )
    assert one.request is not None
    assert one.request.to == "NHS England"
    for part in (
        "Freedom of Information Act 2000",
        "Ended, treated once",
        "M075",
        "2021-22",
        "England",
        "do not print them",
    ):
        assert part in one.request.body


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
