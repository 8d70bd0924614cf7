"""Signals along a course, and the band of norms beside it."""

import json
from dataclasses import replace

import numpy as np
import pytest

from case_records import ACTIVITIES, CONTACTS, scored, watched
from caseness.casebook import study_to_plain, tell_case, write_markdown
from caseness.casebook.spelling import Spell
from caseness.casebook.telling_scores import NO_SIGNAL
from caseness.casebook.watching import (
    MADE_UP_NORMS,
    NO_NORM,
    NO_NORMS,
    NOT_ENABLED,
    intensity_of,
    trajectories_of,
    watch,
)
from caseness.feedback.norms import Norm, Norms
from caseness.report.case_page import render_case
from caseness.stats.trajectory_bands import Quantiles

TABLES = {"contacts": CONTACTS, "activities": ACTIVITIES}


@pytest.fixture(scope="module")
def worse(tmp_path_factory):
    """A course that begins with a reliable change for the worse and then turns."""
    return watched(tmp_path_factory.mktemp("worse") / "record", contact_scores=scored(12, 19, 18, 9, 8, 7), **TABLES)


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """A course in which nothing is noticed."""
    return watched(
        tmp_path_factory.mktemp("quiet") / "record", contact_scores=scored(12, 11, 8, 5, 4, 5, 3, 4, 5, 4, 3), **TABLES
    )


def norms_of(made_up="", **changes):
    """Norms whose band is 5 to 10 at every session."""
    levels = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
    values = np.tile(np.linspace(4, 11, len(levels)), (1, 20, 1))
    values[:, 0] = np.nan
    quantiles = Quantiles(np.array([0.0, 28.0]), levels, values, np.full((1, 20), 500))
    norm = Norm("phq9", "high", 900, 900, 5000, quantiles, {0.8: 0.0, 0.9: 0.0}, None, 0.0, "not fitted", (), (), ())
    return Norms(
        "a record", ("RX1",), ("2024-04", "2025-03"), made_up, "0.1.0", {}, {}, (replace(norm, **changes),), ()
    )


def test_a_signal_is_told_as_it_was_on_its_first_day_and_when_it_ceased(worse):
    found = {one.signal.id: one for one in worse.signals}
    first = found["adverse-initial-response"]
    assert (first.first, first.holds, first.questionnaire) == (13, False, "PHQ-9")
    assert "19 at session 2" in first.signal.why
    assert first.last < 27


def test_that_nothing_was_noticed_is_no_assurance(quiet):
    assert quiet.signals == ()
    text = write_markdown(tell_case(quiet))
    assert NO_SIGNAL in text
    assert "no assurance" in NO_SIGNAL


def test_somebody_who_was_not_seen_is_told_of_once_for_all_questionnaires(tmp_path):
    """Being away is of no one questionnaire, and has no day with a score."""
    contacts = [each for each in CONTACTS if each["contact"] in ("C1", "C2", "C11")]
    scores = [each for tool in ("phq9", "gad7") for each in scored(9, 8, tool=tool)]
    case = watched(tmp_path / "record", contacts=contacts, activities=ACTIVITIES[:2], contact_scores=scores)
    (away,) = [one for one in case.signals if one.signal.id == "not-seen"]
    assert (away.questionnaire, away.first, away.last, away.holds) == ("", 43, 75, False)
    assert "30 days ago" in away.signal.why
    assert "Not seen" in write_markdown(tell_case(case))


def test_being_away_is_of_no_questionnaire_where_there_is_only_one(tmp_path):
    contacts = [each for each in CONTACTS if each["contact"] in ("C1", "C2", "C11")]
    case = watched(tmp_path / "record", contacts=contacts, activities=ACTIVITIES[:2], contact_scores=scored(9, 8))
    assert [one.questionnaire for one in case.signals if one.signal.id == "not-seen"] == [""]


def test_a_missing_score_leaves_a_signal_where_it_was(tmp_path):
    """No score is no news: what held at the last score still holds, and is not taken back."""
    case = watched(tmp_path / "record", contact_scores=scored(12, 19, None, None), **TABLES)
    (found,) = [one for one in case.signals if one.signal.id == "adverse-initial-response"]
    assert (found.first, found.holds) == (13, True)


def test_without_norms_no_band_is_drawn_and_that_is_said(worse):
    assert worse.norms_say == NO_NORMS
    assert worse.measured[0].expected is None


def test_norms_of_made_up_people_are_shown_in_a_demonstration_only_and_marked(worse):
    norms = norms_of("SYNTHETIC: made up.")
    refused = watch(worse, norms)
    assert (refused.norms_say, refused.measured[0].expected) == (MADE_UP_NORMS, None)
    shown = watch(worse, norms, demonstration=True)
    assert shown.measured[0].expected.made_up == "SYNTHETIC: made up."
    text = write_markdown(tell_case(shown))
    assert "SYNTHETIC: made up." in text
    assert "**Demonstration: norms of people who do not exist" in text
    assert "Demonstration" not in write_markdown(tell_case(refused))


FORMS = {
    "markdown": lambda study: write_markdown(study),
    "html": lambda study: render_case(study, Spell()),
    "json": lambda study: json.dumps(study_to_plain(study)),
}


@pytest.mark.parametrize("write", FORMS.values(), ids=FORMS)
def test_a_demonstration_is_said_in_every_form_also_where_no_band_is_drawn(worse, write):
    """How often a signal was right is told from the norms all the same."""
    shown = watch(worse, norms_of("SYNTHETIC: made up.", intensity="low"), demonstration=True)
    assert shown.measured[0].expected is None
    assert "Demonstration: norms of people who do not exist" in write(tell_case(shown))


def test_a_demonstration_with_norms_of_real_people_is_said_as_what_it_is(worse):
    text = write_markdown(tell_case(watch(worse, norms_of(), demonstration=True)))
    assert "**Demonstration: norms are used whether or not they held and were enabled." in text
    assert "do not exist" not in text
    assert "Demonstration" not in write_markdown(tell_case(watch(worse, demonstration=True)))


def test_norms_that_nobody_enabled_are_not_drawn(worse):
    assert watch(worse, norms_of()).norms_say == NOT_ENABLED


def test_norms_of_another_service_are_shown_in_a_demonstration_only_and_told(worse):
    others = replace(worse, norms_of_others="They are of RX1, and not of RX9.")
    refused = watch(others, norms_of())
    assert (refused.norms_say, refused.measured[0].expected) == ("They are of RX1, and not of RX9.", None)
    shown = watch(others, norms_of(), demonstration=True)
    assert shown.norms_say == "They are of RX1, and not of RX9."
    assert shown.measured[0].expected is not None


def test_a_band_stands_at_the_days_of_sessions(worse):
    expected = watch(worse, norms_of(), demonstration=True).measured[0].expected
    assert expected.points[0][0] == 13
    assert all(low < high for _, low, high in expected.points)


def test_whoever_cannot_see_the_band_finds_it_in_the_table(worse):
    text = write_markdown(tell_case(watch(worse, norms_of(), demonstration=True)))
    (line,) = [line for line in text.splitlines() if line.startswith("| day 13 (week 2) | 2 | 19 |")]
    assert line.endswith(" to 9.83 |")
    (first,) = [line for line in text.splitlines() if line.startswith("| day 6 (week 1) | 1 | 12 |")]
    assert first.endswith("| none |")


def test_a_norm_of_another_questionnaire_is_not_drawn(worse):
    assert watch(worse, norms_of(instrument_id="gad7"), demonstration=True).norms_say == NO_NORM


def test_what_signals_are_given_is_the_course(worse):
    (given,) = trajectories_of(worse)
    assert (given.reference, given.instrument_id, given.intensity) == (worse.pseudonym, "phq9", "high")
    assert [one.total for one in given.scores] == [12, 19, 18, 9, 8, 7]
    assert len(given.contacts) == len(worse.meetings)
    assert given.made_up == worse.made_up


def test_the_intensity_is_that_of_attended_treatment(worse):
    assert intensity_of(worse.meetings) == "high"
    assert intensity_of([]) == "unknown"
    low = [replace(one, intensities=("LI",)) for one in worse.meetings]
    assert intensity_of(low) == "low"
    assert intensity_of([*worse.meetings, *low]) == "changed"
    assert intensity_of([], logs=2) == "high"
