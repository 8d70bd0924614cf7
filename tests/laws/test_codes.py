"""Laws of code lists"""

from hypothesis import given
from hypothesis import strategies as st

from caseness.codes import code_lists

lists = st.sampled_from(code_lists())
values = st.text(st.sampled_from("0123456789 ABFGKYNZU.:=~-é٣"), max_size=20)
drawn = st.one_of(values, st.sampled_from(sorted({each.code for one in code_lists() for each in one.codes})))


@given(lists, drawn)
def test_tidying_twice_is_tidying_once(one, value):
    assert one.tidy(one.tidy(value)) == one.tidy(value)


@given(lists, drawn)
def test_tidying_never_makes_a_code_illegal(one, value):
    assert not one.is_legal(value) or one.is_legal(one.tidy(value))


@given(lists, drawn)
def test_space_around_a_code_changes_nothing(one, value):
    assert one.tidy(f" {value}\t") == one.tidy(value)


@given(lists, drawn)
def test_a_closed_list_takes_only_what_it_lists(one, value):
    assert one.pattern or not one.is_legal(value) or value in one.known


@given(lists, drawn)
def test_what_has_a_meaning_is_found_and_the_reverse(one, value):
    assert (one.find(value) is None) == (one.meaning_of(value) is None)


@given(
    st.sampled_from([each for one in code_lists() if one.id == "CodedAssToolType" for each in one.codes]),
    st.text(max_size=6),
)
def test_a_permitted_score_is_a_word_or_a_number_in_range(tool, score):
    if tool.permits(score):
        assert score in tool.words or tool.lowest <= float(score) <= tool.highest


@given(
    st.sampled_from(
        [each for one in code_lists() if one.id == "CodedAssToolType" for each in one.codes if each.highest]
    ),
    st.data(),
)
def test_every_number_of_the_range_is_permitted(tool, data):
    steps = 10**tool.decimals
    drawn_score = data.draw(st.integers(int(tool.lowest * steps), int(tool.highest * steps))) / steps
    assert tool.permits(f"{drawn_score:.{tool.decimals}f}")
