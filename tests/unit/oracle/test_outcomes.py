"""Caseness, recovery and reliable change, each worked by hand from two pairs of scores."""

import pytest

from one_practice import april

MEASURES = ("M179", "M185", "M187", "M189", "M191", "M193")
NOT_A_CASE, IMPROVED, UNCHANGED, DETERIORATED, RECOVERED, RELIABLY_RECOVERED = MEASURES


def finished(phq, gad, problem=None, tool="GAD7", sessions=("2025-04-03", "2025-04-10"), **cells):
    """A course with the scores of two sessions; None is an answer not given."""
    practice = april(ended="2025-04-20", **cells)
    for when in sessions:
        practice.meet(when)
    for when, scores in zip(("2025-04-03", "2025-04-10"), zip(phq, gad, strict=True), strict=True):
        answers = {name: score for name, score in zip(("PHQ9", tool), scores, strict=True) if score is not None}
        practice.answered(when, **answers)
    return (
        practice.complains(problem, scheme="04" if problem and problem.isdecimal() else "01") if problem else practice
    )


def said_of(practice):
    return {measure for measure, value in zip(MEASURES, practice.values(*MEASURES), strict=True) if value}


@pytest.mark.parametrize(
    ("phq", "gad", "expected"),
    [
        ((16, 10), (12, 12), {IMPROVED}),
        ((16, 11), (12, 8), {IMPROVED}),
        ((16, 11), (12, 9), {UNCHANGED}),
        ((10, 16), (12, 12), {DETERIORATED}),
        ((10, 15), (12, 16), {DETERIORATED}),
        ((16, 10), (12, 16), {UNCHANGED}),
        ((10, 16), (12, 8), {UNCHANGED}),
        ((16, 9), (12, 7), {IMPROVED, RECOVERED, RELIABLY_RECOVERED}),
        ((16, 10), (12, 7), {IMPROVED}),
        ((16, 9), (12, 8), {IMPROVED}),
        ((6, 7), (10, 7), {UNCHANGED, RECOVERED}),
        ((10, 9), (7, 7), {UNCHANGED, RECOVERED}),
        ((9, 9), (8, 7), {UNCHANGED, RECOVERED}),
        ((9, 3), (7, 7), {NOT_A_CASE, IMPROVED}),
        ((9, 9), (7, 7), {NOT_A_CASE, UNCHANGED}),
        ((9, 15), (7, 7), {NOT_A_CASE, DETERIORATED}),
        ((16, 9), (12, None), set()),
        ((9, None), (7, None), {NOT_A_CASE}),
        ((9, None), (None, None), set()),
    ],
)
def test_what_became_of_a_finished_course(phq, gad, expected):
    assert said_of(finished(phq, gad)) == expected


@pytest.mark.parametrize(
    ("problem", "tool", "phq", "other", "expected"),
    [
        ("F422", "OCI", (12, 12), (60, 28), {IMPROVED}),
        ("F422", "OCI", (12, 12), (60, 29), {UNCHANGED}),
        ("F422", "OCI", (9, 9), (40, 39), {UNCHANGED, RECOVERED}),
        ("83482000", "BIQ", (12, 12), (70, 10), {UNCHANGED}),
        ("83482000", "BIQ", (16, 10), (10, 70), {IMPROVED}),
        ("83482000", "BIQ", (9, 9), (40, 39), {UNCHANGED, RECOVERED}),
        ("F400", "AgoraAlone", (9, 9), ("2.30", "2.30"), {NOT_A_CASE, UNCHANGED}),
        ("F400", "AgoraAlone", (9, 9), ("2.31", "2.30"), {UNCHANGED, RECOVERED}),
        ("F400", "AgoraAlone", (9, 9), ("3.03", "2.30"), {IMPROVED, RECOVERED, RELIABLY_RECOVERED}),
        ("F400", "AgoraAlone", (9, 9), ("2.30", "3.03"), {NOT_A_CASE, DETERIORATED}),
    ],
)
def test_another_anxiety_measure_has_its_own_thresholds(problem, tool, phq, other, expected):
    """A measure without a published reliable change can neither improve nor deteriorate."""
    assert said_of(finished(phq, other, problem, tool)) == expected


def test_one_session_is_no_finished_course():
    assert said_of(finished((16, 9), (12, 7), sessions=("2025-04-03",))) == set()


def test_rates_leave_out_only_those_known_not_to_be_cases():
    """One recovered, one not a case, one without a first score on either measure."""
    practice = finished((16, 9), (12, 7))
    practice.refer("2025-03-01", "2025-04-20", referral="r2", patient="p2", ethnicity="H")
    practice.refer("2025-03-01", "2025-04-20", referral="r3", patient="p3")
    for referral in ("r2", "r3"):
        practice.meet("2025-04-03", referral=referral).meet("2025-04-10", referral=referral)
    practice.answered("2025-04-03", referral="r2", PHQ9=9, GAD7=7)
    assert practice.values("M076", "M179", "M192", "M195") == (3, 1, 50, 50)
    assert practice.values("M206", "M207", "M208") == (50, None, None)


def test_numbers_of_depression_scores():
    assert finished((16, 9), (12, 7)).values("M199", "M200", "M201", "M202") == (0, 0, 1, 1)
    assert finished((16, None), (12, 7)).values("M199", "M200", "M201", "M202") == (1, 0, 0, 0)
    assert finished((None, None), (12, 7)).values("M199", "M200", "M201", "M202") == (0, 1, 0, 0)
