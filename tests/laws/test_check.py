"""What holds of checking whatever the faults: no row is lost, no order matters, and nothing unrelated changes."""

import tempfile
from pathlib import Path

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from built_records import build, row
from caseness.check import check
from caseness.engine import fetch
from caseness.record import ROW_ID, SUBMISSION, table
from spec.check.cases import TABLES, narrow, read_cases
from spec.check.written_cases import CASES

CHANGES = sorted(
    {
        each.changes
        for each in read_cases(CASES)
        if each.breaks and all(table(part.split()[0].lstrip("+-")).id in TABLES for part in each.changes.split(";"))
    }
)
# They speak of the submission as a whole, so that another patient does change them.
WHOLE = {"C001-01", "C002-01", "C101-01", "C101-02"}
UNRELATED = {
    "IDS001MPI": "LocalPatientId U1 OrgIDLocalPatientId ZZ9 NHSNumber 4010232137 NHSNumberStatus 01 PersonBirthDate 1990-01-01 "
    "Postcode AB1_2CD Gender 1",
    # Version 2.0 asks for the organisation responsible for the practice.
    "IDS002GP": "LocalPatientId U1 GMPCodeReg A12345 OrgIDGPPrac ABC",
    "IDS101Referral": "ServiceRequestId UR1 LocalPatientId U1 OrgIDComm 99Z ReferralRequestReceivedDate 2025-04-01",
}

submissions = st.lists(
    st.lists(st.sampled_from(CHANGES), min_size=0, max_size=3, unique=True).map("; ".join), min_size=1, max_size=12
)

# A check takes a second, so that a failure is told as it was drawn: making it smaller would take minutes.
few = settings(max_examples=2, deadline=None, phases=(Phase.explicit, Phase.generate))


def check_in(folder, submissions, unreadable=()):
    """Check submissions in a folder."""
    return check(build(Path(folder), submissions, unreadable))


def found_in(submissions):
    """How many rows of each submission break each rule."""
    with tempfile.TemporaryDirectory() as folder:
        return {each.rule.id: dict(each.by_submission) for each in check_in(folder, submissions).findings}


def account(checked):
    """By table: what was counted, and the ids of the rows that are kept and that are rejected."""
    told = {}
    for name, count in checked.tables.items():
        kept = fetch(checked.kept(name).select(SUBMISSION, ROW_ID)).column(ROW_ID).to_pylist()
        rejected = fetch(checked.rejected(name).select(SUBMISSION, ROW_ID)).column(ROW_ID).to_pylist()
        told[name] = (count, sorted(kept), sorted(rejected))
    return told


@few
@given(submissions, st.integers(0, 3))
def test_rows_read_are_rows_kept_and_rows_rejected(drawn, refused):
    "Whatever is wrong, and whatever reading refused before."
    unreadable = [(1, "IDS101Referral", {"ServiceRequestId": "R1"}, ["ServDischDate: not a date"])] * refused
    with tempfile.TemporaryDirectory() as folder:
        tables = account(check_in(folder, list(map(narrow, drawn)), unreadable))
    for count, kept, rejected in tables.values():
        assert count.read == count.unreadable + count.rejected + count.kept
        assert (len(kept), len(rejected)) == (count.kept, count.rejected)
        assert not set(kept) & set(rejected)


@few
@given(submissions)
def test_the_order_of_rows_is_irrelevant(drawn):
    straight = list(map(narrow, drawn))
    turned = [{name: rows[::-1] for name, rows in each.items()} for each in straight]
    for one in turned:
        one["IDS000Header"].reverse()
    assert found_in(straight) == found_in(turned)


@few
@given(submissions)
def test_an_unrelated_sound_referral_changes_no_finding_of_others(drawn):
    """It breaks no rule, and its patient and referral are kept unless the whole submission is refused."""
    alone = list(map(narrow, drawn))
    joined = [
        {name: [*rows, *([row(UNRELATED[name])] if name in UNRELATED else [])] for name, rows in each.items()}
        for each in alone
    ]
    before, after = (
        {key: found for key, found in found_in(each).items() if key not in WHOLE} for each in (alone, joined)
    )
    assert before == after
