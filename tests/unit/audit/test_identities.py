"""Identities: kept, departed from, or not to be told from rounded counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.audit.cube import Cell, Cube
from caseness.audit.identities import MOST_LISTED, NOT_HERE, check
from caseness.audit.record import Record
from caseness.periods import Period, financial_year
from caseness.provenance import Provenance
from caseness.results import ANNUAL, ENGLAND, MONTHLY
from caseness.stats.bounds import exact
from small_records import ends, figure, figures, record_of

MONTH = Period.parse("2024-05")
YEAR = financial_year(2024)
PROVIDER = "RYK"


def checked(identity, *parts):
    return next(one for one in check(record_of(*parts)) if one.id == identity)


def verdict(identity, *parts):
    found = checked(identity, *parts)
    return found.checked, found.hold, found.cannot_be_told, found.depart


def test_an_exact_identity_holds_to_the_unit():
    assert verdict("outcomes", figures("M185 60\nM187 30\nM189 5\nM202 95", MONTH)) == (1, 1, 0, 0)


def test_one_too_many_is_a_departure():
    found = checked("outcomes", figures("M185 60\nM187 30\nM189 5\nM202 94", MONTH))
    (departure,) = found.departures
    assert (found.depart, departure.left.value, departure.right.value, departure.gap) == (1, 95, 94, 1)
    assert (departure.organisation, departure.period, departure.basis) == (ENGLAND, MONTH, MONTHLY)
    assert found.by_period == ((MONTH, 1),)


@pytest.mark.parametrize(("before_treatment", "holds"), [(30, True), (33, True), (34, False), (27, True), (26, False)])
def test_a_stated_tolerance_is_allowed_and_no_more(before_treatment, holds):
    """Not seen, seen not treated, treated once and finished make all ended within 3."""
    table = f"M073 {before_treatment}\nM074 10\nM075 20\nM076 40\nM056 100"
    assert verdict("contacts", figures(table, MONTH)) == (1, int(holds), 0, int(not holds))


def test_rounded_counts_leave_room_without_proof():
    assert verdict("outcomes", figures("M185 60\nM187 30\nM189 5\nM202 95", MONTH, PROVIDER)) == (1, 0, 1, 0)


def test_rounded_counts_that_cannot_meet_depart():
    """58 to 62, 28 to 32 and 5 to 7 make 91 to 101: 108 is at least 5 away, since it is 106 to 110."""
    found = checked("outcomes", figures("M185 60\nM187 30\nM189 5\nM202 108", MONTH, PROVIDER))
    assert (found.depart, found.departures[0].gap) == (1, 5)


def test_a_star_is_nought_to_four_and_not_nought():
    assert verdict("outcomes", figures("M185 60\nM187 30\nM189 *\nM202 95", MONTH, PROVIDER)) == (1, 0, 1, 0)
    assert verdict("outcomes", figures("M185 60\nM187 30\nM189 *\nM202 105", MONTH, PROVIDER)) == (1, 0, 0, 1)


def test_a_missing_figure_is_not_checked():
    found = checked("outcomes", figures("M185 60\nM187 30\nM202 95", MONTH))
    assert (found.checked, found.remark) == (0, NOT_HERE)


def test_a_source_that_was_not_yet_coded_brought_no_referrals():
    """Drop-in referrals (M287) begin in April 2022. Before, the other sources are the whole sum."""
    sources = [f"M{number:03} 10" for number in (*range(2, 15), 17, 18, 345)]
    early = Period.parse("2021-05")
    assert verdict("referral_sources", figures("\n".join([*sources, "M001 170"]), early)) == (1, 1, 0, 0)


@pytest.mark.parametrize(("appointments", "holds"), [(100, True), (3572, True), (3573, False), (99, False)])
def test_a_near_identity_allows_a_known_range_on_one_side(appointments, holds):
    table = f"M082 {appointments}\nM083 20\nM084 10\nM085 10\nM086 50\nM087 5\nM088 5"
    assert verdict("attendance", figures(table, MONTH)) == (1, int(holds), 0, int(not holds))


@pytest.mark.parametrize(
    ("organisation", "finished", "expected"),
    [(ENGLAND, 100, (1, 1, 0, 0)), (ENGLAND, 101, (1, 0, 0, 1)), (PROVIDER, 100, (1, 0, 1, 0)), (PROVIDER, 95, (1, 1, 0, 0)), (PROVIDER, 105, (1, 0, 0, 1))],
)  # fmt: skip
def test_a_part_is_no_larger_than_its_whole(organisation, finished, expected):
    assert verdict("finished_in_ended", figures(f"M076 {finished}\nM056 100", MONTH, organisation)) == expected


def test_more_finished_than_received_is_a_finding_and_no_error():
    found = checked("annual_finished_and_received", figures("M076 200\nM001 60", YEAR, PROVIDER, ANNUAL))
    assert found.depart == 1
    assert "no error by itself" in found.remark
    assert found.formula == "M076 ≤ M001"


def test_a_printed_percentage_is_held_against_its_counts():
    assert verdict("M186 (monthly file)", figures("M185 661\nM076 1000\nM186 66.1", MONTH)) == (1, 1, 0, 0)
    assert verdict("M186 (monthly file)", figures("M185 661\nM076 1000\nM186 66.3", MONTH)) == (1, 0, 0, 1)
    assert verdict("M186 (monthly file)", figures("M185 60\nM076 100\nM186 60", MONTH, PROVIDER)) == (1, 0, 1, 0)


def test_a_percentage_that_nobody_printed_is_not_listed():
    assert not [one for one in check(record_of(figures("M185 60\nM076 100", MONTH))) if one.id.startswith("M186")]


@pytest.mark.parametrize(("mean", "holds"), [("7.5", True), ("7.6", False)])
def test_a_printed_mean_is_held_against_its_counts(mean, holds):
    expected = (1, int(holds), 0, int(not holds))
    assert verdict("M141", figures(f"M089 750\nM076 100\nM141 {mean}", MONTH)) == expected


def test_annual_and_monthly_counts_of_a_year_are_close():
    rows = [figures("M076 100", month) for month in YEAR.months()]
    close, far = (figures(f"M076 {counted}", YEAR, basis=ANNUAL) for counted in (1210, 1300))
    assert verdict("M076 between bases", *rows, close) == (1, 1, 0, 0)
    assert verdict("M076 between bases", *rows, far) == (1, 0, 0, 1)


def test_a_usual_ratio_is_plausible_or_not():
    """Those with a first stage of care are 89 to 90 % of all who finished. The audit's own record leaves them unread."""
    planes = {Cell(name): exact([[number]]) for name, number in {"M352": 50.0, "M353": 40.0, "M076": 100.0}.items()}
    cube = Cube(MONTHLY, (MONTH,), (ENGLAND,), planes)
    found = {one.id: one for one in check(Record({MONTHLY: cube}, {}, {}, Provenance(())))}
    assert (found["staged"].hold, found["staged"].formula) == (1, "(M352 + M353) / M076")


def test_the_first_twenty_departures_are_listed_worst_first():
    rows = [figure("M076", 100 + 10 * number, MONTH, f"P{number:02}") for number in range(30)]
    rows += [figure("M056", 50, MONTH, f"P{number:02}") for number in range(30)]
    found = checked("finished_in_ended", rows)
    assert (found.depart, len(found.departures)) == (30, MOST_LISTED)
    gaps = [one.gap for one in found.departures]
    assert gaps == sorted(gaps, reverse=True)
    assert found.departures[0].organisation == "P29"


def test_what_is_checked_is_accounted_for():
    rows = [
        figures("M185 60\nM187 30\nM189 5\nM202 95\nM076 100\nM056 180", month, code)
        for month in YEAR.months()
        for code in (ENGLAND, PROVIDER)
    ]
    for one in check(record_of(*rows)):
        assert one.checked == one.hold + one.cannot_be_told + one.depart


counts = st.integers(0, 60)


@given(counts, counts, counts)
def test_true_counts_published_by_the_rules_never_depart(improved, unchanged, deteriorated):
    parts = {"M185": improved, "M187": unchanged, "M189": deteriorated, "M202": improved + unchanged + deteriorated}
    rows = [
        figure(name, "*" if number < 5 else 5 * round(number / 5), MONTH, PROVIDER) for name, number in parts.items()
    ]
    assert checked("outcomes", rows).depart == 0


def test_the_builder_prints_by_the_rules():
    """What these tests stand on: a star, a five, another count, a percentage."""
    assert ends("*", "count", False) == (None, 0, 4)
    assert ends("5", "count", False) == (5, 5, 7)
    assert ends("10", "count", False) == (10, 8, 12)
    assert np.allclose(ends("50", "percentage", False), (50, 49.5, 50.5))
