"""Programmes other than England's: what they may leave out, and how they say what is unknown"""

import pytest

from caseness.codes import code_list
from caseness.errors import UnreadableInput
from caseness.instruments import instrument
from caseness.programme import Unknown, load, programme_names, read_programme

SMALL = """
id = "elsewhere"
name = "Elsewhere"
country = "Nowhere"
source = "made up"

[[stage]]
id = "begun"
label = "Begun"
meaning = "Somebody came."
clock = "first session"

[[measure]]
id = "core10"
name = "CORE-10"
used_for = "everyone"
case_is = "at or above"
caseness = 11
source = "made up"
unknown = "the reliable change"

[[end_group]]
id = "planned"
label = "Planned"

[[end_code]]
code = "P"
label = "As planned"
group = "planned"
meaning = "It had been agreed."

[[target]]
id = "wait"
label = "Wait"
unknown = "nobody set one"

[[unknown]]
id = "manual"
label = "Manual"
unknown = "not opened"
"""


@pytest.fixture
def read(tmp_path):
    """The small programme, with one piece of text replaced."""

    def read(old="", new=""):
        assert old in SMALL
        path = tmp_path / "elsewhere.toml"
        path.write_text(SMALL.replace(old, new, 1), encoding="utf-8")
        return read_programme(path)

    return read


def test_a_programme_needs_no_official_figures(read):
    found = read()
    assert found.stage("begun").figure_id == ""
    assert [(each.code, each.name, each.meaning) for each in found.codes_of("planned")] == [
        ("P", "P", "It had been agreed.")
    ]


def test_what_is_unknown_stays_unknown_and_is_listed(read):
    found = read()
    assert found.measure("core10").reliable_change is None
    assert found.targets == ()
    assert found.what_is_unknown() == (
        Unknown("measure", "core10", "CORE-10", "the reliable change"),
        Unknown("target", "wait", "Wait", "nobody set one"),
        Unknown("programme", "manual", "Manual", "not opened"),
    )


def test_two_own_codes_without_a_figure_are_different_codes(read):
    twice = '[[end_code]]\ncode = "Q"\nlabel = "Other"\ngroup = "planned"\n\n[[target]]'
    assert [each.code for each in read("[[target]]", twice).end_codes] == ["P", "Q"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unknown = "nobody set one"', 'unknown = "nobody set one"\nat_least = 50', "target 1: there is no key 'at_least'."),
        ('label = "Wait"\n', "", "target 1: there is no label."),
        ('unknown = "not opened"', 'unknown = "not opened"\nsection = 1', "unknown 1: there is no key 'section'."),
        ("caseness = 11\n", "caseness = 11\nreliable_change = 6\n", "measure 1: nothing is unknown where both"),
        ('code = "P"\n', "", "end_code 1: an end code has a code, a figure_id, or both."),
        ('group = "planned"', 'group = "other"', "end code P is in no declared group: 'other'"),
        ('source = "made up"', 'source = "made up"\nunknowns = []', "programme: there is no key 'unknowns'."),
        ('source = "made up"', 'source = "made up"\nstages = []', "programme: there is no key 'stages'."),
        ('source = "made up"', 'source = "made up"\ncodes = "EndCode"', "programme: codes must be a list"),
        ('source = "made up"', 'source = "made up"\ncodes = [1]', "programme: codes must be a list of texts in quotes."),
        ('source = "made up"', 'source = "made up"\ncodes = ["EndCod"]', "There is no code list 'EndCod'. Did you mean 'EndCode'"),
        ('id = "core10"', 'id = "core11"', "There is no questionnaire 'core11'. Did you mean 'core10'"),
        ('country = "Nowhere"', "country = 1", "programme: country must be text, not 1."),
    ],
)  # fmt: skip
def test_what_contradicts_itself_is_refused(read, old, new, said):
    with pytest.raises(UnreadableInput) as refused:
        read(old, new)
    assert said in str(refused.value)


def test_a_list_of_anything_but_sections_is_refused(tmp_path):
    path = tmp_path / "odd.toml"
    path.write_text("stage = [1, 2]", encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"write \[\[stage\]\], with two brackets"):
        read_programme(path)


def test_three_programmes_ship():
    assert programme_names() == ("core10_practice", "england", "norway")
    assert [load(name).id for name in programme_names()] == list(programme_names())


def test_englands_end_codes_are_those_of_the_data_set():
    england = load("england")
    assert "EndCode" in england.codes
    listed = code_list("EndCode")
    ours = {each.code for each in england.end_codes if each.code}
    assert ours == {each.code for each in listed.codes if listed.is_legal(each.code)}


@pytest.mark.parametrize(
    ("name", "measure"), [(name, one.id) for name in programme_names() for one in load(name).measures]
)
def test_thresholds_of_a_programme_are_those_of_its_questionnaire(name, measure):
    """Where both give a number from the same literature, it is one number."""
    ours, theirs = load(name).measure(measure), instrument(measure)
    for number, line in ((ours.caseness, theirs.caseness()), (ours.reliable_change, theirs.reliable_change())):
        assert number is None or line is None or number == line.value


def test_england_has_nothing_unknown_and_its_own_former_name():
    assert load("england").what_is_unknown() == ()
    assert load("england").former_name.endswith("(IAPT)")


@pytest.mark.parametrize(("measure", "caseness"), [("phq9", 10), ("gad7", 8)])
def test_norway_has_the_cut_offs_of_its_trial_and_no_reliable_change(measure, caseness):
    found = load("norway").measure(measure)
    assert (found.caseness, found.reliable_change) == (caseness, None)
    assert "NCT03238872" in found.source


def test_norway_has_no_target_and_no_end_code():
    norway = load("norway")
    assert (norway.targets, norway.end_codes, norway.end_groups) == ((), (), ())
    assert {"target", "end_group", "stage", "outcome", "measure", "programme"} == {
        each.section for each in norway.what_is_unknown()
    }


def test_a_practice_of_core_10_has_its_published_thresholds_and_two_endings():
    practice = load("core10_practice")
    core10 = practice.measure("core10")
    assert (core10.caseness, core10.case_is, core10.reliable_change) == (11, "at or above", 6)
    assert [each.code for each in practice.end_codes] == ["planned", "unplanned"]


@pytest.mark.parametrize("name", ["norway", "core10_practice"])
def test_everything_in_the_other_programmes_names_its_source(name):
    found = load(name)
    for entry in (*found.stages, *found.measures, *found.outcomes):
        assert entry.source, entry.id
