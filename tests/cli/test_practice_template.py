"""The command `practice-template`: an empty sheet, never over another"""

from caseness.read.practice import read_practice_sheets
from small_practice import CREATED


def test_an_empty_sheet_is_written_for_any_questionnaires(caseness, tmp_path):
    answer = caseness("practice-template", "--instrument", "PHQ-9", "--instrument", "gad7", "--out", "mine.csv")
    assert (answer.status, answer.out, answer.err) == (0, "", "Wrote mine.csv\n")
    assert (tmp_path / "mine.csv").read_text().rstrip().endswith("PHQ-9,GAD-7")


def test_without_a_questionnaire_it_is_core_10(caseness, tmp_path):
    assert caseness("practice-template", "--out", "mine.xlsx").status == 0
    sheets = read_practice_sheets([tmp_path / "mine.xlsx"], CREATED).sheets
    assert [one.name for one in sheets] == ["mine.xlsx, sheet sessions", "mine.xlsx, sheet endings"]
    assert sheets[0].taken[-1].taken_for == "CORE-10, total"


def test_a_questionnaire_that_is_not_known_has_a_neighbour(caseness, tmp_path):
    answer = caseness("practice-template", "--instrument", "core11", "--out", "mine.csv")
    assert answer.status == 10
    assert "Did you mean 'core10'" in answer.err
    assert not (tmp_path / "mine.csv").exists()


def test_a_sheet_that_is_there_is_not_written_over(caseness, tmp_path):
    (tmp_path / "mine.csv").write_text("my work")
    answer = caseness("practice-template", "--out", "mine.csv")
    assert answer.status == 15
    assert (tmp_path / "mine.csv").read_text() == "my work"
