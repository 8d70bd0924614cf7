"""The facts are complete and legal, and a file that is not is refused."""

import re

import pytest

from caseness.codes import code_list
from caseness.errors import UnknownName, UnreadableInput
from caseness.synthetic.facts import load_facts, read_facts
from caseness.synthetic.quantities import Curve, Number, Shares, Spread

FACTS = load_facts()
# Parts of a division that stand for no code: an end code that is illegal, or that is blank.
NO_CODES = {"invalid", "none"}
# Groups that the release prints and the record has no one code for.
OUR_OWN = {"none", "other", "all"}


def origin(**terms):
    return {"basis": "assumed", "source": "none", "reason": "a test", **terms}


def written(tmp_path, text):
    path = tmp_path / "facts.toml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("shares", [one for one in FACTS.shares if one.field], ids=lambda one: one.name)
def test_every_code_is_legal(shares):
    legal = code_list(shares.field)
    assert not [code for code in shares.codes if code not in NO_CODES and not legal.is_legal(code)]


@pytest.mark.parametrize(
    ("split", "field"), [("ethnicity", "EthnicCategory"), ("gender", "Gender"), ("problem", "PresComp")]
)
def test_every_group_with_a_code_has_a_legal_one(split, field):
    assert all(group.code in OUR_OWN or code_list(field).is_legal(group.code) for group in FACTS.groups_of(split))


def test_every_course_is_of_a_legal_problem_and_therapy():
    problems, therapies = code_list("PresComp"), code_list("CodeProcAndProcStatus")
    assert all(course.problem == "all" or problems.is_legal(course.problem) for course in FACTS.courses)
    assert all(course.therapy == "all" or therapies.is_legal(course.therapy) for course in FACTS.courses)


def test_scores_lie_on_their_scales_and_fall():
    for course in FACTS.courses:
        assert 0 < course.phq9_start <= 27
        assert 0 < course.gad7_start <= 21
        assert 0 < course.wsas_start <= 40
        assert course.courses >= 30
    whole = FACTS.course()
    assert whole.phq9_end < whole.phq9_start
    assert whole.gad7_end < whole.gad7_start


def test_the_outcomes_of_a_group_are_parts_of_it():
    for group in FACTS.groups:
        assert group.improved + group.unchanged + group.deteriorated <= group.finished
        assert group.reliably_recovered <= group.recovered <= group.finished - group.not_at_caseness
        assert min(group.referrals, group.finished, group.recovered, group.deteriorated) >= 3


def test_published_headlines_are_met():
    """England 2024-25: recovery 50.5, reliable recovery 47.5, improvement 67.5, deterioration 5.8 per cent."""
    england = FACTS.groups_of("all")[0]
    rates = (
        england.recovery_rate,
        england.reliable_recovery_rate,
        england.improvement_rate,
        england.deterioration_rate,
    )
    assert [round(100 * rate, 1) for rate in rates] == [50.5, 47.5, 67.5, 5.8]
    assert round(england.finished_per_referral, 3) == 0.37


def test_the_most_deprived_is_the_first_decile():
    """The release labels 10 the most deprived, and the record 1."""
    deciles = {group.code: group for group in FACTS.groups_of("deprivation")}
    assert deciles["1"].label == "10 Most deprived"
    assert deciles["1"].recovery_rate < deciles["10"].recovery_rate


def test_end_codes_by_stage_add_up_to_the_published_codes():
    stages = FACTS.shares_of("stage.at_end").by_code
    whole = FACTS.shares_of("end_code.all").by_code
    for code, share in whole.items():
        parts = sum(stages[stage] * FACTS.shares_of(f"end_code.{stage}").by_code.get(code, 0) for stage in stages)
        assert parts == pytest.approx(share, abs=2e-5)


def test_curves_reproduce_the_published_bands_mean_and_median():
    first = FACTS.curve("wait.first")
    assert first.mean - 0.5 == pytest.approx(21.408, abs=0.01)
    assert int(first.at(0.5)) == 14
    assert first.at(0.7835) == pytest.approx(29, abs=0.01)
    contacts = FACTS.curve("finished.contacts")
    assert contacts.at(0.5) == 7
    assert contacts.mean == pytest.approx(8.375, abs=0.01)


def test_whatever_is_not_published_says_why():
    kinds = (*FACTS.numbers, *FACTS.shares, *FACTS.curves, *FACTS.spreads)
    assert all(fact.source and (fact.basis == "published" or fact.reason) for fact in kinds)
    assert {fact.basis for fact in kinds} == {"published", "fitted", "assumed"}


def test_names_are_of_one_form():
    names = [fact.name for fact in (*FACTS.numbers, *FACTS.shares, *FACTS.curves, *FACTS.spreads)]
    assert all(re.fullmatch(r"[A-Za-z0-9_.]+", name) for name in names)


def test_months_are_whole_financial_years():
    assert len(FACTS.months) == 60
    assert (FACTS.months[0].month, FACTS.months[-1].month) == ("2021-04", "2026-03")


@pytest.mark.parametrize("ask", [FACTS.number, FACTS.shares_of, FACTS.curve, FACTS.spread, FACTS.groups_of])
def test_an_unknown_name_is_told(ask):
    with pytest.raises(UnknownName, match="no_such_fact"):
        ask("no_such_fact")


def test_a_cell_that_is_not_there_is_answered_by_its_problem():
    assert FACTS.course("F402", "1129471000000105") == FACTS.course("F402")
    assert FACTS.course("no problem", "no therapy") == FACTS.course()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("year = ", "is not TOML"),
        ('year = "2024-25"', "cannot be used"),
        ('[[numbers]]\nname = "a"\nsurprise = 1', "cannot be used"),
    ],
)
def test_a_file_that_is_not_whole_is_refused(tmp_path, text, says):
    with pytest.raises(UnreadableInput, match=says):
        read_facts(written(tmp_path, text))


def test_a_fact_of_the_wrong_kind_and_one_that_is_there_twice_are_refused(tmp_path):
    empty = "".join(f"{kind} = []\n" for kind in ("months", "groups", "courses", "shares", "curves", "spreads"))
    one = '[[numbers]]\nname = "a"\nvalue = 1\nunit = "u"\nbasis = "published"\nsource = "s"\n'
    with pytest.raises(UnreadableInput, match="a is there twice"):
        read_facts(written(tmp_path, empty + one + one))
    with pytest.raises(UnreadableInput, match="Number has no surprise"):
        read_facts(written(tmp_path, empty + one + "surprise = 1\n"))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Shares("a", "", ("x", "y"), (0.5, 0.6), **origin()), "add up to 1"),
        (lambda: Shares("a", "", ("x", "x"), (0.5, 0.5), **origin()), "one share for each code"),
        (lambda: Shares("a", "", ("x", "y"), (-0.5, 1.5), **origin()), "not negative"),
        (lambda: Curve("a", "days", (0, 0.5), (1, 2), **origin()), "from share 0 to share 1"),
        (lambda: Curve("a", "days", (0, 1), (2, 1), **origin()), "never fall"),
        (lambda: Curve("a", "days", (0, 1), (2,), **origin()), "one value for each share"),
        (lambda: Spread("a", 1.0, 0.1, 5, **origin()), "within 0 and 1"),
        (lambda: Number("a", 1, "u", "guessed", "s"), "basis must be one of"),
        (lambda: Number("a", 1, "u", "assumed", "s"), "has a reason if, and only if"),
        (lambda: Number("a", 1, "u", "published", ""), "a name and a source"),
    ],
)
def test_what_cannot_be_a_fact_is_refused(make, says):
    with pytest.raises(ValueError, match=says):
        make()
