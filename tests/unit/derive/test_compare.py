"""An extract beside what is derived."""

import pyarrow as pa
import pytest
from pyarrow import parquet

from caseness.derive.compare import compare
from caseness.engine import load
from caseness.errors import CannotDerive, UnreadableInput
from derived_records import derive_submissions, submissions_of

REFERRALS = """
    month   | referral | received   | ended
    2025-04 | R1       | 2025-04-01 | 2025-04-30
    2025-04 | R2       | 2025-04-01 |
"""
CONTACTS = """
    month   | contact | referral | on         | type
    2025-04 | C1      | R1       | 2025-04-05 | 02
    2025-04 | C2      | R1       | 2025-04-12 | 02
"""
SCORES = "month | referral | tool | score | on\n2025-04 | R1 | phq9 | 12 | 2025-04-05"
# April 2025.
MONTH = "1501"


@pytest.fixture(scope="module")
def ours(tmp_path_factory):
    """What is derived, with all columns, and the kept rows of IDS101."""
    folder = tmp_path_factory.mktemp("compared")
    given = submissions_of(referrals=REFERRALS, contacts=CONTACTS, scores=SCORES)
    found = derive_submissions(folder, given, all_columns=True)
    return found.grains, pa.table(parquet.read_table(folder / "record" / "IDS101Referral.parquet"))


@pytest.fixture
def compared(ours, tmp_path):
    """What comparing with an extract, told as lines of CSV, gives."""

    def run(text, name="extract.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return compare(ours[0], load(ours[1]), path)

    return run


def test_columns_that_say_the_same_are_counted(compared):
    """A flag is true or blank, a blank count is 0, and a date may have a time behind it."""
    found = compared(
        "Unique_MonthID,Unique_ServiceRequestID,CompletedTreatment_Flag,TreatmentCareContact_Count,TherapySession_FirstDate,PHQ9_FirstScore,ADSM,Other\n"
        f"{MONTH},ZZ9R1,TRUE,2,2025-04-05 00:00:00,12.00,,x\n{MONTH},ZZ9R2,,,,,,x\n"
    )
    assert (found.read, found.matched, found.unknown) == (2, 2, ("Other",))
    assert {(one.official, one.same, one.different) for one in found.columns} == {
        (name, 2, 0) for name in ("CompletedTreatment_Flag", "TreatmentCareContact_Count", "TherapySession_FirstDate", "PHQ9_FirstScore", "ADSM")
    }  # fmt: skip


def test_columns_that_differ_name_their_rows(compared):
    """And the assumed rules that they rest on. A text that is no number differs."""
    found = compared(
        "Unique_MonthID,OrgID_Provider,ServiceRequestId,CompletedTreatment_Flag,PHQ9_FirstScore\n"
        f"{MONTH},ZZ9,R1,,many\n{MONTH},ZZ9,R2,TRUE,3\n{MONTH},ZZ9,R9,TRUE,3\n"
    )
    flag, score = found.columns
    assert (found.read, found.matched) == (3, 2)
    assert (flag.same, flag.different, flag.rows) == (0, 2, (1_000_000_001, 1_000_000_002))
    assert score.different == 2
    assert "scores-of-support" in score.note


def test_a_parquet_extract_is_read_as_well(ours, tmp_path):
    rows = pa.table({"Unique_MonthID": [int(MONTH)], "Unique_ServiceRequestID": ["ZZ9R1"], "CareContact_Count": [2]})
    parquet.write_table(rows, tmp_path / "extract.parquet")
    assert compare(ours[0], load(ours[1]), tmp_path / "extract.parquet").columns[0].same == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Unique_MonthID,Unique_ServiceRequestID,Colour\n1501,ZZ9R1,red\n", "none of the derived columns"),
        ("Unique_MonthID,CareContact_Count\n1501,2\n", "Unique_ServiceRequestID, or OrgID_Provider"),
        ("Unique_ServiceRequestID,CareContact_Count\nZZ9R1,2\n", "Give the column Unique_MonthID"),
        ("Unique_MonthID,Unique_ServiceRequestID,CareContact_Count\n1501,ZZ9R1,2\n1501,ZZ9R1,3\n", "1 of its 2 rows more than once"),
        ("Unique_MonthID,Unique_ServiceRequestID,CareContact_Count\n1400,ZZ9R1,2\n", "None of the rows"),
    ],
)  # fmt: skip
def test_an_extract_that_cannot_be_compared_is_refused(compared, text, says):
    with pytest.raises(CannotDerive, match=says):
        compared(text)


def test_what_is_no_table_is_refused(compared):
    with pytest.raises(UnreadableInput, match="no CSV or Parquet"):
        compared("PAR1", "extract.parquet")
