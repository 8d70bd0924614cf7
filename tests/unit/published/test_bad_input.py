"""Bad input: an error that says what to do, or a note; never a wrong figure"""

import pytest

from caseness.errors import NothingToAudit, UnreadableInput
from caseness.published import open_releases
from caseness.published.files import MAX_COLUMNS, require_size
from caseness.results import Selection

EVERYTHING = Selection()


def figures(path):
    rows = open_releases(path).select(EVERYTHING).table.to_pylist()
    return {(row["figure_id"], row["organisation"]): row["value"] for row in rows}


def refusal(path):
    with pytest.raises(UnreadableInput) as caught:
        open_releases(path)
    return str(caught.value)


def notes(path):
    return "\n".join(open_releases(path).notes)


def test_there_is_nothing_at_the_path(tmp_path):
    assert "no file or folder" in refusal(tmp_path / "absent")


def test_a_folder_without_a_release_says_what_each_file_is(write, tmp_path):
    write("notes.txt", "hello")
    write("archive.zip", b"PK\x03\x04")
    with pytest.raises(NothingToAudit, match="unpack it first") as caught:
        open_releases(tmp_path)
    assert "notes.txt: it is a text to be read by people" in str(caught.value)


def test_hidden_files_are_not_looked_at(write, month, england, tmp_path):
    write("month.csv", month((england, "M001", "7")))
    write(".cache/month.csv", "nonsense")
    assert open_releases(tmp_path).ignored == ()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.csv", b"", "is empty"),
        ("page.csv", b"<!DOCTYPE html><html><body>404 Not Found</body></html>", "is a web page"),
        ("page.csv", b"\r\n  <html><head></head></html>", "is a web page"),
        ("book.csv", b"PK\x03\x04rest", "is a workbook or a zip archive under a borrowed name"),
        ("table.csv", b"PAR1rest", "is a Parquet file under a borrowed name"),
        ("report.csv", b"%PDF-1.7", "is a PDF document under a borrowed name"),
        ("bytes.csv", b"a,b\n\x81,1\n", "byte 4 belongs to no text"),
        ("holes.csv", b"a,b\n" + b"1,2\n" * 2000 + b"\0\0\0,1\n", "empty bytes"),
        ("book.xlsx", b"not a workbook", "cannot be read as an Excel workbook"),
        ("table.parquet", b"PAR1 cut short", "is not a whole Parquet file"),
        ("other.csv", b"apples,pears\n1,2\n", "its columns are those of no release that is known"),
        ("list.csv", b"dataset,period,url\na,b,c\n", "a list of addresses"),
        ("figures.rar", b"Rar!", "it is an archive: unpack it first"),
        ("figures.sav", b"x", "not one of the kinds that are read"),
    ],
)
def test_what_is_no_release_is_named_for_what_it_is(write, name, content, says):
    assert says in refusal(write(name, content))


def test_a_missing_column_is_named_with_the_layout_it_is_nearest_to(write, month, england):
    text = month((england, "M001", "7")).replace("MEASURE_ID", "SOMETHING")
    said = refusal(write("month.csv", text))
    assert "nearest to 'Monthly activity and performance' but lacks 1 of 10 columns: MEASURE_ID" in said


def test_a_header_without_rows_is_refused(write, month):
    assert "a header and no rows" in refusal(write("month.csv", month()))


def test_two_columns_of_one_name_are_refused(write, month, england):
    text = month((england, "M001", "7")).replace("ORG_NAME1", "ORG_NAME2")
    assert "'ORG_NAME2'" in refusal(write("month.csv", text))


def test_a_column_without_a_name_is_left_out_only_if_it_is_blank(write, month, england):
    text = month((england, "M001", "7"))
    blank = "\n".join(f"{line}," if line else "" for line in text.split("\n"))
    assert figures(write("blank.csv", blank)) == {("M001", "ENGLAND"): 7.0}


def test_a_line_that_is_cut_short_is_refused_with_its_number(write, month, england, provider):
    text = month((england, "M001", "7"), (provider, "M001", "10"), (provider, "M076", "15"))
    cut = text[: text.rindex("RP7")]
    said = refusal(write("month.csv", cut))
    assert "line 4 has 6 cells instead of 10" in said
    assert "Download it again" in said


def test_the_last_number_of_a_file_without_a_last_line_break_is_not_trusted(write, month, england):
    text = month((england, "M001", "153472"), (england, "M076", "57359"))
    path = write("month.csv", text[:-3])
    assert figures(path) == {("M001", "ENGLAND"): 153472.0}
    assert "does not end with a line break" in notes(path)


@pytest.mark.parametrize("value", ["1,234", "12%", "#REF!", "n/a", "12*", "nan", "inf", "0x10", "1_000", "1e", "—"])
def test_a_cell_that_is_neither_a_number_nor_a_sign_is_refused(write, month, england, value):
    said = refusal(write("month.csv", month((england, "M001", "1"), (england, "M076", f'"{value}"'))))
    assert f"first {value!r} on line 3" in said


@pytest.mark.parametrize(
    ("figure", "value", "says"),
    [
        ("M001", "-5", "1 counts or percentages are below 0, which cannot be (M001)"),
        ("M001", "12.5", "1 counts are not whole numbers, which cannot be (M001)"),
        ("M001", "12345678901", "1 counts are larger than any of the programme can be (M001)"),
        ("M192", "101", "1 percentages are above 100, which cannot be (M192)"),
        ("M192", "-1", "1 counts or percentages are below 0, which cannot be (M192)"),
    ],
)
def test_an_impossible_value_is_left_out_with_a_note(write, month, england, provider, figure, value, says):
    path = write("month.csv", month((england, "M001", "7"), (provider, figure, value)))
    assert figures(path) == {("M001", "ENGLAND"): 7.0}
    assert says in notes(path)
    assert "left out of the figures" in notes(path)


def test_counts_below_england_that_are_not_rounded_are_kept_with_a_note(write, month, england, provider):
    path = write("month.csv", month((england, "M001", "7"), (provider, "M001", "13")))
    row = next(row for row in open_releases(path).select(EVERYTHING).table.to_pylist() if row["level"] == "provider")
    assert (row["value"], row["low"], row["high"]) == (13.0, 11.0, 15.0)
    assert "1 counts below England are no multiple of 5" in notes(path)


def test_an_unknown_kind_of_organisation_is_left_out_with_a_note(write, month, england):
    path = write("month.csv", month((england, "M001", "7"), ("Galaxy,all,a,X,b", "M001", "10")))
    assert figures(path) == {("M001", "ENGLAND"): 7.0}
    assert "1 cells are of a kind of organisation that is not known" in notes(path)


def test_a_row_that_is_printed_twice_counts_once(write, month, england, provider):
    path = write("month.csv", month((england, "M001", "7"), (provider, "M001", "10"), (provider, "M001", "10")))
    assert open_releases(path).select(EVERYTHING).table.num_rows == 2
    assert "1 cells are printed more than once with one value (RP7)" in notes(path)


def test_a_cell_with_two_values_is_left_out(write, month, england, provider):
    path = write("month.csv", month((england, "M001", "7"), (provider, "M001", "10"), (provider, "M001", "*")))
    assert figures(path) == {("M001", "ENGLAND"): 7.0}
    assert "1 cells are printed more than once with different values (M001, RP7 2021-06)" in notes(path)


def test_an_organisation_under_two_names_counts_once(write, month, england, provider):
    renamed = provider.replace("LINCOLNSHIRE", "LINCOLN")
    path = write("month.csv", month((england, "M001", "7"), (provider, "M001", "10"), (renamed, "M001", "10")))
    assert open_releases(path).select(EVERYTHING).table.num_rows == 2


def test_a_month_without_england_may_be_half_a_file(write, month, provider):
    assert "England is not in it" in notes(write("month.csv", month((provider, "M001", "10"))))


def test_a_month_with_few_figures_may_be_half_a_file(write, month, england):
    assert "prints 1 figures of England" in notes(write("month.csv", month((england, "M001", "10"))))


def test_a_last_organisation_with_few_figures_may_be_half_a_file(write, month, england, provider):
    other = provider.replace("RP7", "NMG")
    path = write(
        "month.csv",
        month((england, "M001", "7"), (provider, "M001", "10"), (provider, "M076", "5"), (other, "M001", "5")),
    )
    assert "the last organisation in it (Provider / all / NMG) has 1 figures and others have 2" in notes(path)


def test_a_measure_that_says_nothing_of_its_kind_is_left_out(write, month, england):
    text = month((england, "M001", "7"), (england, "X999", "5")).replace("Count_X999", "Something")
    path = write("month.csv", text)
    assert figures(path) == {("M001", "ENGLAND"): 7.0}
    assert "do not say whether they are a count" in notes(path)


def test_a_new_measure_is_read_by_what_its_name_begins_with(write, month, england):
    path = write("month.csv", month((england, "M001", "7"), (england, "M9999", "5")))
    row = next(row for row in open_releases(path).select(EVERYTHING).table.to_pylist() if row["figure_id"] == "M9999")
    assert (row["statistic"], row["value"], row["clock"]) == ("count", 5.0, None)


@pytest.mark.parametrize(
    ("dates", "says"),
    [
        (("June 2021", "30/06/2021"), "are no date from 2008 on, such as 'June 2021'"),
        (("06/01/2021", "06/30/2021"), "are no date from 2008 on, such as '06/30/2021'"),
        (("2021-06-02", "2021-06-30"), "are no whole month, quarter or financial year"),
        (("2021-06-01", "2021-07-01"), "are no whole month, quarter or financial year"),
        (("1921-06-01", "1921-06-30"), "are no date from 2008 on"),
        (("2021-02-30", "2021-02-28"), "are no date from 2008 on"),
    ],
)
def test_a_date_that_could_be_read_wrongly_is_refused(write, month, england, dates, says):
    assert says in refusal(write("month.csv", month((england, "M001", "7"), dates=dates)))


@pytest.mark.parametrize(
    "dates", [("01/06/2021", "30/06/2021"), ("2021-06-01", "2021-06-30"), ("2021-06-01 00:00:00", "2021-06-30T00:00")]
)
def test_dates_are_read_in_the_declared_forms(write, month, england, dates):
    opened = open_releases(write("month.csv", month((england, "M001", "7"), dates=dates)))
    assert [str(start) for start in opened.releases[0].periods] == ["2021-06-01"]


def test_a_row_of_another_month_is_noted(write, month, england):
    text = (
        month((england, "M001", "7"))
        + month((england, "M001", "8"), dates=("2021-07-01", "2021-07-31")).split("\n", 1)[1]
    )
    assert "covers one month, and this one 2 (2021-06 to 2021-07)" in notes(write("month.csv", text))


def test_a_release_without_a_usable_row_is_refused(write, month):
    assert "no row that can be used" in refusal(write("month.csv", month(("Galaxy,a,b,c,d", "M001", "7"))))


def test_a_file_larger_than_any_release_is_not_read_into_memory(write):
    with pytest.raises(UnreadableInput, match="no release is larger than"):
        require_size(write("large.csv", "x" * 2000), limit=1000)


def test_a_table_of_more_columns_than_any_release_is_refused(write):
    names = ",".join(f"column {number}" for number in range(MAX_COLUMNS + 1))
    assert f"no release has more than {MAX_COLUMNS}" in refusal(write("wide.csv", f"{names}\n{names}\n"))


def test_a_quotation_mark_that_is_never_closed_does_not_swallow_lines(write, month, england, provider):
    text = month((england, "M001", "7"), (provider.replace("LINC", '"LINC'), "M001", "10"), (provider, "M076", "15"))
    assert "month.csv" in refusal(write("month.csv", text))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("measures.parquet", b""),
        ("measures.parquet", b"PAR1 cut short"),
        ("late.csv", b""),
        ("late.csv", b"<html>404</html>"),
        ("late.xlsx", b"PK\x03\x04rest"),
    ],
)
def test_a_release_that_is_damaged_beside_one_that_is_whole_is_a_finding(
    write, month, england, tmp_path, name, content
):
    write("month.csv", month((england, "M001", "7")))
    write(name, content)
    (damaged,) = open_releases(tmp_path).provenance().damaged
    assert damaged.startswith(f"{name} could not be read, so every figure is without it")


def test_a_release_that_lacks_a_column_is_a_finding_too(write, month, england, tmp_path):
    write("month.csv", month((england, "M001", "7")))
    write("next.csv", month((england, "M001", "7")).replace("MEASURE_ID", "SOMETHING"))
    (damaged,) = open_releases(tmp_path).provenance().damaged
    assert "lacks 1 of 10 columns" in damaged


def test_what_is_something_else_than_a_release_is_passed_over_quietly(write, month, england, tmp_path):
    write("month.csv", month((england, "M001", "7")))
    write("other.csv", "apples,pears\n1,2\n")
    write("list.csv", "dataset,period,url\na,b,c\n")
    write("notes.txt", "hello")
    opened = open_releases(tmp_path)
    assert (len(opened.ignored), opened.provenance().damaged) == (3, ())
