"""Contacts and sessions of a referral, as known at the end of each month"""

from datetime import date

from caseness.derive import Options

REFERRALS = """
    month   | referral | received   | ended
    --------+----------+------------+-----------
    2025-04 | R1       | 2025-04-01 |
    2025-05 | R1       | 2025-04-01 |
    2025-06 | R1       | 2025-04-01 | 2025-06-20
"""
CONTACTS = """
    month   | contact | referral | on         | attended | planned | type
    --------+---------+----------+------------+----------+---------+-----
    2025-04 | C1      | R1       | 2025-04-05 | 5        | Y       | 01
    2025-04 | C2      | R1       | 2025-04-12 | 3        | Y       | 02
    2025-04 | C3      | R1       | 2025-04-19 | 6        | Y       | 03
    2025-05 | C4      | R1       | 2025-05-03 |          | N       | 02
    2025-05 | C5      | R1       | 2025-05-10 | 7        | Y       | 02
    2025-05 | C6      | R1       | 2025-05-17 | 5        |         |
    2025-06 | C7      | R1       | 2025-06-07 | 5        | Y       | 05
    2025-06 | C8      | R1       | 2025-06-25 | 5        | Y       | 06
"""
ACTIVITIES = """
    month   | activity | contact | therapy
    --------+----------+---------+--------
    2025-04 | A1       | C3      | cbt
    2025-05 | A2       | C4      | book
    2025-05 | A3       | C6      |
    2025-06 | A4       | C7      | cbt
"""


def test_contacts_count_as_known_at_the_end_of_each_month(derived):
    """Attended is on time, late but seen, or not planned. What comes later is not known yet; a blank purpose is no treatment."""
    found = derived(referrals=REFERRALS, contacts=CONTACTS, activities=ACTIVITIES)
    rows = found.rows("referral", "month", "care_contacts", "treatment_contacts", "completed_treatment")
    assert rows == [
        (date(2025, 4, 1), 2, 1, False),
        (date(2025, 5, 1), 4, 2, False),
        (date(2025, 6, 1), 5, 3, True),
    ]


def test_first_and_last_dates_are_those_known_so_far(derived):
    """A referral without a second session has no second date yet."""
    found = derived(referrals=REFERRALS, contacts=CONTACTS, activities=ACTIVITIES)
    names = (
        "assessment_first_date",
        "assessment_last_date",
        "first_session_date",
        "second_session_date",
        "last_session_date",
    )
    assert found.rows("referral", *names, month="2025-04") == [
        (date(2025, 4, 5), date(2025, 4, 19), date(2025, 4, 19), None, date(2025, 4, 19))
    ]
    assert found.rows("referral", *names, month="2025-06") == [
        (date(2025, 4, 5), date(2025, 4, 19), date(2025, 4, 19), date(2025, 5, 3), date(2025, 6, 7))
    ]


def test_a_referral_without_contacts_has_counts_of_nought_and_no_dates(derived):
    """Counts are never null; dates are null where there is none."""
    found = derived(referrals=REFERRALS)
    names = ("care_contacts", "treatment_contacts", "internet_therapy_logs", "cbt_contacts", "first_session_date")
    assert found.rows("referral", *names, month="2025-06") == [(0, 0, 0, 0, None)]


def test_the_last_row_of_a_quarter_and_of_a_year_stands_for_the_pathway(derived):
    """A row is the latest unless the pathway has a later one in the same quarter, or year, of the financial kind."""
    referrals = """
        month   | referral | received   | ended
        2025-01 | R1       | 2025-01-01 |
        2025-03 | R1       | 2025-01-01 |
        2025-04 | R1       | 2025-01-01 |
        2025-06 | R1       | 2025-01-01 |
        2025-07 | R1       | 2025-01-01 | 2025-07-02
    """
    rows = derived(referrals=referrals).rows("referral", "month", "is_latest_in_quarter", "is_latest_in_year")
    assert [(f"{month:%Y-%m}", quarter, year) for month, quarter, year in rows] == [
        ("2025-01", False, False),
        ("2025-03", True, True),
        ("2025-04", False, False),
        ("2025-06", True, False),
        ("2025-07", True, True),
    ]


def test_two_sessions_on_one_day_are_a_first_and_a_second(derived):
    """Assumed. The other choice takes the next day with a session."""
    referrals = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-30"
    contacts = """
        month   | contact | referral | on         | type
        2025-04 | C1      | R1       | 2025-04-05 | 02
        2025-04 | C2      | R1       | 2025-04-05 | 02
        2025-04 | C3      | R1       | 2025-04-12 | 02
    """
    given = {"referrals": referrals, "contacts": contacts}
    assert derived(**given).referral("second_session_date") == date(2025, 4, 5)
    other = derived(options=Options(second_session="another-day"), **given)
    assert other.referral("second_session_date") == date(2025, 4, 12)


def test_a_session_of_employment_support_is_no_treatment_session(derived):
    """Assumed. It is an attended contact all the same."""
    referrals = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-30"
    contacts = "month | contact | referral | on | type\n2025-04 | C1 | R1 | 2025-04-05 | 02"
    activities = "month | activity | contact | therapy\n2025-04 | A1 | C1 | support\n2025-04 | A2 | C1 | cbt"
    given = {"referrals": referrals, "contacts": contacts, "activities": activities}
    found = derived(**given)
    assert found.referral("treatment_contacts", "care_contacts", "first_session_date", "cbt_contacts") == {
        "treatment_contacts": 0, "care_contacts": 1, "first_session_date": None, "cbt_contacts": 1,
    }  # fmt: skip
    assert derived(options=Options(support_in_sessions="counted"), **given).referral("treatment_contacts") == 1


def test_logs_of_internet_therapy_are_sessions_dated_by_their_first_day(derived):
    """A log counts in the month in which it ends. One that began before the referral is in no count, but its minutes are."""
    referrals = """
        month   | referral | received   | ended
        2025-04 | R1       | 2025-04-10 |
        2025-05 | R1       | 2025-04-10 | 2025-05-09
    """
    logs = """
        month   | referral | start      | end        | minutes
        2025-04 | R1       | 2025-04-05 | 2025-04-11 | 10
        2025-04 | R1       | 2025-04-12 | 2025-04-18 | 15
        2025-05 | R1       | 2025-04-28 | 2025-05-04 | 20
        2025-05 | R1       | 2025-05-05 | 2025-05-11 | 25
    """
    names = (
        "internet_therapy_logs",
        "internet_therapy_minutes",
        "treatment_contacts",
        "care_contacts",
        "first_session_date",
        "last_session_date",
    )
    found = derived(referrals=referrals, logs=logs)
    assert found.rows("referral", *names, month="2025-04") == [(1, 25, 1, 1, date(2025, 4, 12), date(2025, 4, 12))]
    assert found.rows("referral", *names, month="2025-05") == [(3, 70, 3, 3, date(2025, 4, 12), date(2025, 5, 5))]
    whole = derived(options=Options(log_inside="whole"), referrals=referrals, logs=logs)
    assert whole.rows("referral", "internet_therapy_logs", month="2025-05") == [(2,)]
    assert found.referral("other_high_intensity_contacts", "high_intensity_first_date", month="2025-05") == {
        "other_high_intensity_contacts": 3, "high_intensity_first_date": date(2025, 4, 12),
    }  # fmt: skip


def test_integrated_contacts_leave_follow_ups_out(derived):
    """The first contact with an integrated service, and the first for treatment."""
    referrals = "month | referral | received | ended\n2025-04 | R1 | 2025-04-01 | 2025-04-30"
    contacts = """
        month   | contact | referral | on         | type | integrated
        2025-04 | C1      | R1       | 2025-04-03 | 06   | Y
        2025-04 | C2      | R1       | 2025-04-04 |      | Y
        2025-04 | C3      | R1       | 2025-04-05 | 02   |
        2025-04 | C4      | R1       | 2025-04-06 | 02   | Y
    """
    found = derived(referrals=referrals, contacts=contacts)
    assert found.referral("integrated_contact_first_date", "integrated_treatment_first_date") == {
        "integrated_contact_first_date": date(2025, 4, 4), "integrated_treatment_first_date": date(2025, 4, 6),
    }  # fmt: skip
