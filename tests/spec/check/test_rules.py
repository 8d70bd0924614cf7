"""Every rule, with rows that break it and rows that keep it. Each case is a submission of its own in one record."""

from collections import defaultdict

import pytest

from built_records import build, sound_submission
from caseness.check import RULES, check
from spec.check.cases import read_cases
from spec.check.declared_cases import blank_cases, declared_cases
from spec.check.written_cases import CASES

SOUND = 1
WRITTEN = read_cases(CASES)
ALL = [*WRITTEN, *declared_cases(), *blank_cases()]


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """The rules that each case breaks: the cases stand in one record, after a sound submission."""
    cells = [(number, *each.unreadable) for number, each in enumerate(ALL, SOUND + 1) if each.unreadable]
    submissions = [sound_submission(), *(each.submission for each in ALL)]
    checked = check(build(tmp_path_factory.mktemp("cases"), submissions, cells))
    found = defaultdict(set)
    for finding in checked.findings:
        for submission in finding.by_submission:
            found[submission].add(finding.rule.id)
    return found


def test_a_sound_submission_breaks_no_rule(broken):
    assert not broken[SOUND]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_broken_and_kept_as_its_cases_say(rule, broken):
    """Each rule has a case that breaks it and one that keeps it, the sound submission among them."""
    cases = [(number, each) for number, each in enumerate(ALL, SOUND + 1) if each.rule == rule.id]
    assert any(each.breaks for _, each in cases), f"no case breaks {rule.id}"
    wrong = [each.changes for number, each in cases if (rule.id in broken[number]) != each.breaks]
    assert not wrong


def test_every_case_is_of_a_rule():
    assert {each.rule for each in ALL} == {rule.id for rule in RULES}


@pytest.mark.parametrize("rule", sorted({each.rule for each in WRITTEN}))
def test_a_written_rule_has_a_case_that_keeps_it(rule):
    assert {each.breaks for each in WRITTEN if each.rule == rule} == {True, False}
