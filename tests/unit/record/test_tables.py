"""The declared tables hold together"""

import re

import pyarrow as pa
import pytest

from caseness.codes import code_list, code_lists
from caseness.errors import UnknownName
from caseness.record import (
    NEEDS,
    ROW_ID,
    SUBMISSION,
    TABLES,
    TYPES,
    Column,
    Reference,
    Table,
    extension_tables,
    submission_tables,
    table,
)

SUBMITTED = [
    "IDS000Header",
    "IDS001MPI",
    "IDS002GP",
    "IDS003AccommStatus",
    "IDS004EmpStatus",
    "IDS007DisabilityType",
    "IDS011SocPerCircumstances",
    "IDS012OverseasVisitorChargCat",
    "IDS101Referral",
    "IDS105OnwardReferral",
    "IDS108WaitingTimePauses",
    "IDS201CareContact",
    "IDS202CareActivity",
    "IDS205InternetTherLog",
    "IDS601MedHistPrevDiag",
    "IDS602LongTermCondition",
    "IDS603PresentingComplaints",
    "IDS606CodedScoreAssessmentRefer",
    "IDS607CodedScoreAssessmentAct",
    "IDS803CareCluster",
    "IDS902CarePersQual",
]
EXTENSIONS = [
    "EXT01TeamMembership",
    "EXT02EndingReview",
    "EXT03Goal",
    "EXT04AllianceAndExperience",
    "EXT05LifeCircumstances",
    "EXT06ClientGroup",
]
EVERY = pytest.mark.parametrize("one", TABLES, ids=lambda one: one.id)
COLUMNS = [(one, column) for one in TABLES for column in one.columns]

# What version 2.0 had otherwise: NHS England, Reusable-Code-Library, iapt_base.py against iapt_v2_1_base.py.
ONLY_2_0 = {
    "IDS001MPI": ["OrgIDResidenceResp"],
    "IDS002GP": ["OrgIDGPPrac"],
    "IDS004EmpStatus": ["JSAInd", "OtherBenefitInd"],
}
SINCE_2_1 = {
    "IDS001MPI": ["GenderIdentity", "GenderIdentitySameAtBirth", "EthnicCategory2021"],
    "IDS004EmpStatus": ["EmpSupportDischargeDate"],
}


def test_the_data_set_has_21_tables_and_six_of_ours_follow():
    assert [one.id for one in TABLES] == SUBMITTED + EXTENSIONS
    assert [one.id for one in submission_tables()] == SUBMITTED
    assert [one.id for one in extension_tables()] == EXTENSIONS


def test_an_extension_never_enters_an_official_submission():
    assert not {one.id for one in submission_tables()} & {one.id for one in extension_tables()}
    assert all(one.id.startswith("EXT") and not one.is_submitted for one in extension_tables())
    assert all("never enters an official submission" in one.sent for one in extension_tables())
    assert all(one.id.startswith("IDS") and one.is_submitted for one in submission_tables())
    # Nothing that is submitted depends on a table of ours, so a submission is whole without them.
    assert {parent.table for one in submission_tables() for parent in one.parents} <= set(SUBMITTED)


@EVERY
def test_a_key_is_made_of_columns(one):
    assert one.key
    assert len(set(one.key)) == len(one.key)
    assert set(one.key) <= {column.name for column in one.columns}


@EVERY
def test_a_parent_is_a_table_whose_key_is_the_shared_column(one):
    for parent in one.parents:
        assert table(parent.table).key == (parent.column,)
        assert table(parent.table).column(parent.column).arrow == one.column(parent.column).arrow


def test_all_but_the_roots_have_a_parent():
    roots = [one.id for one in TABLES if not one.parents]
    assert roots == ["IDS000Header", "IDS001MPI", "IDS902CarePersQual", "EXT01TeamMembership"]


@EVERY
def test_the_schema_holds_the_columns_in_order(one):
    assert one.schema.names == [column.name for column in one.columns]
    assert not {SUBMISSION, ROW_ID} & set(one.schema.names)
    assert one.schema.empty_table().num_rows == 0


def test_each_type_has_an_arrow_type():
    types = {column.type: column.arrow for _, column in COLUMNS}
    assert set(types) == set(TYPES)
    assert types == {
        "text": pa.string(),
        "date": pa.date32(),
        "time": pa.time32("s"),
        "timestamp": pa.timestamp("s"),
        "month": pa.string(),
        "integer": pa.int64(),
    }


@pytest.mark.parametrize(("one", "column"), COLUMNS, ids=lambda part: getattr(part, "id", getattr(part, "name", None)))
def test_a_column_says_what_it_holds(one, column):
    assert column.need in NEEDS
    assert column.is_nullable == (column.need != "mandatory")
    assert column.meaning.endswith(".")
    assert not one.is_submitted or set(column.versions) <= set(one.versions)
    assert column.type == "text" or not column.codes
    assert (column.type == "integer") == bool(column.unit)


def test_item_ids_are_unique_and_begin_with_that_of_their_table():
    uids = [(one.short_id, column.uid) for one, column in COLUMNS if column.uid]
    assert len({uid for _, uid in uids}) == len(uids) > 130
    assert all(re.fullmatch(r"I\d{6}|EXT\d{5}", uid) for _, uid in uids)
    assert all(uid.startswith(short.replace("IDS", "I")) for short, uid in uids)


def test_what_has_no_item_id_is_shared_or_of_version_2_0():
    without = {column.name for _, column in COLUMNS if not column.uid}
    older = {name for names in ONLY_2_0.values() for name in names}
    assert without == {"LocalPatientId", "ServiceRequestId", "CareContactId", "CareActId"} | older


def test_every_code_list_exists_and_is_used():
    used = {column.codes for _, column in COLUMNS if column.codes}
    # A practice writes codes of this list where an official submission writes CodedAssToolType.
    assert used | {"OwnAssToolType"} == {each.id for each in code_lists()}


def test_a_column_that_was_renamed_has_a_list_that_knows_its_former_name():
    renamed = {column.name: column.former_name for _, column in COLUMNS if column.former_name}
    assert renamed == {"SourceOfReferralIAPT": "SourceOfReferralMH", "ConsMechanism": "ConsMediumUsed"}
    assert all(code_list(former).id == name for name, former in renamed.items())


@EVERY
def test_the_versions_differ_as_the_official_code_has_them(one):
    if not one.is_submitted or one.versions == ("2.1",):
        return
    names = {version: {column.name for column in one.columns_of(version)} for version in ("2.0", "2.1")}
    assert sorted(names["2.0"] - names["2.1"]) == sorted(ONLY_2_0.get(one.id, []))
    assert sorted(names["2.1"] - names["2.0"]) == sorted(SINCE_2_1.get(one.id, []))


def test_two_tables_came_with_version_2_1():
    assert [one.id for one in TABLES if "2.0" not in one.versions] == ["IDS003AccommStatus", "IDS601MedHistPrevDiag"]


@pytest.mark.parametrize("asked", ["IDS101Referral", "ids101referral", "IDS101", "ids101", "referral", "Referral"])
def test_a_table_is_found_by_id_short_id_or_name(asked):
    assert table(asked) is table("IDS101Referral")


def test_no_two_tables_answer_to_one_name():
    names = [name.casefold() for one in TABLES for name in (one.id, one.short_id, one.name)]
    assert len(set(names)) == len(names)


def test_an_unknown_table_or_column_brings_a_suggestion():
    with pytest.raises(UnknownName, match=r"There is no table 'contacts'\. Did you mean 'contact'"):
        table("contacts")
    with pytest.raises(UnknownName, match=r"Did you mean 'IDS101Referral\.EndCode'"):
        table("referral").column("EndCodes")


def test_scores_are_text():
    assert {column.type for _, column in COLUMNS if column.name == "PersScore"} == {"text"}
    assert {column.max_length for _, column in COLUMNS if column.name == "PersScore"} == {5}


def test_when_rows_are_sent():
    assert table("header").sent == "It is sent once in each submission."
    assert "again each month" in table("referral").sent
    assert "in the month to which they belong" in table("contact").sent


def make(**changes):
    column = Column("A", "", "text", "A thing.", "optional")
    return Table(
        **{"id": "T", "name": "t", "title": "T", "meaning": "T.", "columns": (column,), "key": ("A",), "source": "S"}
        | changes
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"key": ("B",)}, "'B' is no column of it"),
        ({"parents": (Reference("IDS001MPI", "C"),)}, "'C' is no column of it"),
        ({"columns": (Column("A", "", "text", "A.", "optional"),) * 2}, "a column is declared twice"),
        ({"origin": "elsewhere"}, "origin must be one of submission, extension"),
        ({"flows": "daily"}, "flows must be one of"),
        ({"source": ""}, "a table names its source"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(changes, says):
    assert make().key == ("A",)
    with pytest.raises(ValueError, match=says):
        make(**changes)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"type": "number"}, "type must be one of text, date"),
        ({"need": "wanted"}, "need must be one of mandatory"),
        ({"meaning": ""}, "a column has a meaning"),
        ({"codes": "NoSuchList"}, "There is no code list 'NoSuchList'"),
    ],
)
def test_a_column_that_makes_no_sense_is_refused(changes, says):
    with pytest.raises((ValueError, UnknownName), match=says):
        Column(**{"name": "A", "uid": "", "type": "text", "meaning": "A.", "need": "optional"} | changes)
