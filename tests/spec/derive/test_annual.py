"""What only the annual report asks of a referral, by the row that stands for it in the financial year"""

from datetime import date

from caseness.derive import Options

# Each rule of the report chosen otherwise, at once: the rules do not touch each other, and each set of options is compiled anew.
OTHERWISE = Options(follow_up_contacts="attended", employment_answers="stated", experience_day="first")
ENDED = "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 | 2025-04-20"


def test_a_row_is_a_pathway_in_a_financial_year(derived):
    """The last of its rows in the year stands for it, and what came until then counts."""
    referrals = """
        month   | referral | received   | ended      | patient
        2025-02 | R1       | 2025-02-02 |            | P1
        2025-03 | R1       | 2025-02-02 |            | P1
        2025-04 | R1       | 2025-02-02 |            | P1
        2025-05 | R1       | 2025-02-02 | 2025-05-09 | P1
    """
    people = "month | patient | served\n2025-05 | P1 | 02\n2025-03 | P1 | ZZ"
    found = derived(referrals=referrals, people=people, annual=True)
    rows = found.rows("annual", "month", "armed_forces", "completed_treatment", "followed_up", "timed_minutes")
    assert rows == [(date(2025, 3, 1), "ZZ", False, False, None), (date(2025, 5, 1), "02", False, False, None)]


def test_a_follow_up_is_30_days_or_more_after_the_end(derived):
    """Whether it was attended does not matter, as the construction has it, unless that is chosen."""
    referrals = ENDED + "\n2025-05 | R1 | 2025-04-02 | 2025-04-20"

    def followed_up(on, attended="5", kind="06", **how):
        contacts = f"month | contact | referral | on | type | attended\n2025-05 | C1 | R1 | {on} | {kind} | {attended}"
        return derived(referrals=referrals, contacts=contacts, annual=True, **how).rows("annual", "followed_up")[0][0]

    assert [followed_up(on) for on in ("2025-05-19", "2025-05-20")] == [False, True]
    assert not followed_up("2025-05-21", kind="02")
    assert followed_up("2025-05-21", attended="3")
    assert not followed_up("2025-05-21", attended="3", options=OTHERWISE)


TIMED = """
    month   | contact | referral | on         | type | attended | planned | minutes
    2025-04 | C1      | R1       | 2025-04-05 | 02   | 5        | Y       | 50
    2025-04 | C2      | R1       | 2025-04-06 | 03   | 6        | Y       | 30
    2025-04 | C3      | R1       | 2025-04-07 | 02   | 5        | Y       | 0
    2025-04 | C4      | R1       | 2025-04-08 | 02   | 5        | Y       |
    2025-04 | C5      | R1       | 2025-04-09 | 02   | 3        | Y       | 60
    2025-04 | C6      | R1       | 2025-04-10 | 02   |          | N       | 60
    2025-04 | C7      | R1       | 2025-04-11 | 01   | 5        | Y       | 60
"""


def test_minutes_are_those_of_contacts_seen_for_treatment(derived):
    """On time or late, for longer than no time. An unplanned contact without a code of attendance is not seen."""
    found = derived(referrals=ENDED, contacts=TIMED, annual=True)
    assert found.rows("annual", "timed_minutes", "completed_treatment") == [(80.0, True)]
    assert found.rows("course_contact", "minutes", "discharge_date") == [
        (30.0, date(2025, 4, 20)),
        (50.0, date(2025, 4, 20)),
    ]


def test_contacts_of_a_course_that_is_not_finished_are_not_timed(derived):
    found = derived(
        referrals="month | referral | received | ended\n2025-04 | R1 | 2025-04-02 |", contacts=TIMED, annual=True
    )
    assert (found.rows("annual", "timed_minutes"), found.grains.rows["course_contact"]) == ([(80.0,)], 0)


def test_the_first_and_last_therapy_may_be_internet_therapy(derived):
    """A log stands at its first day. Employment support is a listed therapy too, and none of the report's list."""
    contacts = """
        month   | contact | referral | on         | type
        2025-04 | C1      | R1       | 2025-04-05 | 02
        2025-04 | C2      | R1       | 2025-04-09 | 02
    """
    activities = "month | activity | contact | therapy\n2025-04 | A1 | C1 | cbt\n2025-04 | A2 | C2 | book"
    logs = "month | referral | start | end\n2025-04 | R1 | 2025-04-12 | 2025-04-18"

    def ends(**more):
        given = {"referrals": ENDED, "contacts": contacts, "activities": activities, **more}
        return derived(annual=True, **given).rows("annual", "therapy_at_start", "therapy_at_end")

    assert ends() == [("304891004", "748051000000105")]
    assert ends(logs=logs) == [("304891004", "IET")]
    assert ends(activities="month | activity | contact | therapy\n2025-04 | A1 | C1 |", logs=logs) == [("IET", "IET")]
    assert ends(activities="month | activity | contact | therapy\n2025-04 | A2 | C2 | ") == [(None, None)]


def test_employment_status_is_that_of_the_first_and_the_last_listed_row(derived):
    work = """
        month   | patient | status | recorded
        2025-04 | P1      | 01     | 2025-04-01
        2025-04 | P1      | 99     | 2025-04-03
        2025-04 | P1      | 02     | 2025-04-04
        2025-04 | P1      | 04     | 2025-04-10
        2025-04 | P1      | ZZ     | 2025-04-19
        2025-04 | P1      | 08     | 2025-04-21
    """
    columns = ("employment_at_start", "employment_at_end")
    found = derived(referrals=ENDED, work=work, annual=True)
    assert found.rows("annual", *columns) == [("02", "ZZ")]
    assert found.rows("attributes", "employment_at_start", "therapy_at_start") == [("02", None)]
    stated = derived(referrals=ENDED, work=work, annual=True, options=OTHERWISE)
    assert stated.rows("annual", *columns) == [("02", "04")]
    assert derived(referrals=ENDED, annual=True).rows("annual", *columns) == [(None, None)]


ROLES = ("cbt_therapist_trainee_contacts", "cbt_therapist_qualified_contacts", "employment_adviser_qualified_contacts")


def test_a_contact_is_by_the_role_of_its_therapist_on_its_day(derived):
    """Qualified from the day of the award, in training while that or a planned end lies ahead. Two therapists, two roles."""
    contacts = """
        month   | contact | referral | on         | type | attended
        2025-04 | C1      | R1       | 2025-04-05 | 02   | 5
        2025-04 | C2      | R1       | 2025-04-10 | 02   | 5
        2025-04 | C3      | R1       | 2025-04-11 | 02   | 3
    """
    activities = """
        month   | activity | contact | staff
        2025-04 | A1       | C1      | Ann
        2025-04 | A2       | C2      | Ann
        2025-04 | A3       | C2      | Bo
        2025-04 | A4       | C2      | Ann
        2025-04 | A5       | C3      | Ann
    """
    staff = "month | staff | level | awarded | planned\n"

    def counts(*rows):
        given = staff + "\n".join(rows)
        return derived(referrals=ENDED, contacts=contacts, activities=activities, staff=given, annual=True).rows(
            "annual", *ROLES
        )

    adviser = "2025-04 | Bo | 31 | 2025-01-01 |"
    assert counts("2025-04 | Ann | 11 | 2025-04-10 |", adviser) == [(1, 1, 1)]
    assert counts("2025-04 | Ann | 11 | | 2025-04-10", adviser) == [(1, 0, 1)]
    assert counts("2025-04 | Ann | 11 | | ", "2025-04 | Bo | 30 | 2025-06-01 |") == [(0, 0, 0)]


def test_a_later_row_of_a_qualification_replaces_an_earlier_one(derived):
    """What was planned in March is no training any more once April tells the award."""
    referrals = (
        "month | referral | received | ended\n2025-03 | R1 | 2025-03-02 |\n2025-04 | R1 | 2025-03-02 | 2025-04-20"
    )
    contacts = "month | contact | referral | on | type\n2025-03 | C1 | R1 | 2025-03-05 | 02\n2025-04 | C2 | R1 | 2025-04-05 | 02"
    activities = "month | activity | contact | staff\n2025-03 | A1 | C1 | Ann\n2025-04 | A2 | C2 | Ann"
    staff = "month | staff | level | awarded | planned\n2025-03 | Ann | 11 | | 2025-09-01\n2025-04 | Ann | 11 | 2025-04-01 | 2025-09-01"
    found = derived(referrals=referrals, contacts=contacts, activities=activities, staff=staff, annual=True)
    assert found.rows("annual", "month", *ROLES) == [(date(2025, 3, 1), 1, 0, 0), (date(2025, 4, 1), 1, 1, 0)]


TREATMENT, CHOICE, SATISFACTION = "747901000000107", "747881000000109", "747891000000106"
EXPERIENCE = ("treatment_answered_date", "experience_of_treatment_1", "assessment_answered_date", "experience_of_choice_3", "satisfaction_with_assessment")  # fmt: skip


def test_answers_are_those_of_one_day_whether_with_the_referral_or_in_a_contact(derived):
    """Those of the last day. A question that was not answered that day has no answer, and one that permits no such answer none."""
    scores = f"""
        month   | referral | tool         | score | on
        2025-04 | R1       | {TREATMENT}  | 1     | 2025-04-05
        2025-04 | R1       | {CHOICE}     | NA    | 2025-04-05
        2025-04 | R1       | {SATISFACTION} | 3   | 2025-04-07
        2025-04 | R1       | {CHOICE}     | 4     | 2025-04-08
    """
    given = {
        "referrals": ENDED,
        "scores": scores,
        "contacts": "month | contact | referral | on | type\n2025-04 | C1 | R1 | 2025-04-12 | 02",
        "activities": "month | activity | contact\n2025-04 | A1 | C1",
        "contact_scores": f"month | activity | tool | score\n2025-04 | A1 | {TREATMENT} | 4",
    }
    found = derived(annual=True, **given)
    assert found.rows("annual", *EXPERIENCE) == [(date(2025, 4, 12), "4", date(2025, 4, 7), None, "3")]
    first = derived(annual=True, options=OTHERWISE, **given)
    assert first.rows("annual", *EXPERIENCE) == [(date(2025, 4, 5), "1", date(2025, 4, 5), "NA", None)]
    assert derived(referrals=ENDED, annual=True).rows("annual", *EXPERIENCE) == [(None,) * 5]
