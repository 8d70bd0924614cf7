"""`caseness measures compute --layout nhs-annual`: the files of the annual report, of a service's own record."""

import csv
import io
from contextlib import redirect_stderr

import pytest

from caseness.cli import annual_files, main
from caseness.measures.annual import OWN, all_files, main_cells
from caseness.published import open_releases
from caseness.results import Selection
from derived_records import derive_submissions, submissions_of

MONTHS = [f"{2024 + (number > 9)}-{(number + 2) % 12 + 1:02}" for number in range(1, 13)]
REFERRALS = [{"month": month, "referral": f"R{month}", "patient": f"P{month}", "received": f"{month}-02", "ended": f"{month}-20", "commissioner": "11A"} for month in MONTHS]  # fmt: skip
PEOPLE = [
    {"month": month, "patient": f"P{month}", "gender": "1" if place % 4 else "2", "served": "03" if place < 2 else ""}
    for place, month in enumerate(MONTHS)
]
OUTCOMES = "therapy-based-outcomes"
# Three courses of two, three and four treatments: one from 15 to 5, one unchanged, one that began below the cut-offs.
COURSES = {MONTHS[0]: (2, (15, 5)), MONTHS[1]: (3, (15, 15)), MONTHS[2]: (4, (3, 3))}
CONTACTS = [
    {
        "month": month,
        "contact": f"C{month}{day}",
        "referral": f"R{month}",
        "on": f"{month}-{day + 3:02}",
        "type": "02",
        "minutes": "50",
    }
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
    derive_submissions(folder, given, annual=True)
    return folder / "grains"


@pytest.fixture(scope="module")
def written(year, tmp_path_factory):
    """What the command wrote and said, once, for three levels and two breakdowns."""
    folder, said = tmp_path_factory.mktemp("written") / "out", io.StringIO()
    levels = [part for level in ("england", "region", "provider") for part in ("--level", level)]
    groups = [part for name in ("annual-gender", "annual-ethnic-group") for part in ("--breakdown", name)]
    with pytest.raises(SystemExit) as ended, redirect_stderr(said):
        main(["measures", "compute", str(year), "--layout", "nhs-annual", *levels, *groups, "--out", str(folder)])
    assert not ended.value.code, said.getvalue()
    return folder, said.getvalue()


def rows(folder, file="annual-main"):
    with (folder / f"{file}-2024-25.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def of_england(folder, file="annual-main"):
    """The rows of England in a file."""
    return [row for row in rows(folder, file) if row.get("OrgType", row.get("OrganisationType")) == "England"]


def test_a_row_is_an_organisation_and_a_group(written):
    folder, said = written
    assert "All 174 fields of the annual metadata of 2024-25 are written: " in said
    assert "England is all rows of this record" in said
    found = {(row["OrgType"], row["VariableType"], row["VariableA"], row["VariableB"]): row for row in rows(folder)}
    england = found["England", "Total", "NULL", "NULL"]
    assert {name: england[name] for name in ("OrgCode", "OrgName", "Count_ReferralsReceived", "Count_FinishedCourseTreatment")} == {
        "OrgCode": "All", "OrgName": "All", "Count_ReferralsReceived": "12", "Count_FinishedCourseTreatment": "3",
    }  # fmt: skip
    assert found["Provider", "Gender", "Female", "NULL"]["Count_ReferralsReceived"] == "3"
    assert {"White", "Other Ethnic Groups"} == {
        key[2] for key in found if key[0] == "Commissioning Region" and key[3] in ("Irish", "Any Other Ethnic Group")
    }
    assert ("England", "Ethnic Group", "White", "All") in found
    assert "SYNTHETIC" not in england


def test_what_the_annual_report_alone_has(written):
    """Caseness, shares of all finished courses, and mean treatments by outcome. A mean of nobody is blank."""
    england = of_england(written[0])[0]
    own = {name: england[name] for name, one in main_cells().items() if one in OWN}
    assert len(own) == len(OWN) == 22
    assert own == {
        "Count_AtCaseness": "2",
        "Percentage_NoReliableChange": f"{100 * (2 / 3)}",
        "Percentage_AppropriatePairedADSM": "0",
        "Mean_TreatmentAppointmentsImprovement": "2",
        "Mean_TreatmentAppointmentsNoChange": "3.5",
        "Mean_TreatmentAppointmentsDeterioration": "",
        "Mean_TreatmentAppointmentsRecovery": "2",
        "Mean_TreatmentAppointmentsReliableRecovery": "2",
        "Count_BAFIndicatorCompletion": "2",
        "Percentage_BAFIndicatorCompletion": f"{100 * (2 / 12)}",
        "Count_FinishedTreatmentFirst6Months": "3",
        "Count_FinishedTreatmentFirst6MonthsFollowUp": "0",
        "Percentage_FollowUpAppointment": "0",
        "Count_FinishedCourseTreatmentContactDuration": "3",
        "Mean_ContactDuration": "50",
        "Median_ContactDuration": "50",
        "Sum_ContactDuration": "450",
        "Mean_TotalContactDurationPerReferral": "150",
        "Median_TotalContactDurationPerReferral": "150",
        "Count_FinishedCourseTreatment_with_EmpSup": "0",
        "Percentage_Variable_withFCT": "100",
        "Percentage_Variable_withFCTandES": "",
    }


def test_every_file_is_written_with_its_columns_and_lines(written):
    """Each line of each group."""
    folder, _ = written
    names = {one.id: one.id if one.id == OUTCOMES else f"annual-{one.id}" for one in all_files().values()}
    assert {path.name for path in folder.iterdir()} == {f"{name}-2024-25.csv" for name in names.values()}
    for one in all_files().values():
        found = rows(folder, names[one.id])
        assert list(found[0]) == [*filter(None, one.place), *one.columns]
        assert len(found) % (3 * len(one.lines)) == 0


def test_lines_say_what_they_are_of(written):
    folder, _ = written
    effect = {
        (row["VariableType"], row["Measure"], row["InitialCaseness"]): row
        for row in of_england(folder, "annual-effect-size")
    }
    both = effect["Total", "PHQ9", "At caseness"]
    assert (both["Mean_Start"], both["Mean_End"], both["SD_Start"], both["EffectSize"]) == ("15", "10", "0", "")
    assert effect["Total", "PHQ9", "Not at caseness"]["Count_FinishedCourseTreatmentByInitialCasenessStatus"] == "1"
    courses = {(row["Diagnosis"], row["TherapyType"]): row for row in of_england(folder, OUTCOMES)}
    assert courses["Total", "Cognitive Behaviour Therapy (CBT)"]["Count_CoursesOfTherapy"] == "0"
    assert ("Body Dysmorphic Disorder", "Mindfulness") in courses


def test_groups_of_the_smaller_files_are_spelled_as_the_metadata_spell_them(written):
    folder, _ = written
    groups = {
        file: {(row["VariableA"], row["VariableB"]) for row in of_england(folder, f"annual-{file}")}
        for file in ("employment-status", "therapy-type", "peq", "therapist-role", "psych-meds")
    }
    assert {("Total", "All"), ("Employed", "All")} <= groups["employment-status"]
    assert {("Total", "All"), ("Low intensity", "Other"), ("Not stated/Not known/Invalid", "All")} <= groups[
        "therapy-type"
    ]
    assert {("4", "NULL"), ("NA", "NULL")} <= groups["peq"]
    assert {("ALL", "ALL"), ("Depression", "NULL"), ("Anxiety and stress related disorders", "All")} <= groups[
        "therapist-role"
    ]
    assert ("Status at start - Total", "NULL") in groups["psych-meds"]


def test_grains_without_what_the_report_asks_are_refused(caseness, tmp_path):
    """Nothing is left out in silence. Of a record, what is needed is made."""
    derive_submissions(tmp_path / "made", submissions_of(provider="RW1", referrals=REFERRALS), breakdowns=True)
    outcome = caseness(
        "measures", "compute", tmp_path / "made" / "grains", "--layout", "nhs-annual", "--out", tmp_path / "out"
    )
    assert (outcome.status, "Derive it again with `caseness derive --annual`" in outcome.err) == (45, True)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_to_is_told(caseness, year, tmp_path):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    outcome = caseness("measures", "compute", year, "--layout", "nhs-annual", "--out", tmp_path / "out" / "deeper")
    assert (outcome.status, "Nothing can be written to" in outcome.err) == (15, True)


def test_a_policy_stars_what_it_holds_back_and_one_that_needs_them_all_refuses(caseness, year, tmp_path, monkeypatch):
    """Two small files stand for all of them."""
    few = {name: all_files()[name] for name in ("psych-meds", "peq")}
    monkeypatch.setattr(annual_files, "all_files", lambda: few)
    outcome = caseness(
        "measures", "compute", year, "--layout", "nhs-annual", "--policy", "public", "--out", tmp_path / "out"
    )
    assert "The annual files are not let out under public" in outcome.err
    outcome = caseness(
        "measures",
        "compute",
        year,
        "--layout",
        "nhs-annual",
        "--policy",
        "nhs-england",
        "--level",
        "provider",
        "--out",
        tmp_path / "out",
    )
    assert outcome.status == 0, outcome.err
    meds = {row["VariableA"]: row for row in rows(tmp_path / "out", "annual-psych-meds")}
    assert meds["Status at start - Total"]["Count_StatusEndTotal"] == "*"


def test_the_files_are_read_as_the_annual_report_is(caseness, year, written, tmp_path):
    """With the same figures, in the same groups."""
    asked = ("--breakdown", "annual-ethnic-group", "--breakdown", "annual-gender", "--period", "2024-25")
    picked = ("--measure", "M076", "--measure", "M192", "--level", "provider")
    caseness("measures", "compute", year, *asked, *picked, "--out", tmp_path / "own")
    held = Selection(levels=("provider",))
    read = [
        row
        for row in open_releases(written[0]).select(held).table.to_pylist()
        if not row["figure_id"].startswith("proms")
    ]
    assert {row["period_start"].isoformat() for row in read} == {"2024-04-01"}
    groups = {(row["split_1"], row["group_1"], row["split_2"], row["group_2"]) for row in read}
    assert ("Ethnic Group", "Mixed", "Ethnic Group", "Any other Mixed background") in groups
    assert ("Ethnic Group", "Mixed", None, None) in groups
    outcome = caseness("measures", "compare", tmp_path / "own", written[0])
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


def test_the_annual_files_are_not_let_out_under_a_policy_that_protects_figures_together(caseness, tmp_path):
    asked = ("measures", "compute", "absent", "--layout", "nhs-annual", "--policy", "public")
    outcome = caseness(*asked, "--out", tmp_path / "out")
    assert outcome.status
    assert "The annual files are not let out under public" in outcome.err
