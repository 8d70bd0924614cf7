"""Which course is asked for, and that it is nobody else's."""

import pytest

from case_records import ACTIVITIES, CONTACTS, KEY, REFERRALS, record_of, record_of_providers, scored
from caseness.casebook import find_referral, list_courses, make_case, pseudonym
from caseness.casebook.finding import Named
from caseness.casebook.listing import FINISHED, OPEN
from caseness.errors import UnclearCase, UnknownCase

TABLES = {"contacts": CONTACTS, "activities": ACTIVITIES, "contact_scores": scored(16, 12)}


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    """A record of one provider."""
    return record_of(tmp_path_factory.mktemp("one"), **TABLES)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two providers that both have a referral R1, of two people."""
    other = {**TABLES, "contact_scores": scored(5, 4)}
    return record_of_providers(tmp_path_factory.mktemp("two"), ZZ1=TABLES, ZZ2=other)


@pytest.mark.parametrize(
    "asked", ["R1", "1000000001", pseudonym(KEY, "ZZ9", "R1")], ids=["own", "pathway", "pseudonym"]
)
def test_a_course_is_found_by_each_of_its_ids(one, asked):
    assert find_referral(one, asked, KEY) == Named("ZZ9", "R1")


@pytest.mark.parametrize("asked", ["R2", "r1", "99", "9" * 30, "case-aaaa-bbbb-cccc", "'; --"])
def test_nothing_is_shown_where_nothing_is_found(one, asked):
    with pytest.raises(UnknownCase, match="Nothing was shown"):
        find_referral(one, asked, KEY)


def test_a_pseudonym_is_found_with_its_own_key_only(one):
    with pytest.raises(UnknownCase, match="with this key"):
        find_referral(one, pseudonym(KEY, "ZZ9", "R1"), KEY + b"another")


def test_an_id_of_two_providers_is_nobodys_until_one_is_named(two):
    with pytest.raises(UnclearCase, match=r"wrong person.*--provider ZZ1"):
        find_referral(two, "R1", KEY)
    assert find_referral(two, "R1", KEY, "ZZ2") == Named("ZZ2", "R1")
    with pytest.raises(UnknownCase, match="is no referral of ZZ3"):
        find_referral(two, "R1", KEY, "ZZ3")


def test_the_rows_of_the_other_provider_are_left_alone(two):
    assert [one.total for one in make_case(two, "R1", KEY, "ZZ1").measured[0].scores] == [16, 12]
    assert [one.total for one in make_case(two, "R1", KEY, "ZZ2").measured[0].scores] == [5, 4]


def test_the_same_id_at_two_providers_has_two_pseudonyms(two):
    assert len({one.pseudonym for one in list_courses(two, KEY).courses}) == 2


def test_a_referral_with_two_persons_is_shown_to_nobody(tmp_path):
    """Rows of one could be taken for those of the other."""
    referrals = REFERRALS.replace("2025-06 | R1", "2025-06 | R1").splitlines()
    told = [
        f"{line} | {'patient' if n == 1 else 'P2' if '2025-06' in line else 'P1'}"
        for n, line in enumerate(referrals)
        if line.strip()
    ]
    record = record_of(tmp_path / "record", **{**TABLES, "referrals": "\n".join(told)})
    with pytest.raises(UnclearCase, match="2 different persons"):
        make_case(record, "R1", KEY)


def test_other_referrals_of_the_person_are_counted_and_not_shown(tmp_path):
    more = REFERRALS + "    2025-06 | R7 | 2025-06-01 | | B1 |\n"
    case = make_case(record_of(tmp_path / "record", **{**TABLES, "referrals": more}), "R1", KEY)
    assert case.other_referrals == 1


REFERRED = """
    month   | referral | patient | received   | ended      | end_code
    2025-04 | done     | P1      | 2025-04-01 | 2025-04-30 | 46
    2025-04 | once     | P2      | 2025-04-01 | 2025-04-30 | 47
    2025-04 | going    | P3      | 2025-04-01 | 2025-04-30 |
    2025-05 | going    | P3      | 2025-04-01 |            |
    2025-05 | never    | P4      | 2025-05-01 |            |
"""
MET = """
    month   | contact | referral | on         | type | attended
    2025-04 | C1      | done     | 2025-04-02 | 02   | 5
    2025-04 | C2      | done     | 2025-04-09 | 02   | 5
    2025-04 | C3      | once     | 2025-04-02 | 02   | 5
    2025-05 | C4      | going    | 2025-05-02 | 02   | 5
    2025-05 | C5      | never    | 2025-05-02 | 02   | 3
"""


@pytest.mark.parametrize(
    ("state", "found"),
    [(None, {"done", "once", "going"}), (FINISHED, {"done"}), (OPEN, {"going"})],
    ids=["all", "finished", "open"],
)
def test_the_list_holds_courses_that_can_be_shown(tmp_path, state, found):
    """Nobody who was never seen is in it, and whether a course is open is what the last month says."""
    record = record_of(tmp_path / "record", referrals=REFERRED, contacts=MET)
    listing = list_courses(record, KEY, state)
    assert {one.pseudonym for one in listing.courses} == {pseudonym(KEY, "ZZ9", each) for each in found}
    assert listing.total == len(found)


def test_the_list_is_in_the_order_of_pseudonyms_and_no_longer_than_asked(tmp_path):
    record = record_of(tmp_path / "record", referrals=REFERRED, contacts=MET)
    every = [one.pseudonym for one in list_courses(record, KEY).courses]
    assert every == sorted(every)
    assert [one.pseudonym for one in list_courses(record, KEY, limit=2).courses] == every[:2]
