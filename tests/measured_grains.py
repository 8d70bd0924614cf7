"""Grains on which `caseness measures` is tried: of one month, and of a made-up service with teams."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from caseness.cli import main
from derived_records import derive_submissions, submissions_of

APRIL = date(2025, 4, 1)
REFERRALS = """
    month   | referral | received   | ended      | commissioner
    2025-04 | R1       | 2025-04-02 | 2025-04-20 | 11A
    2025-04 | R2       | 2025-04-02 | 2025-04-20 | 11A
"""
CONTACTS = """
    month   | contact | referral | on         | type
    2025-04 | C1      | R1       | 2025-04-05 | 02
    2025-04 | C2      | R1       | 2025-04-12 | 02
"""


@pytest.fixture(scope="session")
def grains_of_a_month(tmp_path_factory):
    """Derived once. A test has a copy."""
    folder = tmp_path_factory.mktemp("month") / "made"
    derive_submissions(folder, submissions_of(provider="RW1", referrals=REFERRALS, contacts=CONTACTS))
    return folder / "grains"


@pytest.fixture
def grains(grains_of_a_month, tmp_path):
    """A folder with grains of one month: two referrals that ended, one of them after a course of treatment."""
    return Path(copytree(grains_of_a_month, tmp_path / "made" / "grains"))


@pytest.fixture(scope="session")
def service(tmp_path_factory):
    """The grains of a made-up service, whose record says who was in which team."""
    folder = tmp_path_factory.mktemp("service")
    made = ("synthesise", "--referrals", "300", "--months", "3", "--seed", "3", "--out", str(folder / "record"))
    for args in ((*made, "--shape", "service"), ("derive", str(folder / "record"), "--out", str(folder / "grains"))):
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        assert not ended.value.code
    return folder / "grains"
