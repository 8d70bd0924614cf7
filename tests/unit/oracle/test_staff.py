"""Contacts by the qualifications of staff: a hierarchy, so that each contact is in one of four."""

import pytest

from one_practice import Practice, april, day

STAFF = ("M1014", "M1015", "M1016", "M1017")


def qualified(practice, level="11", awarded=None, planned=None, person="s1"):
    return practice.add(
        "IDS902CarePersQual",
        CarePersLocalId=person,
        QualAttainLevelIAPT=level,
        QualAwardedDate=awarded and day(awarded),
        QualPlannedCompletionDate=planned and day(planned),
    )


@pytest.mark.parametrize(
    ("qualification", "place"),
    [
        ({"awarded": "2025-04-10"}, 0),
        ({"awarded": "2025-04-11"}, 2),
        ({"awarded": "2025-04-11", "planned": "2025-04-11"}, 1),
        ({"planned": "2026-09-01"}, 1),
        ({"planned": "2024-09-01"}, 1),
        ({"awarded": "2020-01-01", "level": "99"}, 2),
        ({"awarded": "2020-01-01", "person": "s2"}, 3),
    ],
)
def test_the_place_of_a_contact(qualification, place):
    practice = qualified(april().meet("2025-04-10", staff="s1"), **qualification)
    assert practice.values(*STAFF) == tuple(int(place == number) for number in range(4))


def test_the_best_qualified_of_several_decides():
    practice = (
        april()
        .meet("2025-04-10", staff="s1")
        .add("IDS202CareActivity", CareActId="other", CareContactId="c1", CarePersLocalId="s2")
    )
    qualified(practice, planned="2025-09-01")
    qualified(practice, awarded="2020-01-01", person="s2")
    assert practice.values(*STAFF) == (1, 0, 0, 0)


def test_a_contact_without_staff_is_missing():
    practice = qualified(
        april().meet("2025-04-10").meet("2025-04-11", attendance="3", staff="s1"), awarded="2020-01-01"
    )
    assert practice.values(*STAFF) == (0, 0, 0, 1)


def test_staff_filed_in_an_earlier_month_count_and_in_a_later_do_not():
    practice = qualified(Practice().file("2025-03"), awarded="2020-01-01")
    practice.file("2025-04").refer("2025-03-01").meet("2025-04-10", staff="s1").meet("2025-04-11", staff="s3")
    qualified(practice.file("2025-05"), awarded="2020-01-01", person="s3")
    assert practice.values(*STAFF) == (1, 0, 0, 1)
