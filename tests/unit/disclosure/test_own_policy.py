"""A disclosure policy of one's own: what a file may hold, and what is said of one that makes no sense."""

from datetime import date

import pytest

from caseness.disclosure import BadPolicy, choose_policy, read_policy, release
from caseness.errors import UnknownName
from caseness.results import COMPUTED, Results, Selection

GOOD = 'id = "our-board"\nthreshold = 10\nbase = 10\n'
APRIL = {"period_start": date(2025, 4, 1), "period_end": date(2025, 4, 30)}


@pytest.fixture
def written(tmp_path):
    """Writes a policy file."""

    def write(text):
        path = tmp_path / "board.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_file_is_a_policy(written):
    policy = choose_policy(str(written(GOOD)))
    assert (policy.id, policy.source, policy.rules.needs_all) == ("our-board", "board.toml", False)
    rows = [
        {"figure_id": "M001", "statistic": "count", "value": value, "level": "england", "basis": COMPUTED, **APRIL}
        for value in (9.0, 10.0, 15.0)
    ]
    shown = release(Results.from_rows(rows), policy).select(Selection()).table.to_pylist()
    assert [(one["value"], one["low"], one["high"], one["release"]) for one in shown] == [
        (None, 0.0, 9.0, "our-board"), (10.0, 10.0, 14.0, "our-board"), (20.0, 15.0, 24.0, "our-board"),
    ]  # fmt: skip


def test_a_file_may_ask_for_protection_from_sums(written):
    policy = read_policy(written(GOOD + 'says = "Bins of ten."\nsecondary = true\n'))
    assert policy.rules.needs_all
    assert policy.says == "Bins of ten."


def test_the_service_may_see_counts_of_one(written):
    text = 'id = "ours"\nthreshold = 1\nbase = 1\naudience = "service"\n'
    policy = read_policy(written(text))
    assert policy.audience == "service"
    assert "Not for publication" in policy.notice


PROBLEMS = [
    ("", "3 problems", "id is missing"),
    (GOOD + "treshold = 3\n", "1 problem", "Did you mean 'threshold'?"),
    (GOOD + "zzz = 3\n", "1 problem", "Keys are id, says, audience, threshold"),
    (GOOD + 'says = " "\n', "1 problem", "says must be text, and not empty"),
    (GOOD + "secondary = 1\n", "1 problem", "secondary must be true or false, not 1."),
    (GOOD + "decimals = 3\n", "1 problem", "decimals must be a whole number, 0 to 2, not 3."),
    (GOOD + "decimals = true\n", "1 problem", "decimals must be a whole number"),
    (GOOD.replace('"our-board"', '"our\\nboard"'), "1 problem", "id must be one line"),
    (GOOD + 'audience = "everybody"\n', "1 problem", "audience must be public, service or direct care"),
    ('id = "exact"\nthreshold = 1\nbase = 1\nsecondary = true\n', "1 problem", "counts of one or two people"),
    ('id = "exact"\nthreshold = 2\nbase = 1\n', "1 problem", "Take a threshold of 3 or more"),
    (GOOD.replace("our-board", "public"), "1 problem", "that of a policy that comes with the package"),
    (GOOD.replace("threshold = 10", "threshold = 3"), "1 problem", "Take a threshold of 5 or more."),
    (GOOD.replace("base = 10", "base = 5") + "secondary = true\n", "1 problem", "must be 10 or more"),
    (
        GOOD + "secondary = true\npercentages_from_rounded = false\nengland_exact = true\nextremes = true\n",
        "3 problems",
        "an exact total tells",
    ),
]


@pytest.mark.parametrize(("text", "counted", "said"), PROBLEMS)
def test_what_makes_no_sense_is_told(written, text, counted, said):
    with pytest.raises(BadPolicy) as told:
        read_policy(written(text))
    assert counted in str(told.value)
    assert said in str(told.value)
    assert told.value.exit_code == 31


@pytest.mark.parametrize("text", [b"\xff\xfe", "id = "])
def test_what_is_no_toml_is_told(written, text):
    with pytest.raises(BadPolicy, match="is not TOML"):
        read_policy(written(text))


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(BadPolicy, match="No such file"):
        choose_policy(str(tmp_path / "none.toml"))


def test_a_policy_that_is_not_known_is_told():
    with pytest.raises(UnknownName, match="Did you mean 'public'") as told:
        choose_policy("publik")
    assert told.value.exit_code == 10
