"""Months, quarters and financial years"""

from datetime import date

import pytest

from caseness.errors import CasenessError, UnknownName
from caseness.periods import Period, between, financial_year, month, quarter, walk

READ = """
written        | kind    | start      | end
2021-22        | year    | 2021-04-01 | 2022-03-31
2021/22        | year    | 2021-04-01 | 2022-03-31
2009/10        | year    | 2009-04-01 | 2010-03-31
1999-00        | year    | 1999-04-01 | 2000-03-31
2012-13        | year    | 2012-04-01 | 2013-03-31
2019-20        | year    | 2019-04-01 | 2020-03-31
2020-21        | year    | 2020-04-01 | 2021-03-31
2021–22        | year    | 2021-04-01 | 2022-03-31
2021-04        | month   | 2021-04-01 | 2021-04-30
2012-12        | month   | 2012-12-01 | 2012-12-31
2024-02        | month   | 2024-02-01 | 2024-02-29
Apr 2021       | month   | 2021-04-01 | 2021-04-30
April 2021     | month   | 2021-04-01 | 2021-04-30
sep 2009       | month   | 2009-09-01 | 2009-09-30
2021-22 Q1     | quarter | 2021-04-01 | 2021-06-30
2021/22 q4     | quarter | 2022-01-01 | 2022-03-31
"""


def rows(table):
    _, *lines = table.strip().splitlines()
    return [[cell.strip() for cell in line.split("|")] for line in lines]


@pytest.mark.parametrize(("written", "kind", "start", "end"), rows(READ))
def test_a_period_is_read_as_people_write_it(written, kind, start, end):
    read = Period.parse(written)
    assert [read.kind, str(read.start), str(read.end)] == [kind, start, end]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "2021-23",
        "2021-13",
        "2021-00",
        "2021-22 Q5",
        "2021-23 Q1",
        "Smarch 2021",
        "21-22",
        "2021-22-23",
        "last year",
    ],
)
def test_what_is_no_period_is_refused_with_the_forms_that_are_accepted(written):
    with pytest.raises(UnknownName) as refused:
        Period.parse(written)
    assert refused.value.exit_code == 10
    for form in ("2021-04", "Apr 2021", "April 2021", "2021-22 Q1", "2021-22", "2021/22"):
        assert form in str(refused.value)


@pytest.mark.parametrize(
    ("written", "readings"),
    [
        ("2021", ["2020-21", "2021-22"]),
        ("2009-10", ["2009/10", "October 2009"]),
        ("2000-01", ["2000/01", "January 2000"]),
        ("2011-12", ["2011/12", "December 2011"]),
    ],
)
def test_what_could_be_several_periods_is_refused_with_its_readings(written, readings):
    with pytest.raises(CasenessError) as refused:
        Period.parse(written)
    assert f"It could be {' or '.join(readings)}" in str(refused.value)


@pytest.mark.parametrize(
    ("period", "label", "name"),
    [
        (month(2021, 4), "2021-04", "April 2021"),
        (quarter(2021, 1), "2021-22 Q1", "April to June 2021"),
        (quarter(2021, 4), "2021-22 Q4", "January to March 2022"),
        (financial_year(1999), "1999-00", "1999-00"),
        (financial_year(2021), "2021-22", "2021-22"),
    ],
)
def test_a_period_has_a_label_and_a_name(period, label, name):
    assert (period.label, str(period), period.name) == (label, label, name)


def test_a_year_holds_twelve_months_and_four_quarters():
    year = financial_year(2021)
    assert [each.label for each in year.months()][::11] == ["2021-04", "2022-03"]
    assert [each.label for each in year.quarters()] == [f"2021-22 Q{number}" for number in (1, 2, 3, 4)]
    assert len(year.months()) == 12
    assert all(each in year for each in (*year.months(), *year.quarters()))


def test_a_quarter_holds_itself_and_a_month_holds_no_quarter():
    assert quarter(2021, 2).quarters() == (quarter(2021, 2),)
    assert month(2021, 4).quarters() == ()
    assert [each.label for each in quarter(2021, 4).months()] == ["2022-01", "2022-02", "2022-03"]


def test_a_period_lies_in_one_financial_year():
    assert month(2022, 3).financial_year() == quarter(2021, 4).financial_year() == financial_year(2021)
    assert month(2022, 4) not in financial_year(2021)
    assert date(2022, 3, 31) in financial_year(2021)
    assert date(2022, 4, 1) not in financial_year(2021)


def test_periods_are_walked_forwards_and_backwards():
    assert month(2021, 12).next() == month(2022, 1)
    assert quarter(2022, 1).previous() == quarter(2021, 4)
    assert financial_year(2021).shift(-2) == financial_year(2019)
    assert month(2024, 2).year_before() == month(2023, 2)
    assert quarter(2021, 3).year_before() == quarter(2020, 3)
    assert month(2021, 4).months_until(month(2026, 3)) == 59
    assert len(list(walk(month(2021, 1), month(2026, 3)))) == 63
    assert list(walk(month(2021, 2), month(2021, 1))) == []


def test_periods_of_two_kinds_are_not_walked_between():
    with pytest.raises(ValueError, match="Cannot walk from a month to a year"):
        list(walk(month(2021, 4), financial_year(2022)))


def test_periods_are_ordered_by_their_first_day_and_then_by_their_last():
    ordered = [month(2021, 3), month(2021, 4), quarter(2021, 1), financial_year(2021), month(2021, 5)]
    shuffled = [ordered[number] for number in (3, 0, 4, 2, 1)]
    assert sorted(shuffled) == ordered
    assert month(2021, 4) <= month(2021, 4)
    with pytest.raises(TypeError):
        assert month(2021, 4) < "2021-05"


def test_days_that_are_no_whole_period_are_refused():
    assert between(date(2021, 4, 1), date(2021, 6, 30)) == quarter(2021, 1)
    assert between(date(2021, 2, 1), date(2021, 4, 30)) is None
    with pytest.raises(ValueError, match="is no year"):
        Period("year", date(2021, 1, 1), date(2021, 12, 31))
    with pytest.raises(ValueError, match="not 'week'"):
        Period("week", date(2021, 1, 4), date(2021, 1, 10))
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        quarter(2021, 5)
