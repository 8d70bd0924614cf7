"""The anxiety measure, caseness, recovery and reliable change"""

import pytest

from caseness.derive import DEFAULT, Options
from caseness.derive.lists import ANXIETY_TOOLS
from caseness.derive.outcome import (
    CHOICE,
    FLAGS,
    anxiety_measure,
    anxiety_measure_first,
    anxiety_measure_last,
    completed_treatment,
)
from derived_tables import laid_on

_ENDS = [f"{name}_{end}" for name in ANXIETY_TOOLS.values() for end in ("first", "last")]
_HEAD = ["completed_treatment", "problem", "phq9_first", "phq9_last", *_ENDS]
_KINDS = {"completed_treatment": "truth", **dict.fromkeys(_HEAD[2:], "number")}


def _table(*cases):
    """Cases such as `F42 phq9 10 4 ocd 40 20` as a text table: a problem, and the ends of the scores that are told."""
    lines = [" | ".join(_HEAD)]
    for case in cases:
        problem, *told = case.split()
        cells = {"completed_treatment": "yes", "problem": problem.replace("-", "")}
        for name, first, last in zip(told[::3], told[1::3], told[2::3], strict=True):
            cells |= {f"{name}_first": first.replace("-", ""), f"{name}_last": last.replace("-", "")}
        lines.append(" | ".join(cells.get(name, "") for name in _HEAD))
    return "\n".join(lines)


def _flags(*cases, options=DEFAULT):
    """The names of the flags that are true, of each case."""
    found = laid_on(_table(*cases), (*CHOICE, *FLAGS), options, **_KINDS)
    names = [one.name for one in FLAGS]
    shown = {
        "at_caseness",
        "not_at_caseness",
        "recovery",
        "reliable_improvement",
        "no_change",
        "reliable_deterioration",
        "reliable_recovery",
    }
    return [
        {name for name, flag in zip(names, each[len(CHOICE) :], strict=True) if flag and name in shown}
        for each in found
    ]


def test_a_course_is_completed_with_an_end_and_two_sessions():
    """A referral that has not ended is not completed, whatever its sessions."""
    text = """
        discharge_date | treatment_contacts
        2025-04-01     | 2
        2025-04-01     | 1
                       | 9
    """
    found = laid_on(text, (completed_treatment,), discharge_date="date", treatment_contacts="whole")
    assert found == [(True,), (False,), (False,)]


def test_the_anxiety_measure_is_that_of_the_problem_if_it_is_paired():
    """Else GAD-7 if that is paired, else whichever has a first score. An unpaired specific measure has no name."""
    cases = _table(
        "F42 gad7 12 4 ocd 50 20",
        "F428 gad7 12 4 ocd 50 -",
        "F42 gad7 12 - ocd 50 -",
        "F42 gad7 12 - ocd - -",
        "F42 phq9 12 4",
        "F411 gad7 12 4 ocd 50 20",
        "- gad7 12 -",
        "83482000 gad7 9 3 biq 50 30",
        "723916001 phq15 12 6",
        "F412 gad7 7 6",
    )
    found = laid_on(cases, (*CHOICE,), **_KINDS)
    places = [
        [one.name for one in CHOICE].index(one.name)
        for one in (anxiety_measure, anxiety_measure_first, anxiety_measure_last)
    ]
    assert [tuple(each[place] for place in places) for each in found] == [
        ("OCD", 50, 20),
        ("GAD7", 12, 4),
        (None, 50, None),
        ("GAD7", 12, None),
        (None, None, None),
        ("GAD7", 12, 4),
        ("GAD7", 12, None),
        ("BIQ", 50, 30),
        ("MUS", 12, 6),
        ("GAD7", 7, 6),
    ]


@pytest.mark.parametrize(
    ("problem", "tool", "token"),
    [("F400", "agoraphobia_alone", "AgoraAlone"), ("F401", "social_phobia", "SocialPhobia"), ("F410", "panic_disorder", "PanicDisorder"),
     ("F431", "ptsd", "PTSD"), ("F452", "health_anxiety", "AnxietyInventory"), ("G933", "cfs", "CFQ"), ("K58", "ibs", "IBS")],
)  # fmt: skip
def test_each_problem_has_its_own_measure(problem, tool, token):
    """The beginning of the code decides, as M204 says."""
    found = laid_on(_table(f"{problem} {tool} 3 2"), (*CHOICE,), **_KINDS)
    assert found[0][-1] == token


def test_one_score_at_or_above_its_cut_off_is_enough_for_caseness():
    """Below both is not at caseness. With one score below and the other missing a person is neither."""
    assert _flags("F411 phq9 10 - gad7 7 -", "F411 phq9 9 - gad7 8 -", "F411 phq9 9 - gad7 7 -", "F411 phq9 9 -", "- gad7 8 -", "F411") == [
        {"at_caseness"}, {"at_caseness"}, {"not_at_caseness"}, set(), {"at_caseness"}, set(),
    ]  # fmt: skip


def test_recovery_needs_both_last_scores_below_their_cut_offs():
    """A missing last score is no recovery. Recovery needs no reliable change."""
    assert _flags(
        "F411 phq9 10 9 gad7 8 7", "F411 phq9 20 10 gad7 15 3", "F411 phq9 20 3 gad7 15 -", "F411 phq9 6 7 gad7 10 7"
    ) == [
        {"at_caseness", "recovery", "no_change"},
        {"at_caseness", "reliable_improvement"},
        {"at_caseness"},
        {"at_caseness", "recovery", "no_change"},
    ]


def test_a_change_by_the_threshold_is_reliable():
    """Assumed: six points on PHQ-9, four on GAD-7. By the other choice it takes more."""
    cases = ("F411 phq9 15 9 gad7 5 5", "F411 phq9 15 10 gad7 5 2", "F411 phq9 5 5 gad7 5 9")
    assert [each - {"at_caseness"} for each in _flags(*cases)] == [
        {"recovery", "reliable_improvement", "reliable_recovery"}, {"no_change"}, {"not_at_caseness", "reliable_deterioration"},
    ]  # fmt: skip
    assert [each & {"no_change"} for each in _flags(*cases, options=Options(reliable_change="above"))] == [
        {"no_change"}
    ] * 3


def test_a_fall_on_one_and_a_rise_on_the_other_is_no_change():
    """And so the three flags exclude each other."""
    assert _flags("F411 phq9 20 10 gad7 10 14") == [{"at_caseness", "no_change"}]


def test_decimals_of_a_mean_do_not_hide_a_change_by_the_threshold():
    """3.00 less 2.27 is 0.73. A mean of 2.3 is no case, as the cut-off of this one is above it."""
    assert _flags("F400 phq9 5 5 agoraphobia_alone 3.00 2.27", "F400 phq9 5 5 agoraphobia_alone 2.3 2.3") == [
        {"at_caseness", "recovery", "reliable_improvement", "reliable_recovery"}, {"not_at_caseness", "no_change"},
    ]  # fmt: skip


def test_published_cells_of_one_or_two_people_come_out_as_published():
    """Social phobia improved but not recovered, panic at caseness by its own measure, and a conflict that is no change."""
    assert _flags("F401 phq9 14 4 gad7 8 0 social_phobia 40 25", "F410 phq9 3 3 gad7 5 5 panic_disorder 10 9", "F452 phq9 16 9 gad7 12 10 health_anxiety 20 25") == [
        {"at_caseness", "reliable_improvement"}, {"at_caseness", "no_change"}, {"at_caseness", "no_change"},
    ]  # fmt: skip


def test_without_a_reliable_change_of_the_measure_phq9_decides_alone():
    """IBS has a cut-off and no reliable change; BIQ has neither, so by it nobody recovers."""
    assert _flags("K58 phq9 5 5 ibs 400 100", "K58 phq9 16 5 ibs 400 50", "83482000 phq9 16 5 biq 60 10") == [
        {"at_caseness", "no_change"},
        {"at_caseness", "recovery", "reliable_improvement", "reliable_recovery"},
        {"at_caseness", "reliable_improvement"},
    ]
    used = Options(unverified_cut_offs="on", unverified_reliable_change="on")
    assert _flags("83482000 phq9 16 5 biq 60 10", options=used) == [
        {"at_caseness", "recovery", "reliable_improvement", "reliable_recovery"}
    ]


def test_nothing_is_judged_before_a_course_is_completed():
    """All flags are false."""
    text = _table("F411 phq9 20 3 gad7 15 2").replace("yes", "no")
    assert not any(laid_on(text, (*CHOICE, *FLAGS), **_KINDS)[0][len(CHOICE) : len(CHOICE) + 4])
