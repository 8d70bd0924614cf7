"""The endings of a small service, worked by hand."""

from caseness.audit.endings import classify
from caseness.periods import Period
from caseness.programme import load
from caseness.results import ENGLAND
from small_records import figures, record_of

MAY = Period.parse("2024-05")

# 180 referrals ended: 60 untreated, 40 treated once, 80 treated twice or more.
CODES = """
M342 30
M057 5
M058 10
M059 10
M060 5
M061 15
M340 5
M062 0
M063 5
M066 40
M344 25
M341 2
M069 0
M070 8
M071 5
M072 15
M056 180
M153 60
M075 40
M076 80
"""


def classified():
    return classify(record_of(figures(CODES, MAY)), MAY, ENGLAND, load("england"))


def test_how_many_of_those_treated_were_not_taken_on():
    """120 were treated.

    75 have a code of those taken on, and 20 an invalid code or none. Even if all 95 were
    treated, 25 of the 120 must have been closed as not seen or not taken on.
    """
    endings = classified()
    assert {
        "treated": endings.treated.value,
        "treated once": endings.treated_once.value,
        "not taken on, at least": endings.not_taken_on.value,
        "no code of those taken on, at least": endings.no_taken_on_code.value,
    } == {"treated": 120, "treated once": 40, "not taken on, at least": 25, "no code of those taken on, at least": 45}


def test_how_many_can_have_dropped_out():
    """At least the 25 who ended earlier than planned.

    At most everyone treated, less 40 by agreement and 2 ended by the service: 78 of 120.
    """
    usual, _ = classified().drop_out
    assert (usual.lowest.value, usual.highest.value, usual.highest_share.value) == (25, 78, 65)
