"""Planted errors of a service's record are found, each as often as was counted, though its referrals may be sent again"""

from itertools import pairwise

import numpy as np
import pytest

from caseness.check import check
from caseness.read import read_record
from caseness.synthetic import identifiers
from caseness.synthetic.planting import KINDS
from made_up_records import content, make, rows_of


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("planted")
    made = make(folder / "record", 1500, 16, seed=7, shape="service", errors=0.02)
    found = check(read_record(folder / "record", folder / "read"))
    return made, {finding.rule.id: finding.count for finding in found.findings}


def test_each_kind_is_found_as_often_as_it_was_counted(planted):
    """Two contacts at once are two rows at fault, and one error."""
    made, found = planted
    expected = {kind.rule: made.planted_rows[kind.name] * (1 + (kind.name == "contacts_at_once")) for kind in KINDS}
    assert {rule: found[rule] for rule in expected} == expected


def test_no_error_makes_a_later_follow_up_unlawful(planted):
    _, found = planted
    assert "C101-07" not in found


def test_a_later_follow_up_counts_no_error_twice(planted):
    made, _ = planted
    for kind in KINDS:
        assert 2 * made.planted[kind.name] <= made.planted_rows[kind.name] + 2, kind.name


def test_the_same_seed_gives_the_same_service(tmp_path):
    for name in ("one", "two"):
        make(tmp_path / name, 200, 8, shape="service", chunk_size=90, truth=tmp_path / f"{name} truth")
    assert content(tmp_path / "one") == content(tmp_path / "two")
    assert content(tmp_path / "one truth") == content(tmp_path / "two truth")


def test_beyond_the_numbers_kept_for_tests_every_second_person_has_none(tmp_path, monkeypatch):
    """There are 909,091 of them. No number is given to two people, and who has none has the status that says so."""
    assert len(identifiers._test_numbers()) == 909_091
    few = identifiers._test_numbers()[:60]
    monkeypatch.setattr(identifiers, "_test_numbers", lambda: few)
    make(tmp_path / "record", 100, 2, chunk_size=40)
    people = {row["LocalPatientId"]: row for row in rows_of(tmp_path / "record", "IDS001MPI")}
    numbers = [people[one]["NHSNumber"] for one in sorted(people)]
    given = [number for number in numbers if number]
    assert len(set(given)) == len(given)
    assert 0.4 < len(given) / len(numbers) < 0.6
    assert all(one is None or other is None for one, other in pairwise(numbers[:20]))
    assert {row["NHSNumberStatus"] for row in people.values() if row["NHSNumber"] is None} == {"07"}


def test_a_record_of_one_person_has_no_group_and_no_change_of_therapist(tmp_path):
    make(tmp_path / "record", 1, 24, shape="service", seed=2)
    assert not [row for row in rows_of(tmp_path / "record", "IDS201CareContact") if row["NumGroupTherParticipants"]]
    assert np.isin([row["GoalRating"] for row in rows_of(tmp_path / "record", "EXT03Goal")], range(11)).all()
