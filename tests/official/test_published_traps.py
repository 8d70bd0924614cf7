"""The traps of the published record, one test each, on the releases themselves"""

from datetime import date

import pytest

from caseness.published import open_releases
from caseness.published.labels import deprivation_decile
from caseness.results import Selection

FINISHED, RECEIVED, ENDED = "M076", "M001", "M056"


@pytest.fixture(scope="module")
def releases(shared_data):
    return open_releases(shared_data / "published")


@pytest.fixture(scope="module")
def select(releases):
    def rows(*figures, splits=(), **wanted):
        return releases.select(Selection(figures=figures, splits=splits, **wanted)).table.to_pylist()

    return rows


@pytest.fixture(scope="module")
def england(releases):
    rows = releases.select(Selection(levels=("england",), splits=(), bases=("annual report", "monthly file"))).table
    series = {}
    for row in rows.to_pylist():
        series.setdefault((row["figure_id"], row["basis"]), {})[row["period_start"]] = row["value"]

    def values(figure, basis="monthly file"):
        return series[figure, basis]

    return values


def of_year(values, first):
    return {day: value for day, value in values.items() if date(first, 4, 1) <= day < date(first + 1, 4, 1)}


def test_01_july_2022_is_mislabelled_at_source_so_figures_go_by_id(england, shared_data):
    "M031 bears the name first_assessment in July 2022; read by id it is no jump."
    accessing = england("M031")
    july = accessing[date(2022, 7, 1)]
    assert july == 96156
    assert accessing[date(2022, 6, 1)] * 0.8 < july < accessing[date(2022, 6, 1)] * 1.2
    assert july != england("M023")[date(2022, 7, 1)]


def test_02_names_change_and_the_series_goes_on(england):
    "M031, M185, M189, M1010, M048 and M018 were renamed. None of them has a gap where the name changed."
    for figure in ("M031", "M185", "M189", "M1010", "M048"):
        months = sorted(day for day in england(figure) if day >= date(2021, 1, 1))
        assert len(months) == 63, figure
    assert len(england("M018")) > 34


def test_03_england_is_one_organisation_whatever_its_row_is_called(select):
    "The England row reads `all CCGs` until mid 2022 and `all SubICBs` after."
    rows = select(FINISHED, levels=("england",))
    assert {row["organisation"] for row in rows} == {"ENGLAND"}


def test_04_a_measure_that_stops_or_begins_has_no_value_outside_its_months(england):
    "M237 stops in March 2022; M077 to M081, M121 to M126 and M288 begin in 2024; M206 to M210 in October 2024."
    assert max(england("M237")) == date(2022, 3, 1)
    assert {min(england(figure)).year for figure in ("M077", "M080", "M121", "M126", "M288")} == {2024}
    assert min(england("M206")) == min(england("M210")) == date(2024, 10, 1)


def test_05_twelve_months_are_not_the_year_so_each_figure_says_its_basis(england):
    "2021-22: 665,229 by month, 664,087 by year. 2024-25: 667,143 and 670,419, the other way round."
    monthly, annual = england(FINISHED), england(FINISHED, "annual report")
    assert (sum(of_year(monthly, 2021).values()), annual[date(2021, 4, 1)]) == (665229, 664087)
    assert (sum(of_year(monthly, 2024).values()), annual[date(2024, 4, 1)]) == (667143, 670419)


def test_06_finished_exceeds_the_three_outcomes_by_the_unpaired(england):
    "11,482 in 2021-22 have no paired scores."
    start = date(2021, 4, 1)
    paired = sum(england(figure, "annual report")[start] for figure in ("M185", "M187", "M189"))
    assert england(FINISHED, "annual report")[start] - paired == 11482


def test_07_a_printed_cell_below_england_stands_for_an_interval(select):
    "A star is 0 to 4, a printed 5 is 5 to 7, another n is n - 2 to n + 2, a percentage +-0.5, a starred one 0 to 100."
    rows = select(FINISHED, RECEIVED, "M192", levels=("provider",))
    ends = {(row["statistic"], row["value"]): (row["low"], row["high"]) for row in rows}
    assert ends["count", None] == (0, 4)
    assert ends["count", 5.0] == (5, 7)
    assert ends["count", 10.0] == (8, 12)
    assert ends["percentage", 50.0] == (49.5, 50.5)
    assert ends["percentage", 100.0] == (99.5, 100)
    assert ends["percentage", None] == (0, 100)
    exact = select(FINISHED, levels=("england",))
    assert all(row["low"] == row["value"] == row["high"] for row in exact)


def test_07_the_text_null_is_not_a_star(select):
    "Referrals are not counted by wait: the annual file says NULL, and nothing is known."
    rows = select(RECEIVED, splits=("Waiting Time",), bases=("annual report",))
    by_wait = [row for row in rows if row["split_1"]]
    assert by_wait
    assert {(row["value"], row["low"], row["high"], row["reason"]) for row in by_wait} == {
        (None, None, None, "no_data")
    }


def test_08_deprivation_labels_run_the_other_way_from_the_official_deciles(select):
    "`10 Most deprived` is decile 1 of the Office for National Statistics."
    split = "Indices of Deprivation Decile"
    rows = select("M192", splits=(split,), levels=("england",), bases=("annual report",))
    groups = {row["group_1"] for row in rows if row["split_1"] == split}
    deciles = {group: deprivation_decile(group) for group in groups}
    assert deciles.pop("Not stated/Not known/Invalid") is None
    assert sorted(deciles.values()) == list(range(1, 11))
    assert deciles["10 Most deprived"] == 1
    recovery = {deciles.get(row["group_1"]): row["value"] for row in rows if row["period_start"] == date(2024, 4, 1)}
    assert recovery[1] < recovery[10]


def test_09_every_sign_for_a_total_gives_a_total(releases, select):
    "`All`, `Total` and `NULL` each stand for a total somewhere: none is the name of a group."
    found = releases.select(Selection(figures=(FINISHED,), bases=("annual report",))).table
    names = {name for column in ("group_1", "group_2") for name in found[column].unique().to_pylist()}
    assert names.isdisjoint({"All", "all", "Total", "NULL", "NA", ""})
    assert any(row["split_1"] is None for row in select(FINISHED, bases=("annual report",)))


def test_09_groups_of_long_term_conditions_overlap_so_they_are_never_summed(select):
    "From 2020-21 the groups hold more people than there are: 705,504 of 670,419 in 2024-25."
    split = "Long Term Condition Status"
    rows = select(FINISHED, splits=(split,), levels=("england",), bases=("annual report",))
    year = [row for row in rows if row["period_start"] == date(2024, 4, 1)]
    assert sum(row["value"] for row in year if row["split_1"] == split) == 705504
    assert [row["value"] for row in year if row["split_1"] is None] == [670419]


def test_09_five_providers_finish_more_than_they_receive(select):
    """DRL, R1F, RYK, 8J724 and NMG in 2024-25: the two are different cohorts, so this is no error.

    A sixth, RW5ME, finished about 95 and received so few that the count is starred.
    """
    rows = select(FINISHED, RECEIVED, levels=("provider",), bases=("annual report",))
    year = {(row["organisation"], row["figure_id"]): row for row in rows if row["period_start"] == date(2024, 4, 1)}
    codes = {code for code, _ in year}
    more = {code for code in codes if year[code, FINISHED]["low"] > year[code, RECEIVED]["high"]}
    starred = {code for code in more if year[code, RECEIVED]["reason"] == "suppressed"}
    assert more - starred == {"DRL", "R1F", "RYK", "8J724", "NMG"}
    assert starred == {"RW5ME"}


def test_10_received_and_ended_are_placed_by_different_dates(select):
    "Referrals received in a year and referrals ended in it are different people."
    clocks = {
        row["figure_id"]: row["clock"] for row in select(RECEIVED, ENDED, levels=("england",), bases=("monthly file",))
    }
    assert clocks == {RECEIVED: "referral_received_date", ENDED: "discharge_date"}


def test_11_finished_is_two_contacts_not_an_agreed_end(england):
    "2024-25: 439,930 agreed ends, 250,869 earlier than the professional planned, 20,608 earlier than the patient asked."
    totals = [sum(of_year(england(figure), 2024).values()) for figure in ("M066", "M344", "M341", FINISHED)]
    assert totals == [439930, 250869, 20608, 667143]


def test_12_end_codes_break_between_august_and_september_2023(england):
    "Ended without a reason rises from 1,180 to 12,011 a month, earlier than planned falls from 25,464 to 20,937."
    august, september = date(2023, 8, 1), date(2023, 9, 1)
    no_reason, earlier = england("M072"), england("M344")
    assert (no_reason[august], no_reason[september]) == (1180, 12011)
    assert (earlier[august], earlier[september]) == (25464, 20937)


def test_13_no_reliable_change_is_a_residual_in_2015_16(england):
    "There the three outcomes sum to all who finished: nobody is left unpaired, as in no other year."
    unpaired = {
        start.year: finished - sum(england(figure, "annual report")[start] for figure in ("M185", "M187", "M189"))
        for start, finished in england(FINISHED, "annual report").items()
    }
    assert unpaired[2015] == 0
    assert all(left > 0 for year, left in unpaired.items() if year != 2015)


def test_14_what_the_time_at_risk_is_built_from_begins_in_february_2023(england):
    "Time from referral to end is not published: M050 + M351 x (M141 - 1) needs M351, which begins in February 2023."
    assert min(england("M351")) == date(2023, 2, 1)
    assert len(england("M050")) == len(england("M141")) == 63


def test_15_a_provider_under_two_names_counts_once(releases, select):
    "TAF90 in 2023-24 is printed twice with equal values."
    rows = select(FINISHED, organisations=("TAF90",), bases=("annual report",))
    assert len([row for row in rows if row["period_start"] == date(2023, 4, 1)]) == 1
    assert any("2,030 cells are printed more than once with one value (TAF90)" in note for note in releases.notes)


def test_16_the_wide_file_lacks_march_2020(england):
    "February 2019 to February 2020: eleven months of 2019-20, never twelve."
    assert len(of_year(england(FINISHED), 2019)) == 11
    assert date(2020, 3, 1) not in england(FINISHED)


def test_16_a_dash_in_the_wide_file_says_that_nothing_was_submitted(select):
    rows = select(FINISHED, levels=("provider",), bases=("monthly file",))
    wide = [row for row in rows if row["period_start"] < date(2020, 3, 1) and row["value"] is None]
    assert {(row["reason"], row["low"], row["high"]) for row in wide} == {
        ("no_data", None, None),
        ("suppressed", 0.0, 4.0),
    }


def test_17_ended_without_a_reason_also_falls_in_2022(england):
    "5,404 to 1,709 in January 2022, 2,273 to 547 in April 2022."
    values = england("M072")
    assert (values[date(2021, 12, 1)], values[date(2022, 1, 1)]) == (5404, 1709)
    assert (values[date(2022, 3, 1)], values[date(2022, 4, 1)]) == (2273, 547)


def test_18_the_hidden_wait_by_year_and_by_month(england, select):
    "First to second treatment over 90 days, 2024-25: 158,586 of 670,419 finished; by month M047 over M184 is 24.1 %."
    rows = select(FINISHED, splits=("Waiting Time",), levels=("england",), bases=("annual report",))
    long = {
        row["period_start"]: row["value"]
        for row in rows
        if (row["group_1"], row["group_2"]) == ("First to second treatment", ">90 days")
    }
    assert len(long) == 8
    assert long[date(2024, 4, 1)] == 158586
    share = sum(of_year(england("M047"), 2024).values()) / sum(of_year(england("M184"), 2024).values())
    assert round(100 * share, 1) == 24.1
