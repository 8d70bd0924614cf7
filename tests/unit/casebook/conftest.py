"""One course with something of everything, so that a test of what is written sees all of it."""

from dataclasses import dataclass

import pytest

from case_records import ACTIVITIES, CONTACTS, KEY, record_of, scored
from caseness.casebook import make_case

MARK = "SYNTHETIC: made up for a test."
# Everything by which a person, a therapist or a place could be found. None of it may be in a case study.
SECRETS = (
    "9434765919",
    "P-LOCAL",
    "R1",
    "T-SECRET",
    "G-LOCAL",
    "ZZ9",
    "99Z",
    "AB1 2CD",
    "1980",
    "Moved to Leeds",
    "my mother",
)
TABLES = {
    "people": "month | patient | nhs | born | ethnic | gender\n2025-06 | P-LOCAL | 9434765919 | 1980-02-03 | A | 2",
    "referrals": """
        month   | referral | patient | received   | ended      | source | end_code
        2025-04 | R1       | P-LOCAL | 2025-04-01 |            | B1     |
        2025-05 | R1       | P-LOCAL | 2025-04-01 |            | B1     |
        2025-06 | R1       | P-LOCAL | 2025-04-01 | 2025-06-20 | B1     | 46
    """,
    "contacts": CONTACTS,
    "activities": ACTIVITIES,
    "contact_scores": [*scored(16, 22, 21, 20, 9, 8, 9, 7, 8, 6, 7), *scored(14, 28)[1:]],
    "reviews": "month | referral | on | kind | told | note\n2025-06 | R1 | 2025-06-20 | planned | person | Moved to Leeds",
    "goals": "month | referral | goal | wording | rating | on\n2025-05 | R1 | G-LOCAL | See my brother | 6 | 2025-05-19",
    "alliance": "month | referral | tool | score | on\n2025-04 | R1 | srs | 34 | 2025-04-07",
    "conditions": "month | referral | scheme | code\n2025-04 | R1 | 04 | 195967001",
    "life": "month | referral | kind | on | note\n2025-05 | R1 | loss | 2025-05-02 | my mother",
}


@dataclass(frozen=True)
class Made:
    """A record, and the case that was made of it."""

    record: object
    case: object
    with_notes: object


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """The record and its case, with and without free text."""
    record = record_of(tmp_path_factory.mktemp("case") / "record", notes=(MARK,), **TABLES)
    return Made(record, make_case(record, "R1", KEY), make_case(record, "R1", KEY, with_notes=True))
