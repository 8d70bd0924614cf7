"""`caseness measures compute --layout nhs-annual`: the main data of the annual report, of a service's own record."""

import csv

import pytest

from caseness.measures.annual import OWN, annual_fields
from caseness.published import open_releases
from caseness.results import Selection
from derived_records import derive_submissions, submissions_of

MONTHS = [f"{2024 + (number > 9)}-{(number + 2) % 12 + 1:02}" for number in range(1, 13)]
REFERRALS = [{"month": month, "referral": f"R{month}", "patient": f"P{month}", "received": f"{month}-02", "ended": f"{month}-20", "commissioner": "11A"} for month in MONTHS]  # fmt: skip
PEOPLE = [
    {"month": month, "patient": f"P{month}", "gender": "1" if place % 4 else "2"} for place, month in enumerate(MONTHS)
]
# Three courses of two, three and four treatments: one from 15 to 5, one unchanged, one that began below the cut-offs.
COURSES = {MONTHS[0]: (2, (15, 5)), MONTHS[1]: (3, (15, 15)), MONTHS[2]: (4, (3, 3))}
CONTACTS = [
    {"month": month, "contact": f"C{month}{day}", "referral": f"R{month}", "on": f"{month}-{day + 3:02}", "type": "02"}
    for month, (number, _) in COURSES.items()
    for day in range(number)
]
SCORES = [
    {"month": month, "referral": f"R{month}", "tool": tool, "score": str(score), "on": f"{month}-{day:02}"}
    for month, (_, ends) in COURSES.items()
    for tool in ("phq9", "gad7")
    for score, day in zip(ends, (3, 15), strict=True)
]


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    folder = tmp_path_factory.mktemp("year")
    given = submissions_of(provider="RW1", referrals=REFERRALS, people=PEOPLE, contacts=CONTACTS, scores=SCORES)
    derive_submissions(folder, given, breakdowns=True)
    return folder / "grains"


def rows(folder):
    with (folder / "annual-main-2024-25.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def test_a_row_is_an_organisation_and_a_group(caseness, year, tmp_path):
    asked = ("--layout", "nhs-annual", "--breakdown", "annual-gender", "--level", "england", "--level", "provider")
    outcome = caseness("measures", "compute", year, *asked, "--out", tmp_path / "out")
    assert outcome.status == 0, outcome.err
    assert "14 fields of the layout are not computed and left out: Count_BAFIndicatorCompletion" in outcome.err
    found = {(row["OrgType"], row["VariableType"], row["VariableA"]): row for row in rows(tmp_path / "out")}
    assert len(found) == 10
    england = found["England", "Total", "NULL"]
    assert {name: england[name] for name in ("OrgCode", "VariableB", "Count_ReferralsReceived", "Count_FinishedCourseTreatment")} == {
        "OrgCode": "ENGLAND", "VariableB": "NULL", "Count_ReferralsReceived": "12", "Count_FinishedCourseTreatment": "3",
    }  # fmt: skip
    assert found["Provider", "Gender", "Female"]["Count_ReferralsReceived"] == "3"
    assert "SYNTHETIC" not in england


def test_what_the_annual_report_alone_has(caseness, year, tmp_path):
    """Caseness, shares of all finished courses, and mean treatments by outcome. A mean of nobody is blank."""
    caseness("measures", "compute", year, "--layout", "nhs-annual", "--out", tmp_path / "out")
    (england,) = rows(tmp_path / "out")
    own = {name: england[name] for name, one in annual_fields().items() if one in OWN}
    assert len(own) == len(OWN) == 8
    assert own == {
        "Count_AtCaseness": "2",
        "Percentage_NoReliableChange": f"{100 * (2 / 3)}",
        "Percentage_AppropriatePairedADSM": "0",
        "Mean_TreatmentAppointmentsImprovement": "2",
        "Mean_TreatmentAppointmentsNoChange": "3.5",
        "Mean_TreatmentAppointmentsDeterioration": "",
        "Mean_TreatmentAppointmentsRecovery": "2",
        "Mean_TreatmentAppointmentsReliableRecovery": "2",
    }


def test_the_file_is_read_as_the_annual_report_is(caseness, year, tmp_path):
    """With the same figures, in the same groups."""
    asked = (
        "--breakdown",
        "annual-ethnic-group",
        "--breakdown",
        "annual-gender",
        "--period",
        "2024-25",
        "--level",
        "provider",
    )
    caseness("measures", "compute", year, *asked, "--layout", "nhs-annual", "--out", tmp_path / "annual")
    caseness("measures", "compute", year, *asked, "--out", tmp_path / "own")
    read = open_releases(tmp_path / "annual").select(Selection(levels=("provider",))).table.to_pylist()
    assert {row["period_start"].isoformat() for row in read} == {"2024-04-01"}
    groups = {(row["split_1"], row["group_1"], row["split_2"], row["group_2"]) for row in read}
    assert ("Ethnic Group", "Mixed", "Ethnic Group", "Any other Mixed background") in groups
    assert ("Ethnic Group", "Mixed", None, None) in groups
    outcome = caseness("measures", "compare", tmp_path / "own", tmp_path / "annual")
    assert "0 figures differ" in outcome.out


@pytest.mark.parametrize(
    ("asked", "says", "status"),
    [
        (("--measure", "M001"), "has measures of its own", 2),
        (("--level", "sub-icb-provider"), "no group type for the level sub-icb-provider", 2),
        (("--period", "2024-05"), "is of financial years, and no other period", 14),
    ],
)
def test_what_the_layout_has_no_place_for_is_refused(caseness, year, asked, says, status):
    outcome = caseness("measures", "compute", year, "--layout", "nhs-annual", *asked, "--out", "out")
    assert (outcome.status, says in outcome.err) == (status, True), outcome.err


def test_a_record_of_less_than_a_year_has_no_annual_file(caseness, tmp_path):
    derive_submissions(tmp_path / "made", submissions_of(provider="RW1", referrals=REFERRALS[:1]))
    outcome = caseness("measures", "compute", tmp_path / "made" / "grains", "--layout", "nhs-annual", "--out", "out")
    assert (outcome.status, "the record has to cover one" in outcome.err) == (14, True)
