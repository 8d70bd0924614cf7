"""Claims judged on made-up releases: bases kept apart, intervals, bounds, organisations."""

import pytest

from caseness.audit.claims import CANNOT_BE_CHECKED, CONSISTENT, CONTRADICTED, MEANINGS, REPRODUCED, VERDICTS
from caseness.errors import BadClaims
from caseness.periods import financial_year
from caseness.results import ANNUAL, MONTHLY, PRESS, SUMMED
from unit.audit.made_up_claims import RATE, YEAR, annual, claim, judged, months, row


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
    assert one.verdict == CANNOT_BE_CHECKED
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
    assert "leaves room only for 0.00 to 50.00 %" in too_high.explanation


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
        "annual reports that I could read do not print them",
    ):
        assert part in one.request.body
