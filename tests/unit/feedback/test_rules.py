"""What signals go by: numbers with their sources, and a file that changes some"""

import pytest

from caseness.feedback.rules import BadRules, Number, read_rules


def test_every_number_says_what_it_is_and_is_verified_or_says_why_not():
    rules = read_rules()
    assert len(rules.numbers) > 20
    assert all(one.says and (one.source if one.verified else one.reason) for one in rules.numbers.values())
    assert all(one.title and one.consider for one in rules.words.values())


def test_a_file_changes_what_it_names_and_nothing_else(tmp_path):
    (tmp_path / "mine.toml").write_text("band = 0.7\nearly_session = 5\n", encoding="utf-8")
    found, shipped = read_rules(tmp_path / "mine.toml"), read_rules()
    assert (found.of("band"), found.whole("early_session")) == (0.7, 5)
    assert {name for name in found.values if found.of(name) != shipped.of(name)} == {"band", "early_session"}
    assert found.numbers["band"].source == "mine.toml"
    assert not found.numbers["band"].verified


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("bnd = 0.7", "Did you mean 'band'"),
        ("zzz = 0.7", "There are band"),
        ("band = 1.5", "between 0.5 and 0.99"),
        ("band = 'most'", "must be a number"),
        ("band = true", "must be a number"),
        ("early_session = 4.5", "must be a whole number"),
        ("flat_sessions = inf", "must be a whole number"),
        ("band = nan", "lies between"),
        ("band = 0.95", "strict_band is above band"),
        ("adverse_first = 4", "adverse_last is not before"),
        ("not_seen_days = 60", "not_seen_long_days is not before"),
        ("fitted_part = 0.9", "leave nobody"),
        ("band = ", "it is no TOML"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path, text, said):
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadRules, match=said):
        read_rules(tmp_path / "mine.toml")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadRules, match="No such file"):
        read_rules(tmp_path / "nowhere.toml")


def test_a_number_lies_between_its_ends():
    with pytest.raises(ValueError, match="between 0 and 1"):
        Number(id="a", value=2, low=0, high=1, says="s", source="x", verified=True)
