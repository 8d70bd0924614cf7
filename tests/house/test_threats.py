"""Each threat to the practice application points to tests that exist, and those that were asked for are there."""

import pytest
from threat_log import read_threats

from house.test_hazards import is_there

THREATS = read_threats()


@pytest.mark.parametrize("threat", THREATS, ids=lambda one: one.id)
def test_a_threat_points_to_tests_that_exist(threat):
    assert threat.tests
    assert not [pointer for pointer in threat.tests if not is_there(pointer)]


@pytest.mark.parametrize("threat", THREATS, ids=lambda one: one.id)
def test_a_threat_says_everything_of_itself(threat):
    assert all((threat.threat, threat.who, threat.guards, threat.remains))


def test_no_two_threats_have_one_id():
    assert len({one.id for one in THREATS}) == len(THREATS)


# Whatever else is added.
@pytest.mark.parametrize(
    "word",
    [
        "passwords",
        "used again",
        "second factor",
        "session",
        "not theirs",
        "who left",
        "link",
        "Another site",
        "script",
        "hidden",
    ],
)
def test_what_is_most_feared_is_there(word):
    assert any(word in one.threat for one in THREATS)
