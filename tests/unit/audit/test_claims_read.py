"""Files of claims: what is refused, where it stands, and that all of it is said at once."""

from decimal import Decimal

import pytest

from caseness.audit.claims import Breakdown, Need, parse_claims, read_claims, read_shipped_claims
from caseness.errors import BadClaims, UnreadableInput
from caseness.periods import financial_year, month
from caseness.results import ENGLAND

GOOD = """
[[claim]]
id = "one"
says = "Something is claimed."
source = "Somewhere, some day"
period = "2021-22"
kind = "share"
numerator = "recovery"
denominator = "judged_for_recovery"
value = 50.0
"""


def refused(text):
    with pytest.raises(BadClaims) as caught:
        parse_claims(text, "mine.toml")
    return str(caught.value)


def with_line(line, dropped=None):
    kept = [old for old in GOOD.splitlines() if dropped is None or not old.startswith(f"{dropped} ")]
    return "\n".join([*kept, line, ""])


def replaced(key, value):
    return "\n".join(f"{key} = {value}" if line.startswith(f"{key} ") else line for line in GOOD.splitlines())


def test_a_claim_is_read():
    (claim,) = parse_claims(GOOD, "mine.toml")
    assert (claim.id, claim.kind, claim.period) == ("one", "share", financial_year(2021))
    assert (claim.organisation, claim.compare, claim.change, claim.basis) == (ENGLAND, "equals", "absolute", None)
    assert claim.line == 2


def test_printed_decimals_survive():
    (claim,) = parse_claims(GOOD, "mine.toml")
    assert str(claim.value) == "50.0"
    (whole,) = parse_claims(replaced("value", "50"), "mine.toml")
    assert str(whole.value) == "50"


def test_everything_that_a_claim_may_say():
    text = """
[[claim]]
id = "all"
says = "x"
source = "y"
period = "2021-22"
from = "2020-21"
kind = "difference"
change = "relative"
numerator = "recovery"
denominator = "judged_for_recovery"
compare = "about"
low = -3.5
high = -2
organisation = "RYK"
basis = "annual report"
breakdown = { type = "Gender", group = "Female" }

[[claim]]
id = "rank"
says = "x"
source = "y"
period = "April 2021"
kind = "rank"
numerator = "recovery"
rank = "lowest"
within = 5

[[claim]]
id = "beyond"
says = "x"
source = "y"
period = "2021-22"
kind = "ratio"
needs = { figure = "Costs.", held_by = "NHS England" }
"""
    change, rank, beyond = parse_claims(text, "mine.toml")
    assert (change.since, change.change, change.low, change.high) == (
        financial_year(2020),
        "relative",
        Decimal("-3.5"),
        -2,
    )
    assert change.breakdown == Breakdown("Gender", "Female")
    assert (rank.period, rank.rank, rank.within) == (month(2021, 4), "lowest", 5)
    assert beyond.needs == Need("Costs.", "NHS England")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (with_line("valu = 3"), "line 11, claim 'one': 'valu' is not a key of a claim. Did you mean 'value'?"),
        (with_line("", dropped="source"), "claim 'one': 'source' is missing"),
        (replaced("source", '" "'), "line 5, claim 'one': 'source' is empty"),
        (replaced("value", '"50"'), "line 10, claim 'one': 'value' must be a number without quotes"),
        (replaced("value", "true"), "'value' must be a number"),
        (replaced("value", "nan"), "'value' must be a number"),
        (replaced("value", "-1"), "'value' is below 0"),
        (replaced("period", "2021"), "'period' must be text in quotes"),
        (replaced("period", '"2021"'), "line 6, claim 'one': period: There is no single period '2021'"),
        (replaced("kind", '"shares"'), "kind = 'shares' is not known. Did you mean 'share'?"),
        (replaced("kind", '"median"'), "It is one of: count, share, ratio, difference, rank."),
        (
            replaced("numerator", '"recovry"'),
            "line 8, claim 'one': numerator = 'recovry' is not known. Did you mean 'recovery'?",
        ),
        (replaced("denominator", '"recovery"'), "numerator and denominator are the same count"),
        (with_line("within = 5"), "'within' does not belong to a claim of kind 'share'"),
        (with_line('compare = "about"'), "takes 'low' and 'high', and no 'value'"),
        (with_line('compare = "above"'), "compare = 'above' is not known"),
        (with_line("low = 3"), "'low' is for compare = 'about' only"),
        (with_line('compare = "about"\nlow = 4', dropped="value"), "'high' is missing"),
        (with_line('compare = "about"\nlow = 4\nhigh = 3', dropped="value"), "'low' is above 'high'"),
        (with_line("", dropped="value"), "'value' is missing"),
        (with_line("", dropped="numerator"), "'numerator' is missing"),
        (with_line('basis = "monthly file"'), "a year is not published on the basis 'monthly file'"),
        (with_line('basis = "computed"'), "basis = 'computed' is not known"),
        (
            with_line('basis = "sum of monthly files"\nbreakdown = { type = "a", group = "b" }'),
            "in the annual report only",
        ),
        (
            with_line('breakdown = { type = "a", groop = "b" }'),
            "'groop' is not a key of breakdown. Did you mean 'group'?",
        ),
        (with_line('breakdown = { type = "a" }'), "breakdown has no 'group'"),
        (with_line('breakdown = { type = 1, group = "b" }'), "'type' of breakdown must be text"),
        (with_line("needs = {}"), "needs has no 'figure'"),
        (with_line('needs = { figure = "x" }'), "'numerator' does not belong to a claim with needs"),
        (replaced("kind", '"count"'), "'denominator' does not belong to a claim of kind 'count'"),
        (replaced("kind", '"difference"'), "'from' is missing"),
        (replaced("kind", '"difference"') + '\nfrom = "2021-22"\n', "'from' must be a year before 2021-22"),
        (replaced("kind", '"difference"') + '\nfrom = "2020-04"\n', "'from' must be a year before 2021-22"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text, said):
    message = refused(text)
    assert said in message
    assert message.startswith("mine.toml: ")
    assert "no claim in it is judged" in message


def test_a_rank_needs_two_years():
    text = with_line('rank = "lowest"\nwithin = 1', dropped="value").replace('"share"', '"rank"')
    assert "'within' must be 2 or more" in refused(text)


def test_a_rank_takes_no_value():
    text = with_line('rank = "lowest"\nwithin = 5').replace('"share"', '"rank"')
    assert "'value' does not belong to a claim of kind 'rank'" in refused(text)


def test_all_problems_of_all_claims_are_said_together_in_order():
    text = replaced("kind", '"shares"') + replaced("numerator", '"recovry"').replace('"one"', '"two"')
    message = refused(text)
    assert "2 problems" in message
    assert message.index("claim 'one'") < message.index("claim 'two'")


def test_a_doubled_id_is_named_with_the_first():
    assert "line 13, claim 'one': another claim on line 2 has the same id" in refused(GOOD + GOOD)


def test_a_claim_without_an_id_is_called_by_its_number():
    assert "claim number 1: 'id' is missing" in refused(with_line("", dropped="id"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no claim in it"),
        ("claim = []", "there is no claim in it"),
        ("claim = 3", "each claim begins with a line [[claim]]"),
        ('[claim]\nid = "a"', "each claim begins with a line [[claim]]"),
        ("[[claims]]\nid = 3", "'claims' is not known here"),
        ("claim = ", "is not TOML"),
    ],
)
def test_what_is_no_file_of_claims(text, said):
    assert said in refused(text)


def test_lines_are_left_out_where_they_cannot_be_told():
    text = 'claim = [{ id = "a" }]'
    message = refused(text)
    assert "claim 'a': 'says' is missing" in message
    assert "line " not in message


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(UnreadableInput, match=r"gone\.toml cannot be read"):
        read_claims(tmp_path / "gone.toml")


def test_a_file_that_is_not_text(tmp_path):
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe[[claim]]")
    with pytest.raises(UnreadableInput):
        read_claims(tmp_path / "bytes.toml")


def test_a_file_is_read_from_disk(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_claims(path) == parse_claims(GOOD, "mine.toml")


def test_the_shipped_file_names_its_sources_and_speaks_for_both_sides():
    claims = read_shipped_claims()
    assert all(claim.source for claim in claims)
    assert sum(claim.id.startswith("programme-") for claim in claims) >= 3
