"""England's programme, and the reading of programmes"""

from datetime import date
from importlib.resources import files

import pytest

from caseness.errors import UnknownName, UnreadableInput
from caseness.periods import Period, financial_year, month
from caseness.programme import Target, load, read_programme

SHIPPED = files("caseness.programme").joinpath("england.toml").read_text(encoding="utf-8")

END_CODES = """
figure | code | group
M342   | 50   | not_seen
M057   | 10   | not_taken_on
M058   | 11   | not_taken_on
M059   | 12   | not_taken_on
M060   | 13   | not_taken_on
M061   | 14   | not_taken_on
M340   | 16   | not_taken_on
M062   | 17   | not_taken_on
M063   | 95   | not_taken_on
M066   | 46   | taken_on
M344   | 47   | taken_on
M341   | 48   | taken_on
M069   | 49   | taken_on
M070   | 96   | taken_on
M071   |      | invalid
M072   |      | none_recorded
"""


@pytest.fixture
def change(tmp_path):
    """England's file with one piece of text replaced."""

    def change(old, new):
        assert SHIPPED.count(old) >= 1
        path = tmp_path / "changed.toml"
        path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
        return path

    return change


def test_the_sixteen_end_measures_bear_the_codes_of_the_data_set():
    _, *lines = END_CODES.strip().splitlines()
    expected = [tuple(cell.strip() or None for cell in line.split("|")) for line in lines]
    assert [(entry.figure_id, entry.code, entry.group) for entry in load().end_codes] == expected
    assert [len(load().codes_of(group.id)) for group in load().end_groups] == [1, 8, 5, 1, 1]


@pytest.mark.parametrize(
    ("outcome", "figure", "rate", "of", "less"),
    [
        ("not_at_caseness", "M179", "M180", ("M076",), ()),
        ("recovery", "M191", "M192", ("M076",), ("M179",)),
        ("reliable_recovery", "M193", "M195", ("M076",), ("M179",)),
        ("reliable_improvement", "M185", "M186", ("M076",), ()),
        ("reliable_deterioration", "M189", "M1010", ("M076",), ()),
        ("no_reliable_change", "M187", None, ("M076",), ()),
    ],
)
def test_each_outcome_names_its_official_rate_and_denominator(outcome, figure, rate, of, less):
    found = load().outcome(outcome)
    assert (found.figure_id, found.rate_id, found.of, found.less) == (figure, rate, of, less)


def test_recovery_of_2024_25_follows_from_the_rule_and_the_published_counts():
    # Annual report 2024-25: finished, not at caseness, recovered; printed 50.5.
    counts = {"M076": 670_419, "M179": 35_234, "M191": 321_061}
    rule = load().outcome("recovery")
    judged = sum(counts[each] for each in rule.of) - sum(counts[each] for each in rule.less)
    assert round(100 * counts[rule.figure_id] / judged, 1) == 50.5


@pytest.mark.parametrize(
    ("measure", "caseness", "reliable_change"),
    [("phq9", 10, 6), ("gad7", 8, 4), ("pcl5", 32, 10), ("mobility_inventory", 2.3, 0.73), ("biq", None, None)],
)
def test_thresholds_are_those_of_the_guide_and_blank_where_it_gives_none(measure, caseness, reliable_change):
    found = load().measure(measure)
    assert (found.caseness, found.reliable_change) == (caseness, reliable_change)


@pytest.mark.parametrize(
    ("rate", "period", "at_least"),
    [
        ("M053", "2014-15", []),
        ("M053", "2015-16", [75]),
        ("M055", "2025-26", [95]),
        ("M192", "2021-04", [50]),
        ("M195", "2024-25", []),
        ("M195", "2025-26", [48]),
        ("M186", "2026-27", [69]),
        ("M195", "2027-28", []),
        ("M195", "2028-29 Q4", [53]),
    ],
)
def test_a_target_holds_only_while_it_was_in_force(rate, period, at_least):
    assert [target.at_least for target in load().targets_for(rate, Period.parse(period))] == at_least


def test_a_target_is_verified_only_where_its_source_was_read():
    targets = {target.id: target for target in load().targets}
    assert [each for each, target in targets.items() if target.verified] == ["six_weeks", "eighteen_weeks", "recovery"]
    assert all(target.reason for target in targets.values() if not target.verified)
    assert targets["six_weeks"].since == date(2015, 4, 1)


def test_everything_in_the_programme_names_its_source():
    england = load()
    for entry in (*england.measures, *england.outcomes, *england.breaks):
        assert entry.source, entry.id


def test_a_trend_is_broken_where_what_is_counted_changed():
    england = load()
    assert [each.id for each in england.breaks_in(["M344"])] == ["version_2_0", "end_codes_2023"]
    assert [str(each.month) for each in england.breaks_in(["M072"])] == ["2020-09", "2022-01", "2022-04", "2023-09"]
    assert "sick_pay_ends" in [each.id for each in england.breaks_in(["M237"], kinds=["ends", "begins"])]
    assert [each.id for each in england.breaks_in(["M031"], kinds=["name"])] == [
        "england_row_named",
        "accessing_services_named",
    ]


def test_breaks_are_where_the_published_months_show_them(shared_data):
    import csv

    with (shared_data / "published" / "england_months.csv").open(newline="", encoding="utf-8") as handle:
        values = {
            (row["month"], row["measure_id"]): float(row["value"]) for row in csv.DictReader(handle) if row["value"]
        }
    for each in load().breaks:
        if each.id.startswith(("end_codes", "no_reason")):
            for figure in each.affects:
                for when in (each.month.previous(), each.month):
                    assert f"{values[when.label, figure]:,.0f}" in each.what


def test_an_unknown_name_is_met_with_the_nearest():
    with pytest.raises(UnknownName, match=r"no programme 'englnd'. Did you mean 'england'\?"):
        load("englnd")
    for ask in (load().stage, load().measure, load().outcome, load().codes_of):
        with pytest.raises(UnknownName):
            ask("nothing")
    assert load().stage("referred").figure_id == "M001"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("clock = ", "clok = ", "stage 1: there is no key 'clok'. Did you mean 'clock'?"),
        ('country = "England"\n', "", "programme: there is no country."),
        ('country = "England"\n', 'country = "England"\nflag = "red"\n', "programme: there is no key 'flag'."),
        ('clock = "referral received"\n', "", "stage 1: there is no clock."),
        ("[[stage]]\n", "[stage]\n", "the programme is not used"),
        ('id = "assessed"', 'id = "referred"', "'referred' is declared twice"),
        ('case_is = "at or above"', 'case_is = "roughly"', "measure 1: case_is must be one of at or above, above."),
        ("caseness = 10\n", "", "measure 1: a missing threshold needs a note"),
        ("caseness = 10\n", 'caseness = "10"\n', "measure 1: caseness must be a number, not '10'."),
        ("caseness = 10\n", "caseness = true\n", "measure 1: caseness must be a number, not True."),
        ("at_least = 75", "at_least = 0", "target 1: at_least must be a percentage."),
        ("from = 2015-04-01", 'from = "2015"', "target 1: since must be a date, such as 2015-04-01, not '2015'."),
        ("verified = true", "verified = false", "target 1: a target has a reason if, and only if, it is not verified."),
        ("to = 2026-03-31", "to = 2025-03-31", "target 4: a target ends after it begins."),
        ('month = "2023-09"', 'month = "2023-13"', "break 1: month: There is no period '2023-13'."),
        ('kind = "meaning"', 'kind = "moved"', "break 1: kind must be one of meaning, name, begins, ends."),
        ('group = "not_seen"', 'group = "unseen"', "end code M342 is in no declared group: 'unseen'"),
        ('figure_id = "M057"', 'figure_id = "M342"', "'M342' is declared twice"),
        ('code = "10"', 'code = "50"', "'50' is declared twice"),
        ('id = "england"', 'id = "england', "the programme is not used"),
    ],
)
def test_a_file_that_is_not_understood_is_refused_whole(change, old, new, said):
    path = change(old, new)
    with pytest.raises(UnreadableInput) as refused:
        read_programme(path)
    assert said in str(refused.value)
    assert str(path) in str(refused.value)
    assert refused.value.exit_code == 11


def test_one_bracket_instead_of_two_is_explained(tmp_path):
    path = tmp_path / "one.toml"
    path.write_text('[stage]\nid = "referred"\n', encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"write \[\[stage\]\], with two brackets"):
        read_programme(path)


def test_a_file_that_is_absent_is_said_to_be(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read: No such file"):
        read_programme(tmp_path / "absent.toml")


def test_a_programme_of_ones_own_is_read_like_englands(change):
    read = read_programme(change('id = "england"', 'id = "elsewhere"'))
    assert read.id == "elsewhere"
    assert read.stages == load().stages


def test_a_target_covers_a_period_only_whole():
    target = Target("t", "T", "M192", "all", 50, date(2021, 4, 15), "somewhere", True, date(2022, 3, 31))
    assert not target.covers(month(2021, 4))
    assert target.covers(month(2021, 5))
    assert not target.covers(financial_year(2021))
