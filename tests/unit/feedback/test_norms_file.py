"""Norms as a file: read as they were written, refused when changed, enabled by a named person; and their card"""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from caseness.errors import CannotWrite
from caseness.feedback.card import LIMITS, OWN_USE, card_tables, render_card
from caseness.feedback.case import measured_norms, norm_for, say_others, usable_norms
from caseness.feedback.fitting import About, fit_norms
from caseness.feedback.norms_file import BadNorms, NotEnabled, enable, read_norms, write_norms
from caseness.feedback.rules import read_rules
from caseness.feedback.signal import INTENDED_PURPOSE
from scored_courses import RULES, cohort_of, course_of

PEOPLE = 6000
TODAY = date(2026, 4, 2)


@pytest.fixture(scope="module")
def norms():
    about = About("a service", ("RX1",), ("2024-04", "2025-03"), "", "0.1.0", {"submissions": "latest"})
    return fit_norms([cohort_of(np.random.default_rng(3), PEOPLE)], RULES, about)


@pytest.fixture(scope="module")
def norm(norms):
    return norms.norms[0]


def test_norms_are_read_as_they_were_written(norms, tmp_path):
    written = write_norms(norms, tmp_path / "norms.json")
    again = read_norms(tmp_path / "norms.json")
    assert again.content == written.content != ""
    (one,), (other,) = again.norms, norms.norms
    assert (one.covered, one.measured, one.why_not) == (other.covered, other.measured, other.why_not)
    assert one.margins == pytest.approx(other.margins, abs=1e-5)
    for content in one.contents:
        assert np.allclose(one.band([17.0], [4], content), other.band([17.0], [4], content), atol=1e-5)
    assert np.allclose(one.band_of_model([17.0], [4], 0.9), other.band_of_model([17.0], [4], 0.9))
    assert write_norms(again, tmp_path / "again.json").content == written.content


def test_norms_without_a_model_are_kept_too(tmp_path):
    found = fit_norms(
        [cohort_of(np.random.default_rng(5), 1500, sessions=2)],
        RULES,
        About("a service", ("RX1",), ("2024-04",), "", "0.1.0", {}),
    )
    write_norms(found, tmp_path / "norms.json")
    assert read_norms(tmp_path / "norms.json").norms[0].model is None


def changed_file(norms, path, change):
    write_norms(norms, path)
    told = json.loads(path.read_text(encoding="utf-8"))
    change(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda told: told["content"]["norms"][0].update(intensity="high"), "was changed after it was made"),
        (lambda told: told.update(hash="0"), "was changed after it was made"),
        (lambda told: told.update(schema=1), "has another form"),
        (lambda told: told.update(kind="a letter"), "has another form"),
        (lambda told: told.pop("content"), "is damaged"),
        (lambda told: told.update(sign_off={"officer": "N. N.", "on": "soon", "content": ""}), "is damaged"),
        (
            lambda told: told.update(sign_off={"officer": "N. N.", "on": "2026-01-02", "content": "0"}),
            "another content",
        ),
    ],
)
def test_a_file_that_was_changed_is_refused(norms, tmp_path, change, said):
    with pytest.raises(BadNorms, match=said):
        read_norms(changed_file(norms, tmp_path / "norms.json", change))


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"kind": 3}'])
def test_what_is_no_file_of_norms_is_refused(tmp_path, text):
    (tmp_path / "norms.json").write_text(text, encoding="utf-8")
    with pytest.raises(BadNorms, match="holds no norms"):
        read_norms(tmp_path / "norms.json")


def test_norms_cannot_be_written_into_nowhere(norms, tmp_path):
    with pytest.raises(CannotWrite, match="was not written"):
        write_norms(norms, tmp_path / "nowhere" / "norms.json")


def test_a_named_person_enables_just_this_content(norms, tmp_path):
    kept = write_norms(norms, tmp_path / "norms.json")
    assert not kept.is_enabled
    signed = enable(kept, " A. Officer ", date(2026, 4, 1), TODAY)
    write_norms(signed, tmp_path / "norms.json")
    again = read_norms(tmp_path / "norms.json")
    assert again.is_enabled
    assert (again.sign_off.officer, again.content) == ("A. Officer", kept.content)
    assert "Enabled by A. Officer on 2026-04-01" in render_card(again)


def test_what_may_not_be_enabled(norms):
    with pytest.raises(NotEnabled, match="by a person"):
        enable(norms, " ", date(2026, 4, 1), TODAY)
    with pytest.raises(NotEnabled, match="do not exist"):
        enable(replace(norms, made_up="SYNTHETIC"), "A. Officer", date(2026, 4, 1), TODAY)
    failed = replace(norms.norms[0], why_not=("It did not hold.",))
    with pytest.raises(NotEnabled, match="None of these norms held"):
        enable(replace(norms, norms=(failed,)), "A. Officer", date(2026, 4, 1), TODAY)


def test_nobody_enables_norms_on_a_day_that_is_still_to_come(norms):
    kept = replace(norms, content="abc")
    with pytest.raises(NotEnabled, match="2026-04-03 is still to come: today is 2026-04-02"):
        enable(kept, "A. Officer", date(2026, 4, 3), TODAY)
    assert enable(kept, "A. Officer", TODAY, TODAY).is_enabled


def test_what_is_enabled_stands_by_whom_and_when(norms):
    signed = enable(replace(norms, content="abc"), "A. Officer", date(2026, 4, 1), TODAY)
    with pytest.raises(NotEnabled, match=r"by A\. Officer on 2026-04-01, and that stands"):
        enable(signed, "B. Officer", TODAY, TODAY)


def test_a_file_says_what_norms_are_for_and_of_whose_people_they_are(norms, tmp_path):
    write_norms(norms, tmp_path / "norms.json")
    assert json.loads((tmp_path / "norms.json").read_text(encoding="utf-8"))["intended_purpose"] == INTENDED_PURPOSE
    again = read_norms(tmp_path / "norms.json")
    assert again.providers == ("RX1",)
    assert "Providers: RX1." in render_card(again)


def test_norms_of_another_service_are_told(norms):
    assert say_others(None, ["RX9"]) == ""
    assert say_others(norms, ["RX1"]) == ""
    assert "are of RX1, and not of RX8, RX9:" in say_others(norms, ["RX9", "RX1", "RX8"])


def test_bands_are_drawn_once_norms_are_enabled_or_in_a_demonstration(norms):
    course = course_of([16, 15], intensity="low")
    kept = replace(norms, content="abc")
    enabled = enable(kept, "A. Officer", date(2026, 4, 1), TODAY)
    made_up = replace(kept, made_up="SYNTHETIC")
    assert norm_for(course, None, demonstration=False) is None
    assert norm_for(course, kept, demonstration=False) is None
    assert norm_for(course, enabled, demonstration=False) is norms.norms[0]
    assert norm_for(course, made_up, demonstration=False) is None
    assert norm_for(course, made_up, demonstration=True) is norms.norms[0]
    assert norm_for(course_of([16, 15], intensity="changed"), enabled, demonstration=False) is None
    failed = replace(enabled, norms=(replace(norms.norms[0], why_not=("It did not hold.",)),))
    assert norm_for(course, failed, demonstration=False) is None
    assert usable_norms(made_up, demonstration=False) is None
    # What was counted here is so whether or not anybody enabled it.
    assert measured_norms(kept, demonstration=False) is kept
    assert measured_norms(made_up, demonstration=False) is None


def test_the_card_says_what_norms_are_for_what_they_rest_on_and_where_they_fail(norms, norm):
    text = render_card(replace(norms, not_fitted=("GAD-7 was left out.",)))
    assert INTENDED_PURPOSE in text
    assert OWN_USE in text
    assert "Not enabled" in text
    assert "GAD-7 was left out." in text
    assert not [one for one in LIMITS if one not in text]
    assert "half: one" in text
    assert "within 5 points of half of what the band leaves out" in text
    made_up = render_card(
        replace(norms, made_up="SYNTHETIC: nobody is real.", norms=(replace(norm, why_no_model="Why."),))
    )
    assert made_up.splitlines()[2] == "**SYNTHETIC: nobody is real.**"
    assert "no mixed model. Why." in made_up


def test_the_card_tells_changed_numbers_and_signals_that_found_nobody(norms, tmp_path):
    (tmp_path / "rules.toml").write_text("cell_least = 50\n", encoding="utf-8")
    changed = replace(norms, rules=read_rules(tmp_path / "rules.toml").values)
    tables = {one.id: one for one in card_tables(changed)}
    rows = {row[0]: row for row in tables["numbers"].rows}
    assert rows["cell_least"][3] == "Changed by a file; shipped as 100."
    assert rows["band"][3].startswith("Not verified")
    none = replace(norms.norms[0].measured[0], hits=0, false_alarms=0, missed=0, rightly_silent=0)
    empty = card_tables(replace(norms, norms=(replace(norms.norms[0], measured=(none,)),)))[2].rows[0]
    assert empty[-4:] == ("nobody", "nobody", "nobody", "none found")
