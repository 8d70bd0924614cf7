"""A questionnaire is read strictly: a slip is told, with its place, and never passed over"""

from importlib.resources import files

import pytest

from caseness.errors import UnreadableInput
from caseness.instruments import read_instrument

SHIPPED = files("caseness.instruments").joinpath("questionnaires", "gad7.toml").read_text(encoding="utf-8")

SLIPS = [
    ('short_name = "GAD-7"', 'shortname = "GAD-7"', r"no key 'shortname'. Did you mean 'short_name'"),
    ('short_name = "GAD-7"', "", "there is no short_name"),
    ("high = 21", 'high = "21"', "high must be a number, not '21'"),
    ("high = 21", "high = true", "high must be a number, not True"),
    ("high = 21", "high = 20", "another range"),
    ('higher_is = "worse"', 'higher_is = "bad"', "higher_is must be one of worse, better"),
    ('total = "sum"', 'total = "product"', "total must be one of sum, mean"),
    ("value = 8", "value = 22", "caseness 22 is outside the range"),
    ("value = 4\n", "value = 0\n", "a reliable change is within the width"),
    ('operator = "at or above"', 'operator = "over"', "operator must be one of at or above, above"),
    ('kind = "caseness"', 'kind = "case"', "threshold 1: kind must be one of caseness"),
    ("official = true", "official = 1", "official must be true or false"),
    ("official = true", 'official = true\nsince = "2021"', "since must be a date, such as 2021-01-31"),
    ("official = true", "official = true\nsince = 2022-01-01\nuntil = 2021-01-01", "ends after it begins"),
    ("[missing]", "[[missing]]", r"write \[missing\], with one bracket"),
    ("[missing]", "[mising]", r"no key 'mising'. Did you mean 'missing'"),
    ("[items]\nlow", "[items]\nlowest = 3\nlow", r"items: there is no key 'lowest'. Did you mean 'low'"),
    ("[items]\nlow = 0", "[items]\nlow = 0.5.1", "Invalid|Expected"),
    ("[items]\nlow = 0\nhigh = 3", "[items]\nlow = 3\nhigh = 3", "item 1: item 1: the low end is below the high"),
    ("[items]\nlow = 0\nhigh = 3", "[items]\nlow = 0", "an item has both ends, or neither"),
    ("[items]\nlow = 0\nhigh = 3", "[items]", "item 1 has no answer"),
    ("[items]\nlow = 0", "[items]\ncount = 6\nlow = 0", "item 7: there are only 6"),
    ('loinc = "68509-9"', 'loinc = "68509-9"\nnumber = 1', "item 1 is declared twice"),
    ('loinc = "68509-9"', 'loinc = "68509-9"\nnumber = "two"', "number must be a whole number"),
    ('wording = "Trouble relaxing"', "", "all items are worded, or none"),
    ("wording_may_be_shown = true", "wording_may_be_shown = false", "does not let the wording be shown"),
    ("low = 5\nhigh = 9", "low = 6\nhigh = 9", "bands do not cover the range"),
    ("high = 21\nlabel", "high = 20\nlabel", "bands do not cover the range"),
    ("[missing]", "[risk]\nitem = 8\nabove = 0\nreason = \"none\"\n\n[missing]", "the risk item is none of the items"),
    ("verified = true", "verified = false", "a reason if, and only if, it is not verified"),
    ("verified = true", 'verified = true\nreason = "None."', "a reason if, and only if, it is not verified"),
]  # fmt: skip


@pytest.fixture
def change(tmp_path):
    """The shipped GAD-7 with one piece of text replaced."""

    def change(old, new):
        assert old in SHIPPED
        path = tmp_path / "changed.toml"
        path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
        return path

    return change


@pytest.mark.parametrize(("old", "new", "said"), SLIPS, ids=[new or old for old, new, _ in SLIPS])
def test_a_slip_is_told_with_its_place(change, old, new, said):
    with pytest.raises(UnreadableInput, match=said) as told:
        read_instrument(change(old, new))
    assert "changed.toml" in str(told.value)
    assert "is not used" in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_instrument(tmp_path / "none.toml")


def test_a_verified_part_without_a_source_is_refused(tmp_path):
    path = tmp_path / "changed.toml"
    path.write_text(
        SHIPPED.replace('source = "mhscales', 'x = "').replace(
            'source = "The form\'s scoring note, as reprinted at full-remission.com/gad-7-form"\n', "", 1
        ),
        encoding="utf-8",
    )
    with pytest.raises(UnreadableInput, match="band 1: what is verified names its source"):
        read_instrument(path)


def test_a_questionnaire_without_a_range_has_neither_threshold_nor_band(tmp_path):
    text = (
        'id = "x"\nname = "X"\nshort_name = "X"\nabout = "X."\nhigher_is = "worse"\ntotal = "none"\nreason = "None."\n{}\n'
        '[licence]\nname = "X"\nholder = "X"\nwording_may_be_shown = false\nreason = "None."\n'
    )
    line = '[[threshold]]\nkind = "caseness"\nvalue = 1\noperator = "above"\nofficial = true\nreason = "None."\n'
    path = tmp_path / "x.toml"
    for more, said in ((line, "no range for a threshold"), ("low = 0\n", "both ends, or neither")):
        path.write_text(text.format(more), encoding="utf-8")
        with pytest.raises(UnreadableInput, match=said):
            read_instrument(path)
    path.write_text(text.format("").replace('total = "none"', 'total = "sum"'), encoding="utf-8")
    with pytest.raises(UnreadableInput, match="a total that is computed needs items"):
        read_instrument(path)
    for section in ("norm", "item"):
        path.write_text(f"{text.format('')}[{section}]\nvalue = 1\n", encoding="utf-8")
        with pytest.raises(UnreadableInput, match=rf"write \[\[{section}\]\], with two brackets, for each {section}"):
            read_instrument(path)
    path.write_text(text.format(""), encoding="utf-8")
    assert read_instrument(path).items == ()


def test_the_file_that_was_changed_is_read_when_nothing_is_wrong(change):
    assert read_instrument(change("value = 8", "value = 9")).caseness().value == 9
