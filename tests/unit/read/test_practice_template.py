"""The empty practice sheet: what it holds, and that it can be read back"""

import pytest

from caseness.errors import CannotWrite
from caseness.instruments import instrument, instruments
from caseness.read.practice import read_practice_sheets, take_headers
from caseness.read.practice.template import template_columns, template_text, write_template
from small_practice import CREATED

CORE10 = [instrument("core10")]


@pytest.mark.parametrize("name", ["mine.csv", "mine.xlsx"])
def test_a_template_is_a_practice_sheet_without_rows(tmp_path, name):
    write_template(tmp_path / name, CORE10)
    found = read_practice_sheets([tmp_path / name], CREATED)
    assert (found.read, found.kept) == (0, 0)
    assert all(one.is_used for sheet in found.sheets for one in sheet.taken)


def test_a_template_has_a_line_of_help_for_each_column():
    text = template_text([instrument("phq9"), instrument("core10")])
    *help_lines, header = text.splitlines()
    headers = header.split(",")
    assert [line.lstrip('"').removeprefix("# ").partition(":")[0] for line in help_lines] == headers
    assert headers[-2:] == ["PHQ-9", "CORE-10"]


def test_a_template_can_hold_every_questionnaire():
    columns = template_columns(instruments())
    taken = take_headers([each.header for each in columns])
    assert all(one.is_used and one.same_as is None for one in taken)
    assert {one.instrument for one in taken if one.instrument} == set(instruments())
    assert template_text(instruments()).count("\r\n") == len(columns) + 1


def test_a_template_with_every_questionnaire_is_read_back(tmp_path):
    write_template(tmp_path / "all.csv", instruments())
    assert read_practice_sheets([tmp_path / "all.csv"], CREATED).read == 0


def test_a_questionnaire_that_is_named_twice_has_one_column():
    assert len(template_columns(CORE10 * 2)) == len(template_columns(CORE10))


def test_nothing_is_written_over(tmp_path):
    (tmp_path / "mine.csv").write_text("my work")
    with pytest.raises(CannotWrite, match="is there already"):
        write_template(tmp_path / "mine.csv", CORE10)
    assert (tmp_path / "mine.csv").read_text() == "my work"


def test_another_kind_of_file_and_a_place_that_cannot_be_written_are_refused(tmp_path):
    with pytest.raises(CannotWrite, match=r"ends in neither \.csv nor \.xlsx"):
        write_template(tmp_path / "mine.ods", CORE10)
    (tmp_path / "file").write_text("")
    for name in ("mine.csv", "mine.xlsx"):
        with pytest.raises(CannotWrite, match="cannot be written"):
            write_template(tmp_path / "file" / name, CORE10)
