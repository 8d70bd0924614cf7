"""Services and groups, on the whole releases: the worked values of the specification (B7) and the gaps of 2024-25."""

import numpy as np
import pytest

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.audit.variation import compare
from caseness.disclosure import release
from caseness.published import open_releases
from caseness.results import ANNUAL, SUMMED


@pytest.fixture(scope="module")
def variation(shared_data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("releases")
    for name in ("measures_annual.parquet", "measures_monthly.parquet"):
        (folder / name).symlink_to(shared_data / "published" / name)
    released = release(open_releases(folder))
    record = gather(released)
    return compare(record, released, choose(record, "2024-25"), read_shipped_assumptions())


@pytest.fixture(scope="module")
def reliable(variation):
    return variation.comparison("reliable_recovery")


def test_the_funnel_of_the_specification_is_reproduced(reliable):
    """B7: 121 providers with 500 or more finished, reliable recovery 47.5 %, 46 outside naive limits and 9 outside adjusted ones."""
    assert (reliable.basis, reliable.left_out.compared) == (ANNUAL, 121)
    assert round(reliable.centre.value, 1) == 47.5
    assert (round(reliable.screen.raw_dispersion, 1), round(reliable.screen.dispersion, 1)) == (18.1, 10.8)
    assert round(reliable.spread_on_the_scale, 4) == 0.0219
    assert (reliable.flagged_naively, reliable.flagged) == (46, 9)
    assert round(reliable.screen.usual_spread.value, 1) == 2.2


def test_the_naive_limits_at_three_flag_five_more(reliable):
    assert sum(abs(point.score) > 3.0 for point in reliable.points) == 51


def test_every_listed_organisation_is_accounted_for(variation):
    for one in variation.comparisons:
        left = one.left_out
        assert left.listed == left.compared + left.small + left.suppressed + left.contradictory == 147
        assert len(one.points) == left.compared


def test_what_is_flagged_lies_within_what_rounding_leaves(variation):
    for one in variation.comparisons:
        assert one.flagged_ends.low <= one.flagged <= one.flagged_ends.high
        assert one.flagged_naively_ends.low <= one.flagged_naively <= one.flagged_naively_ends.high
        assert one.flagged <= one.flagged_naively


def test_nobody_is_ranked(variation):
    for one in variation.comparisons:
        codes = [point.organisation for point in one.points]
        assert codes == sorted(codes)
        flagged = [point.organisation for point in one.flagged_points]
        assert flagged == sorted(flagged)


def test_completion_is_not_the_complement_of_treated_once(variation):
    completion, once = variation.comparison("agreed_completion"), variation.comparison("treated_once")
    assert (completion.basis, once.basis) == (SUMMED, SUMMED)
    assert completion.england.value + once.england.value < 85


def test_selection_is_hinted_at_as_the_specification_says(variation):
    assert round(variation.selection.correlation.value, 2) == -0.24
    assert variation.selection.pairs == 121
    assert "not proof" in variation.selection.statement


def rate(variation, breakdown, group, measure):
    found = next(one for one in variation.gaps.breakdown(breakdown).groups if one.label == group)
    return round(found.rate(measure).rate.value, 1)


@pytest.mark.parametrize(
    ("breakdown", "group", "measure", "expected"),
    [
        ("deprivation", "1 (least deprived)", "reliable_recovery", 52.4),
        ("deprivation", "10 (most deprived)", "reliable_recovery", 40.5),
        ("deprivation", "1 (least deprived)", "finished_of_referred", 45.7),
        ("deprivation", "10 (most deprived)", "finished_of_referred", 29.1),
        ("age", "Under 18", "recovery", 42.3),
        ("age", "18 to 25", "recovery", 43.9),
        ("age", "65 to 74", "recovery", 61.8),
    ],
)
def test_rates_of_groups_are_those_of_the_specification(variation, breakdown, group, measure, expected):
    assert rate(variation, breakdown, group, measure) == expected


def test_the_oldest_large_group_recovers_most(variation):
    """The specification names 65 to 74 (61.8 %); 75 to 89 lies higher."""
    assert variation.gaps.breakdown("age").extreme("recovery").first == "75 to 89"
    assert rate(variation, "age", "75 to 89", "recovery") == 64.9


def test_groups_that_overlap_are_not_compared(variation):
    """Long-term conditions add up to 705,504 of 670,419 finished (trap 9)."""
    conditions = variation.gaps.breakdown("long_term_condition")
    assert conditions.overlaps
    assert conditions.extremes == ()
    assert all(one.gap.value is None and one.differs is None for group in conditions.groups for one in group.rates)
    assert {one.id for one in variation.gaps.breakdowns if one.overlaps} == {"long_term_condition", "disability"}


def test_not_stated_is_compared_with_nobody(variation):
    for by in variation.gaps.breakdowns:
        for group in by.groups:
            if not group.is_stated:
                assert all(one.differs is None for one in group.rates)


def test_what_is_filled_in_on_the_way_is_not_held_against_referrals(variation):
    """Hypochondriacal disorders: 9,773 finished of 6,219 referrals (trap 9)."""
    problem = variation.gaps.breakdown("problem")
    assert all(group.rate("finished_of_referred") is None for group in problem.groups)
    assert round(problem.not_stated_referred.value - problem.not_stated_finished.value) == 40


def test_gaps_to_everybody_weighted_by_size_add_up_to_nothing(variation):
    groups = variation.gaps.breakdown("gender").groups
    rates = [group.rate("recovery") for group in groups]
    whole = next(one for one in variation.gaps.whole.rates if one.measure == "recovery")
    gaps = [one.rate.value - whole.rate.value for one in rates]
    assert abs(np.dot(gaps, [one.whole.value for one in rates])) / whole.whole.value < 1e-9


def test_the_deprivation_gap_is_followed_over_the_years(variation):
    by_year = {
        one.period.label: one.gap.value for one in variation.gaps.deprivation if one.measure == "reliable_recovery"
    }
    assert len(by_year) == 8
    assert round(by_year["2024-25"], 1) == 11.9


def test_deciles_are_in_order_and_hold_nobody_below_ten(variation):
    for one in variation.deciles:
        for year in one.years:
            values = [decile.value for decile in year.deciles]
            assert values == sorted(values)
            assert year.organisations >= 10
