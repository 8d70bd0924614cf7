"""What a total says: a case or not, how far it has changed, and in which band it lies"""

from datetime import date

import numpy as np
import pytest

from caseness.instruments import band_of, change, changes, instrument, is_case

CASES = """
questionnaire            | total | case
phq9                     | 9     | no
phq9                     | 10    | yes
gad7                     | 7     | no
gad7                     | 8     | yes
mobility_inventory_alone | 2.3   | no
mobility_inventory_alone | 2.31  | yes
core10                   | 10.9  | no
core10                   | 11    | yes
"""

# The scale of the ORS runs the other way: what falls there is worse.
CHANGES = """
questionnaire            | first | last | outcome
phq9                     | 16    | 10   | reliable improvement
phq9                     | 16    | 11   | no reliable change
phq9                     | 10    | 16   | reliable deterioration
gad7                     | 12    | 8    | reliable improvement
mobility_inventory_alone | 3.00  | 2.27 | reliable improvement
mobility_inventory_alone | 3.00  | 2.28 | no reliable change
ors                      | 20    | 25   | reliable improvement
ors                      | 25    | 20   | reliable deterioration
"""


def rows(text):
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()[1:]]


@pytest.mark.parametrize(("name", "total", "case"), rows(CASES))
def test_a_case_is_on_its_side_of_the_line(name, total, case):
    assert is_case(instrument(name), [float(total)]).tolist() == [case == "yes"]


@pytest.mark.parametrize(("name", "first", "last", "outcome"), rows(CHANGES))
def test_a_change_is_reliable_from_the_threshold_on(name, first, last, outcome):
    found = change(instrument(name), float(first), float(last), with_unverified=True)
    assert (found.outcome, found.reason) == (outcome, "")


def test_the_printed_wording_of_the_guide_can_be_tried():
    pdss = instrument("pdss")
    assert change(pdss, 15, 10).outcome == "reliable improvement"
    assert change(pdss, 15, 10, operator="above").outcome == "no reliable change"


def test_what_is_not_verified_is_used_only_when_it_is_asked_for():
    ors = instrument("ors")
    assert ors.caseness() is None
    assert is_case(ors, [20.0]).mask.all()
    assert is_case(ors, [20.0, 25.0], with_unverified=True).tolist() == [True, False]
    assert change(ors, 20, 25).reason.startswith("The reliable change of ORS is not verified: Read in a secondary")
    assert instrument("cat").why_none("caseness") == "CAT has no caseness."
    assert ors.why_none("caseness").startswith("The caseness of ORS is not verified")


def test_what_comes_from_the_literature_can_be_left_out():
    core10, ibs = instrument("core10"), instrument("ibs_sss")
    assert is_case(core10, [12.0]).tolist() == [True]
    assert is_case(core10, [12.0], official_only=True).tolist() == [None]
    assert change(ibs, 300, 250).outcome == "reliable improvement"
    assert change(ibs, 300, 250, official_only=True).reason == "IBS-SSS has no official reliable change."
    assert changes(ibs, [300], [250], official_only=True).has_improved.tolist() == [None]


def test_a_threshold_that_did_not_hold_yet_leaves_it_unknown():
    assert is_case(instrument("phq15"), [12.0], on=date(2021, 1, 1)).tolist() == [None]
    assert is_case(instrument("phq15"), [12.0], on=date(2023, 1, 1)).tolist() == [True]
    assert change(instrument("phq15"), 12, 2).reason == "PHQ-15 has no reliable change."


def test_a_missing_total_is_unknown_and_not_below_the_line():
    phq9 = instrument("phq9")
    found = is_case(phq9, [[np.nan, 12], [3, np.nan]])
    assert found.tolist() == [[None, True], [False, None]]
    assert (~found).tolist() == [[None, False], [True, None]]
    for first, last in ((None, 3), (3, None), (np.nan, 3), (3, np.nan)):
        assert change(phq9, first, last).reason == "There are not two totals to compare."
    moved = changes(phq9, [12, np.nan], [3, 3])
    assert moved.improved_by.tolist() == [9, None]
    assert moved.has_improved.tolist() == [True, None]
    assert moved.has_deteriorated.tolist() == [False, None]


def test_the_alliance_is_no_caseness():
    srs = instrument("srs")
    assert srs.caseness(with_unverified=True) is None
    assert [line.kind for line in srs.thresholds] == ["alliance"]


@pytest.mark.parametrize(
    ("name", "total", "label"),
    [
        ("phq9", 0, "minimal"),
        ("phq9", 4.5, "minimal"),
        ("phq9", 19, "moderately severe"),
        ("phq9", 27, "severe"),
        ("gad7", 15, "severe"),
        ("wsas", 20, "significant impairment"),
    ],
)
def test_a_total_lies_in_one_band(name, total, label):
    assert band_of(instrument(name), total).label == label


@pytest.mark.parametrize("total", [None, np.nan, -1, 28])
def test_what_is_no_total_lies_in_no_band(total):
    assert band_of(instrument("phq9"), total) is None


def test_bands_that_are_not_verified_must_be_asked_for():
    assert band_of(instrument("core10"), 12) is None
    assert band_of(instrument("core10"), 12, with_unverified=True).label == "mild"
    assert band_of(instrument("ipcq"), 1) is None
