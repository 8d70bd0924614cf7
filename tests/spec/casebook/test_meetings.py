"""Appointments: how each went, waits, stretches without contact, therapies and therapists"""

from caseness.casebook.meetings import stretches_in, waits_of

CONTACTS = """
    month   | contact | referral | on         | type | attended | planned
    2025-04 | C1      | R1       | 2025-04-08 | 01   | 5        | Y
    2025-04 | C2      | R1       | 2025-04-15 | 02   | 3        | Y
    2025-04 | C3      | R1       | 2025-04-22 | 02   | 2        | Y
    2025-04 | C4      | R1       | 2025-04-29 | 02   | 4        | Y
    2025-05 | C5      | R1       | 2025-05-13 | 02   | 6        | Y
    2025-05 | C6      | R1       | 2025-05-20 | 03   |          | N
    2025-05 | C7      | R1       | 2025-05-21 | 02   |          | Y
"""
ACTIVITIES = """
    month   | activity | contact | staff | therapy
    2025-04 | A1       | C1      | S9    |
    2025-05 | A5       | C5      | S2    | cbt
    2025-05 | A5b      | C5      | S2    | signposting
    2025-05 | A6       | C6      | S9    | cbt
"""


def test_each_appointment_went_one_way(course):
    """Who came late was seen; what was not planned was attended; a blank is not taken for anything."""
    attendance = course(contacts=CONTACTS, activities=ACTIVITIES).attendance
    assert attendance == {
        "attended": 3,
        "did not attend": 1,
        "cancelled by the person": 1,
        "cancelled by the provider": 1,
        "not recorded": 1,
    }


def test_waits_count_from_the_referral_and_from_the_first_treatment(course):
    waits = waits_of(course(contacts=CONTACTS, activities=ACTIVITIES).meetings)
    assert (waits.to_assessment, waits.to_treatment, waits.to_second) == (7, 42, 7)


def test_nobody_who_was_not_seen_has_waited_for_something(course):
    waits = waits_of(
        course(
            contacts="month | contact | referral | on | type | attended\n2025-04 | C1 | R1 | 2025-04-08 | 02 | 3",
            activities=[],
        ).meetings
    )
    assert (waits.to_assessment, waits.to_treatment, waits.to_second) == (None, None, None)


def test_a_stretch_says_what_was_missed_and_cancelled_in_it(course):
    (stretch,) = stretches_in(course(contacts=CONTACTS, activities=ACTIVITIES).meetings)
    assert (stretch.since, stretch.until, stretch.days, stretch.missed, stretch.cancelled) == (7, 42, 35, 1, 2)


def test_therapists_are_numbered_in_the_order_of_their_contacts(course):
    meetings = course(contacts=CONTACTS, activities=ACTIVITIES).meetings
    assert [one.therapist for one in meetings if one.was_attended] == [1, 2, 1]


def test_a_contact_has_each_of_its_therapies_once(course):
    meetings = course(contacts=CONTACTS, activities=ACTIVITIES).meetings
    assert meetings[4].therapies == ("Cognitive behaviour therapy", "Community signposting")


def test_a_contact_that_is_sent_again_is_there_once(course):
    again = CONTACTS + "    2025-06 | C5 | R1 | 2025-05-13 | 02 | 6 | Y\n"
    assert len(course(contacts=again, activities=ACTIVITIES).meetings) == 7
