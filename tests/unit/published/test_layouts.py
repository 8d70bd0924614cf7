"""Every layout in which the record has been published"""

from datetime import date

import pytest
import xlsxwriter

from caseness.errors import UnreadableInput
from caseness.published import open_releases
from caseness.published.layouts import LAYOUTS, nearest, recognise
from caseness.results import Selection

WIDE_HEADER = (
    "CCG Code,CCG Name,Provider Code,Provider Name,Group Type,Month / Year,Referrals Received,First Treatment,"
    "Ended Referrals,Finished a Course of Treatment,First Treatment within 6 weeks Finished a Course of Treatment,"
    "First Treatment within 18 weeks Finished a Course of Treatment,Recovery rate,Improvement rate,Reliable Recovery rate"
)
MAIN_HEADER = (
    "OrgType,OrgCode,OrgName,VariableType,VariableA,VariableB,Count_ReferralsReceived,Count_FinishedCourseTreatment,"
    "Count_Recovery,Count_EndedReferrals,Count_EndedBeforeTreatment,Percentage_Recovery,Mean_ContactDuration,Sum_ContactDuration"
)


def cells(path, **wanted):
    rows = open_releases(path).select(Selection(**wanted)).table.to_pylist()
    return {(row["figure_id"], row["organisation"], row["group_1"], row["group_2"]): row for row in rows}


def prints(row):
    return row["value"], row["low"], row["high"], row["reason"]


def test_each_layout_recognises_its_own_columns_and_no_other():
    for layout in LAYOUTS:
        printed = list(layout.columns.values())
        assert recognise(printed) is layout
        assert nearest(printed) == (layout, [])
        assert layout.lacks(printed[1:]) == [printed[0]]


def test_a_column_is_known_whatever_its_case_spaces_and_underscores(write, month, england):
    text = month((england, "M001", "7"))
    header, _, rest = text.partition("\n")
    path = write("month.csv", header.lower().replace("measure_id", " Measure Id ") + "\n" + rest)
    assert prints(cells(path)["M001", "ENGLAND", None, None]) == (7.0, 7.0, 7.0, None)


def test_a_monthly_file_prints_who_is_meant_by_its_kind_of_group(write, month, england):
    lines = [
        (england, "M001", "100"),
        ("SubICB,00L,NHS ONE,all,all Providers", "M001", "50"),
        ("Provider,all,all SubICBs,RP7,LINCOLNSHIRE", "M001", "50"),
        ("SubICB/Provider,00L,NHS ONE,RP7,LINCOLNSHIRE", "M001", "*"),
        ("CommissioningRegion,Y60,MIDLANDS,all,all Providers", "M001", "50"),
    ]
    rows = open_releases(write("month.csv", month(*lines))).select(Selection()).table.to_pylist()
    found = {(row["level"], row["organisation"], row["commissioner"], row["reason"]) for row in rows}
    assert found == {
        ("england", "ENGLAND", None, None),
        ("sub-icb", "00L", None, None),
        ("provider", "RP7", None, None),
        ("sub-icb-provider", "RP7", "00L", "suppressed"),
        ("region", "Y60", None, None),
    }


def test_the_march_2021_name_of_the_value_is_known(write, month, england):
    text = month((england, "M001", "7")).replace("MEASURE_VALUE_SUPPRESSED", "MEASURE_VALUE")
    assert prints(cells(write("month.csv", text))["M001", "ENGLAND", None, None])[0] == 7.0


def test_where_both_names_of_the_value_are_there_the_suppressed_one_is_read(write, month, england):
    text = month((england, "M001", "7"))
    header, row, _ = text.split("\n")
    path = write("month.csv", f"{header},MEASURE_VALUE\n{row},8\n")
    assert prints(cells(path)["M001", "ENGLAND", None, None])[0] == 7.0


def test_a_mislabelled_measure_goes_by_its_id(releases_folder):
    path = releases_folder / "monthly_2022-07_reconstructed.csv"
    assert ",M031,Count_FirstAssessment," in path.read_text()
    assert cells(path)["M031", "ENGLAND", None, None]["value"] == 96156.0


def test_a_workbook_is_read_below_its_banner(releases_folder):
    path = releases_folder / "monthly_2021-02_reconstructed.xlsx"
    assert cells(path)["M031", "ENGLAND", None, None]["value"] == 89975.0
    assert "3 lines above the header of sheet 'Data' were passed over" in open_releases(path).notes[0]


def test_a_workbook_with_dates_as_dates_is_read(releases_folder):
    opened = open_releases(releases_folder / "monthly_2021-03_reconstructed.xlsx")
    assert opened.releases[0].periods == (date(2021, 3, 1),)


def test_a_csv_is_read_below_its_banner(write, month, england):
    banner = "NHS England\n\nPublished, with notes\n"
    path = write("month.csv", banner + month((england, "M001", "7")))
    assert cells(path)["M001", "ENGLAND", None, None]["value"] == 7.0
    assert "3 lines above the header were passed over" in open_releases(path).notes[0]


def test_a_workbook_of_other_sheets_is_refused(tmp_path):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Costs").write(0, 0, "pounds")
    with pytest.raises(UnreadableInput, match=r"none of its 1 sheets \(Costs\)"):
        open_releases(path)


def test_of_two_sheets_alike_the_first_is_read_with_a_note(tmp_path, month, england):
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        for title, value in (("First", "7"), ("Second", "8")):
            sheet = workbook.add_worksheet(title)
            for number, line in enumerate(month((england, "M001", value)).split("\n")):
                sheet.write_row(number, 0, line.split(","))
            sheet.set_row(40, 30, workbook.add_format({"bold": True}))
    assert cells(path)["M001", "ENGLAND", None, None]["value"] == 7.0
    assert "only sheet 'First' was read. It has 1 more like it: Second" in "\n".join(open_releases(path).notes)


def test_the_wide_layout_of_2019_20(write):
    lines = [
        WIDE_HEADER,
        "all,all CCGs,all,all Providers,England,2019-02-01,137647,93098,124318,46212,88.6,98.8,53.6,68.4,51.1",
        "00L,NHS ONE,RP7,LINCOLNSHIRE,CCG/Provider,2019-02-01,10,*,-,5,90,100,*,60,-",
        "",
    ]
    path = write("wide.csv", "\n".join(lines))
    found = cells(path)
    assert found["M031", "ENGLAND", None, None]["period_end"] == date(2019, 2, 28)
    assert prints(found["M192", "ENGLAND", None, None]) == pytest.approx((53.6, 53.55, 53.65, None))
    assert prints(found["M031", "RP7", None, None]) == (None, 0, 4, "suppressed")
    assert prints(found["M056", "RP7", None, None]) == (None, None, None, "no_data")
    assert prints(found["M076", "RP7", None, None]) == (5, 5, 7, None)
    assert prints(found["M195", "RP7", None, None]) == (None, None, None, "no_data")
    assert found["M195", "RP7", None, None]["commissioner"] == "00L"


MAIN = "\n".join(
    [
        MAIN_HEADER,
        "England,All,All,Total,NULL,NULL,100,60,20,90,30,50.0,40.1,12345",
        "Provider,RP7,LINCOLNSHIRE,Total,NULL,NULL,50,30,*,45,15,*,*,1200",
        "Provider,RP7,LINCOLNSHIRE,Ethnic Group,White,All,25,15,5,NULL,NULL,50,NULL,NULL",
        "Provider,RP7,LINCOLNSHIRE,Ethnic Group,White,Irish,5,*,*,NULL,NULL,*,NULL,NULL",
        "",
    ]
)


def test_an_annual_main_file_is_unpivoted_under_official_ids(write):
    found = cells(write("annual-2022-23.csv", MAIN))
    assert prints(found["M056", "ENGLAND", None, None]) == (90, 90, 90, None)
    assert prints(found["M153", "RP7", None, None]) == (15, 13, 17, None)
    assert prints(found["M192", "RP7", None, None]) == (None, 0, 100, "suppressed")
    assert prints(found["mean_contact_duration", "RP7", None, None]) == (None, None, None, "suppressed")
    assert prints(found["sum_of_contact_duration", "ENGLAND", None, None]) == (12345, 12345, 12345, None)
    assert prints(found["sum_of_contact_duration", "RP7", None, None]) == (1200, None, None, None)
    assert prints(found["M076", "RP7", "White", None]) == (15, 13, 17, None)
    assert prints(found["M076", "RP7", "White", "Irish"]) == (None, 0, 4, "suppressed")
    assert found["M056", "ENGLAND", None, None]["period_start"] == date(2022, 4, 1)


def test_the_year_of_an_annual_file_may_stand_in_the_name_of_its_folder(write):
    path = write("2022-23/main.csv", MAIN)
    assert open_releases(path).releases[0].periods == (date(2022, 4, 1),)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("main.csv", "does not say its year inside, and its name does not either"),
        ("main-2021-22-and-2022-23.csv", "names 2 years (2021-22, 2022-23)"),
        ("main-2018-19.csv", "its name says 2018-19, but 1 of its columns were not printed in that year"),
    ],
)
def test_an_annual_file_of_an_uncertain_year_is_refused(write, name, says):
    text = MAIN.replace("Sum_ContactDuration", "Count_EndedAfterOneTreatment").replace("12345", "15")
    with pytest.raises(UnreadableInput) as caught:
        open_releases(write(name, text))
    assert says in str(caught.value)


def test_a_column_that_is_not_known_is_left_out_with_a_note(write):
    text = MAIN.replace("Sum_ContactDuration", "Count_Something")
    opened = open_releases(write("annual-2022-23.csv", text))
    assert "1 columns are not known and were not read: Count_Something" in "\n".join(opened.notes)


def test_therapy_outcomes_are_placed_by_problem_and_therapy(releases_folder):
    found = cells(releases_folder / "outcomes_table_4_2024-25_reconstructed.csv", organisations=("ENGLAND",))
    of_all = found["proms_courses_of_therapy_count", "ENGLAND", "Counselling for Depression", None]
    of_one = found["proms_courses_of_therapy_count", "ENGLAND", "Depression", "Counselling for Depression"]
    assert (of_all["split_1"], of_one["split_1"], of_one["split_2"]) == (
        "Therapy Type",
        "Presenting Complaint",
        "Therapy Type",
    )
    assert of_all["value"] > of_one["value"] > 0
    assert found["proms_phq_mean_start", "ENGLAND", "Depression", "Counselling for Depression"]["statistic"] == "mean"


@pytest.mark.parametrize("layout", ["annual_main_2017-18", "annual_main_2021-22", "annual_main_2024-25"])
def test_a_reconstructed_annual_file_of_each_set_of_columns_is_read(releases_folder, layout):
    found = cells(releases_folder / f"{layout}_reconstructed.csv", organisations=("ENGLAND",))
    assert found["M192", "ENGLAND", None, None]["value"] in (50.8, 50.2, 50.5)
    assert found["M076", "ENGLAND", "First to second treatment", ">90 days"]["value"] > 20_000


def test_the_other_annual_files_are_named_for_what_they_are(releases_folder):
    ignored = {one.name: one.why for one in open_releases(releases_folder).ignored}
    assert ignored["annual_effect_size_2024-25_reconstructed.csv"] == (
        "it is an annual report file that the audit does not use yet (effect sizes)."
    )


@pytest.mark.parametrize("year", ["2017-18", "2024-25"])
def test_an_employment_file_is_read_by_status_at_the_start(releases_folder, year):
    """The file is made up: its columns are real and its numbers are not."""
    path = releases_folder / f"annual_employment_{year}_made_up.csv"
    found, notes = cells(path), open_releases(path).notes
    unemployed = "Unemployed and seeking work"
    assert prints(found["employment_end_employed", "ENGLAND", unemployed, None]) == (300, 300, 300, None)
    assert prints(found["employment_end_not_stated", "ENGLAND", None, None]) == (1295, 1295, 1295, None)
    assert prints(found["employment_finished_course", "RP7", unemployed, None]) == (75, 73, 77, None)
    assert prints(found["employment_end_retired", "RP7", unemployed, None]) == (None, 0, 4, "suppressed")
    assert {row["split_1"] for row in found.values()} == {None, "Employment status at start of treatment"}
    assert (("employment_referrals_received", "ENGLAND", None, None) in found) == (year == "2024-25")
    assert notes == ()


def test_a_year_of_two_files_prints_each_figure_once(releases_folder, tmp_path):
    for name in ("annual_main_2024-25_reconstructed.csv", "annual_employment_2024-25_made_up.csv"):
        (tmp_path / name).write_bytes((releases_folder / name).read_bytes())
    opened = open_releases(tmp_path)
    totals = opened.select(Selection(organisations=("ENGLAND",), splits=())).table["figure_id"].to_pylist()
    assert len(totals) == len(set(totals))
    assert opened.notes == ()
