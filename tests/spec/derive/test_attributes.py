"""What breakdowns read of a referral row: the person, the course, and sets of codes"""

from datetime import date

import pyarrow as pa
import pytest

from caseness.derive import Options
from caseness.derive.attributes import DECILE_SCHEMA
from caseness.derive.sets import ANNUAL_RELIGIONS, CONDITIONS, DISABILITIES, MEDIA, ORIENTATIONS, PROGRAMMES, RELIGIONS

REFERRALS = "month | referral | received | ended\n2025-04 | R1 | 2025-04-02 | 2025-04-20\n2025-04 | R2 | 2025-04-03 |"


@pytest.fixture
def attributes(derived):
    """Text tables in, the attributes of one referral row out."""

    def told(*columns, place=0, **given):
        found = derived(breakdowns=True, **{"referrals": REFERRALS, **given}).grains.attributes
        rows = found.order_by("row_id").to_pyarrow().to_pylist()
        values = tuple(rows[place][name] for name in columns)
        return values if len(columns) > 1 else values[0]

    return told


def groups(kind, code):
    """The groups of a set."""
    return {group for group in (*kind.groups, "others") if code & kind.bit(group)}


def test_there_is_one_row_for_each_referral_row(derived):
    """Open or not, and nothing of it where it is not asked for."""
    found = derived(referrals=REFERRALS, breakdowns=True)
    assert found.grains.rows["attributes"] == found.grains.rows["referral"] == 2
    assert {row[0] for row in found.rows("attributes", "row_id")} == {
        row[0] for row in found.rows("referral", "row_id")
    }
    assert derived(referrals=REFERRALS).grains.attributes is None


def test_the_person_is_told_as_submitted(attributes):
    people = (
        "month | patient | identity | same | served | learns | gender | ethnic\n2025-04 | P1 | 3 | N | 02 | 2 | 1 | B"
    )
    columns = ("gender_identity", "gender_same_at_birth", "armed_forces", "education", "gender", "ethnic_category")
    assert attributes(*columns, people=people) == ("3", "N", "02", "2", "1", "B")
    assert attributes(*columns, people="month | patient | gender\n2025-04 | P1 | ") == (None,) * 6


@pytest.mark.parametrize(("choice", "age"), [("period-end", 25), ("referral", 24)])
def test_the_age_is_that_at_the_end_of_the_month_or_at_referral(attributes, choice, age):
    people = "month | patient | born\n2025-04 | P1 | 2000-04-15"
    assert attributes("breakdown_age", people=people, options=Options(breakdown_age=choice)) == age


def test_disabilities_are_a_set_with_one_group_for_all_codes_that_are_not_listed(attributes):
    told = "month | patient | code\n2025-04 | P1 | 02\n2025-04 | P1 | XX\n2025-04 | P1 | 77\n2025-04 | P2 | 01"
    assert groups(DISABILITIES, attributes("disabilities", disabilities=told)) == {"02", "XX", "others"}
    assert attributes("disabilities") == 0


CIRCUMSTANCES = """
    month   | patient | code      | on
    2025-04 | P1      | 160549006 | 2025-01-01
    2025-04 | P1      | 160545000 | 2025-03-01
    2025-04 | P1      | 76102007  | 2025-02-01
    2025-04 | P1      | 20430005  |
    2025-04 | P1      | 160542002 | 2025-04-01
    2025-04 | P1      | 224461000 | 2025-04-09
"""


def test_every_religion_and_orientation_counts(attributes):
    """The annual report lists more codes: 160542002 is no religion there, and nothing by the quarterly list."""
    held = attributes("religions", "annual_religions", "orientations", circumstances=CIRCUMSTANCES)
    assert groups(RELIGIONS, held[0]) == {"Christian", "Hindu"}
    assert groups(ANNUAL_RELIGIONS, held[1]) == {"Christian", "Hindu", "None"}
    assert groups(ORIENTATIONS, held[2]) == {"Gay/Lesbian", "Heterosexual"}


def test_or_the_latest_of_each_kind_does(attributes):
    """A blank day comes before all others. What is neither a religion nor an orientation takes no place."""
    chosen = Options(circumstances="latest")
    held = attributes("annual_religions", "orientations", circumstances=CIRCUMSTANCES, options=chosen)
    assert groups(ANNUAL_RELIGIONS, held[0]) == {"None"}
    assert groups(ORIENTATIONS, held[1]) == {"Gay/Lesbian"}


def test_conditions_are_of_the_referral_and_of_its_own_month(attributes):
    told = "month | referral | code\n2025-04 | R1 | 195967001\n2025-04 | R1 | 73211009\n2025-04 | R2 | E11"
    assert groups(CONDITIONS, attributes("conditions", conditions=told)) == {"195967001", "73211009"}
    assert groups(CONDITIONS, attributes("conditions", conditions=told, place=1)) == {"others"}


@pytest.mark.parametrize(("choice", "named"), [("any", {"Sleepio", "others"}), ("completed", {"Sleepio"})])
def test_programmes_are_those_of_the_logs_so_far(attributes, choice, named):
    """All of them, or those that lie within the referral and have ended."""
    logs = """
        month   | referral | start      | end        | programme
        2025-04 | R1       | 2025-04-05 | 2025-04-09 | Sleepio
        2025-04 | R1       | 2025-04-21 | 2025-04-28 | Home made
    """
    found = attributes("programmes", logs=logs, options=Options(programmes=choice))
    assert groups(PROGRAMMES, found) == named


CONTACTS = """
    month   | contact | referral | on         | type | attended | medium | medication | integrated
    2025-04 | C1      | R1       | 2025-04-03 | 01   | 5        | 02     | 01         | N
    2025-04 | C2      | R1       | 2025-04-10 | 02   | 5        |        | 03         | Y
    2025-04 | C3      | R1       | 2025-04-12 | 02   | 3        | 11     |            | N
    2025-04 | C4      | R1       | 2025-04-25 | 06   | 5        | 05     |            | N
"""


@pytest.mark.parametrize(("choice", "named"), [("attended", {"02", "others"}), ("treatment", {"others"})])
def test_media_are_those_of_attended_contacts_within_the_referral(attributes, choice, named):
    """A blank medium is one that is not known. Or those of treatments alone count."""
    found = attributes("media", contacts=CONTACTS, options=Options(media=choice))
    assert groups(MEDIA, found) == named
    assert attributes("media", contacts=CONTACTS, place=1) == 0


def test_the_course_is_told_as_in_the_grain_of_referrals(attributes):
    columns = (
        "psychotropic_first",
        "psychotropic_last",
        "integrated_contact_first_date",
        "first_session_date",
        "completed_treatment",
    )
    assert attributes(*columns, contacts=CONTACTS) == ("01", "03", date(2025, 4, 10), date(2025, 4, 10), False)
    assert attributes(*columns, contacts=CONTACTS, place=1) == (None, None, None, None, False)


@pytest.mark.parametrize(("choice", "cluster"), [("latest", "05"), ("first", "10")])
def test_the_cluster_is_the_one_that_began_last_or_first(attributes, choice, cluster):
    told = "month | patient | code | start\n2025-04 | P1 | 04 | 2024-01-01\n2025-04 | P1 | 05 | 2025-01-01\n2025-04 | P1 | 10 | "
    assert attributes("care_cluster", clusters=told, options=Options(care_cluster=choice)) == cluster
    assert attributes("care_cluster") is None


def test_the_decile_is_that_of_the_postcode(attributes):
    """However it is spaced and written. Without a file, without a postcode or with one that is not in it, there is none."""
    known = pa.table([["AB12CD"], [3]], schema=DECILE_SCHEMA)
    people = "month | patient | postcode\n2025-04 | P1 | ab1 2cd"
    assert attributes("deprivation_decile", people=people, deciles=known) == 3
    assert attributes("deprivation_decile", people=people) is None
    other = "month | patient | postcode\n2025-04 | P1 | ZZ9 9ZZ"
    assert attributes("deprivation_decile", people=other, deciles=known) is None
    assert attributes("deprivation_decile", deciles=known) is None


def test_an_employment_row_is_of_the_latest_referral_of_its_person(derived):
    """So that what is said of the person can be found."""
    work = "month | patient | status | recorded\n2025-04 | P1 | 01 | 2025-04-06"
    found = derived(referrals=REFERRALS, work=work, employment=True)
    latest = found.referral("row_id", referral_date="2025-04-03")
    assert found.rows("employment", "row_id") == [(latest,)]
