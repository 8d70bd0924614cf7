"""The command `programme`: what a programme is, and what is unknown of it."""

from caseness.programme import load

MINE = """
id = "mine"
name = "Mine"
country = "Here"
source = "this file"

[[target]]
id = "wait"
label = "Wait"
unknown = "we have set none"
"""


def test_the_programmes_are_listed(caseness):
    answer = caseness("programme")
    assert answer.status == 0
    assert all(name in answer.out for name in ("core10_practice", "england", "norway"))


def test_england_is_shown_with_its_figures(caseness):
    answer = caseness("programme", "england")
    assert "M076" in answer.out
    assert "at or above 10" in answer.out
    assert "Nothing is marked unknown." in answer.out


def test_what_is_unknown_is_printed_whole(caseness):
    out = caseness("programme", "norway").out
    assert "not found" in out
    assert all(one.unknown in out for one in load("norway").what_is_unknown())


def test_a_file_of_ones_own_is_shown(caseness, tmp_path):
    (tmp_path / "mine.toml").write_text(MINE)
    answer = caseness("programme", "mine.toml")
    assert answer.status == 0
    assert "we have set none" in answer.out


def test_a_programme_can_be_had_as_json_and_as_files(caseness, tmp_path):
    assert caseness("programme", "core10_practice", "--json").json["measures"][0]["caseness"] == 11
    assert caseness("programme", "norway", "--out", tmp_path / "here").status == 0
    assert (tmp_path / "here" / "unknown.csv").read_text().count("\n") == 12


def test_a_name_that_is_not_known_has_a_neighbour(caseness):
    answer = caseness("programme", "norwey")
    assert (answer.status, answer.out) == (10, "")
    assert "Did you mean 'norway'?" in answer.err


def test_a_file_that_is_absent_is_said_to_be(caseness):
    answer = caseness("programme", "absent.toml")
    assert answer.status == 11
    assert "No such file" in answer.err
