"""Employment rows, and the status that they give at the start, at the end and when support begins"""

from datetime import date

import pytest

from caseness.derive import Options
from caseness.derive.employment import FIELDS, STANDINGS
from caseness.derive.status import STATUSES, employment_group
from derived_tables import laid_on

REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 | 2025-04-20"
SUPPORTED = {
    "contacts": "month | contact | referral | on | type\n2025-04 | C1 | R1 | 2025-04-10 | 10\n2025-04 | C2 | R1 | 2025-04-24 | 10"
}


def _statuses(found, **where):
    ((row),) = found.rows("support", *STATUSES, **where)
    return dict(zip(STATUSES, row, strict=True))


def _work(*rows):
    names = ("month", "patient", "recorded", "status", "sick", "support_until", "suits")
    return [dict(zip(names, ("2025-04", "P1", *row, *("", "", "")[len(row) - 2 :]), strict=False)) for row in rows]


def test_a_field_is_valid_default_invalid_or_missing():
    """A blank is missing, and not invalid."""
    codes = "employment_status | hours_worked | benefits | employment_allowance | universal_credit | independence_payment | suitability"
    rows = "08 | 04 | N | Y | N | Y | N\nZZ | 97 | U | Z | U | Z | NA\n09 | 05 | X | 1 | y | NA | U\n| | | | | | "
    found = laid_on(f"{codes}\n{rows}", STANDINGS)
    assert found == [(standing,) * len(FIELDS) for standing in ("valid", "default", "invalid", "missing")]


def test_an_employment_row_counts_once_with_the_latest_commissioner_of_its_person(derived):
    """A person may have two referrals, and its row is not counted for each."""
    referrals = (
        "month | referral | received | commissioner\n2025-04 | R1 | 2025-04-01 | 11A\n2025-04 | R2 | 2025-04-03 | 22B"
    )
    work = "month | patient | status | recorded | hours | sick\n2025-04 | P1 | 01 | 2025-04-06 | 02 | N\n2025-04 | P1 | 09 | 2025-04-07 | |"
    found = derived(referrals=referrals, work=work, employment=True)
    columns = ("recorded_date", "commissioner", "sick_absence", "employment_status_standing", "hours_worked_standing")
    rows = found.rows("employment", *columns)
    assert rows == [
        (date(2025, 4, 6), "22B", "N", "valid", "valid"),
        (date(2025, 4, 7), "22B", None, "invalid", "missing"),
    ]
    assert found.grains.rows["employment"] == 2


@pytest.mark.parametrize(
    ("options", "last"), [(Options(), "not employed"), (Options(employment_groups="unknown-first"), "unknown")]
)
def test_a_row_is_in_one_group(options, last):
    """In work before off sick before not employed. Whoever does not work and is said to be sick is not employed, or unknown."""
    text = """
        employment_status | sick_absence
        01 | N
        01 | Y
        01 | 8
        01 |
        02 | 8
        08 |
        ZZ | N
        03 | N
        05 | Z
    """
    places = ["in work", "off sick", "not employed", "unknown"]
    found = [places[place - 1] for (place,) in laid_on(text, (employment_group,), options)]
    assert found == [
        "in work",
        "off sick",
        "unknown",
        "unknown",
        "not employed",
        "not employed",
        "unknown",
        last,
        last,
    ]
    assert laid_on("employment_status | sick_absence\n|\n99 | N", (employment_group,), options) == [(None,), (None,)]


def test_the_status_is_that_of_the_first_and_the_last_row_within_the_dates(derived):
    """Of the course, up to its end; of support, up to the last support if that came later; so far, up to now."""
    work = _work(
        ("2025-04-01", "02", "8"),
        ("2025-04-02", "01", "N"),
        ("2025-04-20", "01", "Y"),
        ("2025-04-23", "02", "8"),
        ("2025-04-25", "08", "8"),
    )
    found = derived(referrals=REFERRALS, work=work, employment=True, **SUPPORTED)
    assert _statuses(found) == {
        "status_at_start": "in work",
        "status_at_end": "off sick",
        "status_before_support": "in work",
        "status_after_support": "not employed",
        "status_so_far_in_support": "off sick",
    }


def test_without_a_row_within_the_dates_the_status_is_unknown(derived):
    """Nor does a row count without a day, or with a status of no list."""
    work = _work(("", "01", "N"), ("2025-04-01", "01", "N"), ("2025-04-05", "99", "N"))
    for given in ({}, {"work": work}):
        found = derived(referrals=REFERRALS, employment=True, **given)
        assert set(_statuses(found).values()) == {"unknown"}


def test_a_blank_about_sickness_counts_when_support_begins_and_else_by_choice(derived):
    """At first and at last such a row is passed over, as EA050 and M316 have it; EA276 takes it."""
    work = _work(("2025-04-03", "01", "N"), ("2025-04-05", "04", ""), ("2025-04-06", "05", "?"))
    given = {"referrals": REFERRALS, "work": work, "employment": True, **SUPPORTED}
    assert _statuses(derived(**given)) == {
        **dict.fromkeys(STATUSES, "in work"),
        "status_so_far_in_support": "not employed",
    }
    counted = _statuses(derived(options=Options(blank_sickness="counted"), **given))
    assert counted == {
        **dict.fromkeys(STATUSES, "not employed"),
        "status_at_start": "in work",
        "status_before_support": "in work",
    }


def test_so_far_is_up_to_the_end_of_the_month_for_a_referral_that_is_open(derived):
    """And up to the later of its end and that of support for one that is not."""
    work = _work(("2025-04-03", "01", "N"), ("2025-04-25", "04", "8"))
    opened = "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 |"
    for referrals, until, status in (
        (opened, "", "not employed"),
        (REFERRALS, "", "in work"),
        (REFERRALS, "2025-04-26", "not employed"),
        (opened, "2025-04-10", "in work"),
    ):
        rows = [{**row, "support_until": until} for row in work]
        found = derived(referrals=referrals, work=rows, employment=True)
        assert _statuses(found)["status_so_far_in_support"] == status


def test_of_two_rows_of_one_day_the_later_row_is_the_later(derived):
    """The key of the table lets no two rows of a day stand, but a record may be read before it is checked."""
    work = _work(("2025-04-03", "01", "N"), ("2025-04-03", "04", "8"))
    found = _statuses(derived(referrals=REFERRALS, work=work, employment=True))
    assert (found["status_at_start"], found["status_at_end"]) == ("in work", "not employed")


def test_rows_are_those_of_the_own_submission_or_of_all_until_then(derived):
    """A provider sends again what it knows. Where it does not, the rows of earlier months can be looked at too."""
    referrals = (
        "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 |\n2025-05 | R1 | 2025-04-02 | 2025-05-20"
    )
    work = [
        {"month": "2025-04", "patient": "P1", "recorded": "2025-04-03", "status": "01", "sick": "N", "suits": "Y"},
        {"month": "2025-05", "patient": "P1", "recorded": "2025-05-03", "status": "02", "sick": "8", "suits": ""},
    ]
    given = {"referrals": referrals, "work": work, "employment": True}
    every = Options(employment_rows="all-months")
    columns = ("status_at_start", "status_at_end", "employment_statuses", "suitable_for_support")
    assert derived(**given).rows("support", *columns, month="2025-05") == [("not employed", "not employed", 1, False)]
    found = derived(options=every, **given)
    assert found.rows("support", *columns, month="2025-05") == [("in work", "not employed", 1, False)]
    # An open referral has no end up to which a status at the end could be looked for.
    assert found.rows("support", *columns, month="2025-04") == [("unknown", "unknown", 1, True)]


def test_of_a_row_that_is_sent_again_the_later_submission_is_the_later(derived):
    """A row bears its day each month anew. The submission, and then the row, say which of them is the first and the last."""
    months = ("2025-04", "2025-05", "2025-06", "2025-07")
    said = (("04", "8"), ("01", "Y"), ("04", "8"), ("01", "N"))
    referrals = [
        {"month": month, "referral": "R1", "received": "2025-04-02", "ended": "2025-07-20" * (month == months[-1])}
        for month in months
    ]
    told = zip(months, said, strict=True)
    work = [
        {"month": month, "patient": "P1", "recorded": "2025-04-03", "status": status, "sick": sick}
        for month, (status, sick) in told
    ]
    found = derived(Options(employment_rows="all-months"), employment=True, referrals=referrals, work=work)
    rows = found.rows("support", "month", "status_at_start", "status_at_end", "status_so_far_in_support")
    assert rows[-1][1:] == ("not employed", "in work", "in work")
    assert [row[-1] for row in rows] == ["not employed", "off sick", "not employed", "in work"]


def test_so_far_each_row_goes_by_the_end_of_support_that_it_tells(derived):
    """EA276 has the two days of one row: a row that was recorded after the end that it tells is left out, and no other."""
    opened = "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 |"
    ended_before = ("2025-04-25", "04", "8", "2025-04-10")
    for work, status in (
        (_work(("2025-04-15", "01", "N"), ended_before), "in work"),
        (_work(("2025-04-15", "01", "N", "2025-04-12"), ended_before), "unknown"),
        (_work(("2025-04-15", "01", "N", "2025-04-12"), ("2025-04-25", "04", "8")), "not employed"),
    ):
        assert _statuses(derived(referrals=opened, work=work, employment=True))["status_so_far_in_support"] == status


def test_a_day_that_stands_for_never_is_the_last(derived):
    """It is no day within the referral, but the end of support can be written so too."""
    opened = "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 |"
    work = _work(("2025-04-15", "01", "N", "9999-12-31"), ("9999-12-31", "04", "8", "9999-12-31"))
    found = _statuses(derived(referrals=opened, work=work, employment=True))
    assert found["status_so_far_in_support"] == "not employed"


def _people(cases, fields):
    """A referral for each case, with the employment rows that it tells, each with a day of its own."""
    referrals, work = [], []
    for number, rows in enumerate(cases):
        whose = {"month": "2025-04", "patient": f"P{number}"}
        referrals.append({**whose, "referral": f"R{number}", "received": "2025-04-02", "ended": "2025-04-20"})
        work += [{**whose, "status": "01", "sick": "N", **dict(zip(fields, row, strict=True))} for row in rows]
    return {"referrals": referrals, "work": work, "employment": True}


def test_a_person_is_suitable_when_the_latest_row_within_the_referral_says_so(derived):
    """A later row that says no, or nothing, takes it back; one before the referral says nothing of it."""
    cases = {
        (("2025-04-03", "N"), ("2025-04-05", "Y")): True,
        (("2025-04-03", "Y"), ("2025-04-05", "")): False,
        (("2025-04-03", "Y"), ("2025-04-05", "N")): False,
        (("2025-04-01", "Y"),): False,
        (): False,
    }
    found = derived(**_people(cases, ("recorded", "suits"))).rows("support", "row_id", "suitable_for_support")
    assert [suitable for _, suitable in found] == list(cases.values())


def test_support_ended_on_the_day_that_a_row_tells(derived):
    """Any row of the submission, or the latest alone. A day after the month has not come yet."""
    cases = {
        (("2025-04-03", "2025-04-10"), ("2025-04-04", "2025-04-12")): (12, 12),
        (("2025-04-03", "2025-04-10"), ("2025-04-04", "")): (10, None),
        (("2025-04-03", "2025-04-12"), ("2025-04-04", "2025-04-10")): (12, 10),
        (("2025-04-03", "2025-04-10"), ("2025-04-04", "2025-05-10")): (10, None),
        (("2025-04-03", ""),): (None, None),
    }
    given = _people(cases, ("recorded", "support_until"))
    for place, options in enumerate((Options(), Options(support_ended="latest-row"))):
        found = derived(options=options, **given).rows("support", "row_id", "support_ended_date")
        assert [day and day.day for _, day in found] == [days[place] for days in cases.values()]
