"""A reader's file changes what it names, and says so; everything wrong with it is told at once."""

import pytest

from caseness.audit.assumptions import read_assumptions, read_shipped_assumptions
from caseness.audit.assumptions.model import STATUSES, YOURS
from caseness.audit.assumptions.reading import shipped_files
from caseness.errors import BadAssumptions, UnknownName, UnreadableInput

SHIPPED = read_shipped_assumptions()
CHOICES = [one for one in SHIPPED.numbers if isinstance(one.value, str)]
ID = "variation.smallest_denominator"


@pytest.fixture
def read(tmp_path):
    """Reads the text of a file of assumptions."""

    def read_text(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return read_assumptions(path)

    return read_text


@pytest.mark.parametrize("one", SHIPPED.numbers, ids=lambda one: one.id)
def test_a_shipped_assumption_says_what_it_is_and_where_it_comes_from(one):
    assert all((one.label, one.meaning, one.source))
    assert one.status in STATUSES
    assert one.status != YOURS
    assert not one.is_changed


@pytest.mark.parametrize(
    "one", [one for one in SHIPPED.numbers if not isinstance(one.value, str)], ids=lambda one: one.id
)
def test_a_shipped_number_lies_in_its_own_range(one):
    if one.low is not None and one.high is not None:
        assert one.low <= one.number <= one.high
    for end in (one.low, one.high, one.value):
        assert end is None or one.at_least is None or end >= one.at_least
        assert end is None or one.at_most is None or end <= one.at_most


def test_a_shipped_choice_is_one_of_its_options():
    assert [one.id for one in CHOICES if one.choice not in one.options] == []


def test_no_id_is_used_twice():
    assert len({one.id for one in SHIPPED.numbers}) == len(SHIPPED.numbers)
    assert len({(one.kind, one.id) for one in SHIPPED.entries}) == len(SHIPPED.entries)


def test_the_shipped_files_together_are_one_file_that_changes_nothing(read):
    """What `caseness assumptions --toml` prints can be edited and given back."""
    whole = read("\n".join(text for _, text in shipped_files()))
    assert whole.changed == ()
    assert whole.numbers == SHIPPED.numbers
    assert whole.entries == SHIPPED.entries


def test_a_change_is_seen_and_everything_else_stays(read):
    changed = read(f'[{ID}]\nvalue = 300\nsource = "our own view"\n')
    assert changed.number(ID) == 300
    assert [one.id for one in changed.changed] == [ID]
    assert (changed.find(ID).status, changed.find(ID).source, changed.find(ID).shipped) == (YOURS, "our own view", 500)
    assert [one for one in changed.numbers if one.id != ID] == [one for one in SHIPPED.numbers if one.id != ID]


def test_a_change_without_a_source_says_that_it_has_none(read):
    assert read(f"[{ID}]\nvalue = 300\n").find(ID).source == "the reader's file gives no source"


def test_a_value_outside_the_shipped_range_widens_it(read):
    beyond = read(f"[{ID}]\nvalue = 4000\n").find(ID)
    assert (beyond.low, beyond.high) == (100, 4000)


def test_an_assumption_that_there_is_not_is_unknown():
    with pytest.raises(UnknownName, match=r"Did you mean 'variation\.smallest_denominator'"):
        SHIPPED.number("variation.smalest_denominator")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[variation.smalest_denominator]\nvalue = 3", "Did you mean 'variation.smallest_denominator'"),
        (f"[{ID}]\nvalue = 3", "below 20, the least that makes sense"),
        (f'[{ID}]\nvalue = "many"', "must be a number, not 'many'"),
        (f"[{ID}]\nvalue = true", "must be a number, not True"),
        (f"[{ID}]\nvalue = nan", "must be a number, not nan"),
        (f"[{ID}]\nvalue = 300\nlow = 400", "lies below its own low end"),
        (f"[{ID}]\nvalue = 300\nhigh = 200", "lies above its own high end"),
        (f'[{ID}]\nvalue = 300\nlabel = "x"', "'label' cannot be changed here"),
        (f"{ID} = 300", "a bare key changes nothing"),
        ("[[variation.list]]\nid = 3", "there is no such list"),
        ("[[variation.list]]\nlabel = 'x'", "an entry has no id in quotes"),
        ("[variation]\nlist = [1, 2]", "each entry begins with a line"),
    ],
)
def test_what_is_wrong_is_said(read, text, says):
    with pytest.raises(BadAssumptions, match="so nothing is audited with it") as told:
        read(text)
    assert says in str(told.value)


def test_all_problems_are_said_at_once(read):
    with pytest.raises(BadAssumptions, match="2 problems"):
        read(f"[{ID}]\nvalue = 3\n[variation.other]\nvalue = 1\n")


def test_a_file_that_is_not_toml_is_refused(read):
    with pytest.raises(BadAssumptions, match="is not TOML"):
        read("value =")


def test_a_file_that_is_not_there_is_unreadable(tmp_path):
    with pytest.raises(UnreadableInput, match="cannot be read"):
        read_assumptions(tmp_path / "absent.toml")


def test_a_choice_takes_only_its_options(read):
    for one in CHOICES:
        with pytest.raises(BadAssumptions, match="is no choice"):
            read(f'[{one.id}]\nvalue = "something else"\n')


@pytest.mark.parametrize("kind", ["otherwise.scenario", "cost.unit_cost", "natural.curve", "natural.problem"])
def test_two_entries_of_one_id_are_refused(read, kind):
    with pytest.raises(BadAssumptions, match=rf"{kind} 'twice': 2 entries have this id"):
        read(f'[[{kind}]]\nid = "twice"\n' * 2)


def test_two_indices_of_one_year_are_refused(read):
    entry = '[[cost.price_index]]\nid = "{}"\nyear = "2024-25"\nindex = {}\nsource = "made up"\n'
    with pytest.raises(BadAssumptions, match="'2024-25': 2 entries have this year"):
        read(entry.format("a", 100) + entry.format("b", 90))


def test_an_effect_that_is_out_of_order_and_out_of_range_is_told_as_both(read):
    entry = '[[otherwise.scenario]]\nid = "a"\neffect_low = 0.1\neffect = 50\neffect_high = 0.3\n'
    with pytest.raises(BadAssumptions) as caught:
        read(entry)
    assert "effect lies between effect_low and effect_high" in str(caught.value)
    assert "effects lie between -3 and 3" in str(caught.value)
