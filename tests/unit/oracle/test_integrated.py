"""Services that are integrated with the care of long-term conditions."""

import pytest

from one_practice import EMPLOYMENT, april


@pytest.mark.parametrize(
    ("contact", "first"),
    [
        ({"kind": "01"}, (1, 0)),
        ({"kind": "02"}, (1, 1)),
        ({"kind": "02", "therapy": EMPLOYMENT}, (1, 1)),
        ({"kind": "06"}, (0, 0)),
        ({"kind": "02", "attendance": "3"}, (0, 0)),
        ({"kind": "02", "long_term": "N"}, (0, 0)),
        ({"kind": "02", "long_term": None}, (0, 0)),
        ({"kind": "02", "when": "2025-04-21"}, (0, 0)),
    ],
)
def test_first_contact_and_first_treatment(contact, first):
    cells = {"when": "2025-04-10", "long_term": "Y", **contact}
    practice = april(ended="2025-04-20").meet(IAPTLTCServiceInd=cells.pop("long_term"), **cells)
    assert practice.values("M271", "M272") == first


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [((12, 10), (5, 5), (1, 0, 1, 100)), ((12, 10), (12, 5), (1, 0, 0, 0)), ((4, 4), (4, 4), (0, 1, 0, None))],
)
@pytest.mark.parametrize("long_term", ["Y", "N"])
def test_outcomes_of_courses_with_an_integrated_contact_and_without(start, end, found, long_term):
    practice = april(ended="2025-04-20")
    for when, (phq, gad) in (("2025-03-10", start), ("2025-04-10", end)):
        practice.meet(when, IAPTLTCServiceInd=long_term).scored(PHQ9=phq, GAD7=gad)
    nothing = (0, 0, 0, 0, None)
    integrated = practice.values("M273", "M275", "M276", "M277", "M278")
    core_only = practice.values("M274", "M283", "M284", "M285", "M286")
    assert (integrated, core_only) == (((1, *found), nothing) if long_term == "Y" else (nothing, (1, *found)))
