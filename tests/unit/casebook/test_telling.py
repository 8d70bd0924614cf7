"""A case in words: what is said, what is not, and what cannot be taken for markup."""

from dataclasses import replace
from datetime import date

import pytest

from caseness.casebook import study_to_plain, tell_case, write_markdown
from caseness.casebook.blocks import Grid, Picture
from caseness.casebook.model import Official, Told
from caseness.casebook.prompts import AGAINST, FOR, Prompt, evidence_for, prompts
from caseness.casebook.spelling import Spell


def chapter(study, name):
    return next(one for one in study.chapters if one.id == name)


def test_the_chapters_stand_in_their_order(made):
    assert [one.id for one in tell_case(made.case).chapters] == [
        "in-short", "scores", "turning-points", "signals", "attendance", "ending", "goals", "life", "official",
        "questions", "limits",
    ]  # fmt: skip


def test_every_chart_has_a_table_with_every_score(made):
    blocks = chapter(tell_case(made.case), "scores").blocks
    for place, block in enumerate(blocks):
        if isinstance(block, Picture):
            grid = blocks[place + 1]
            assert isinstance(grid, Grid)
            assert len(grid.rows) == len(block.scores.scores)
            assert "The table below has every score" in block.alternative


def test_that_the_risk_item_is_not_in_the_record_is_said(made):
    """A total tells nothing of one item."""
    assert "the answer to item 9, which asks about risk, is not seen here" in write_markdown(tell_case(made.case))


def test_until_when_the_record_reaches_is_said(made):
    text = write_markdown(tell_case(made.case))
    assert "The record covers the course up to day 90 (week 13). What happened since is not in it." in text


def test_scores_that_are_left_out_are_listed_with_the_reason(made):
    assert "a value that the questionnaire cannot give" in write_markdown(tell_case(made.case))


def test_a_therapist_is_not_judged_and_no_rank_is_given(made):
    text = write_markdown(tell_case(made.case))
    assert "one course is no ground for a rank" in text
    assert "therapist 1" in text


def test_the_official_measures_are_those_of_the_derivations(made):
    claims = dict(made.case.official.claims)
    assert claims["Recovered, and reliably improved."] == "no"
    assert claims["One measure has fallen reliably, and neither has risen reliably."] == "no"
    assert claims["The referral has ended and had at least two treatment sessions."] == "yes"


def test_without_months_there_are_no_official_measures(made):
    case = replace(made.case, official=Official((), "No months."))
    assert [block.text for block in chapter(tell_case(case), "official").blocks] == ["No months."]


def test_a_case_without_anything_says_so(made):
    bare = replace(
        made.case, meetings=(), measured=(), left_out=(), goals=(), alliance=(), life=(), signals=(), logs=2,
        other_referrals=1, age_group="", gender="", problem="", source="", problem_months=None, made_up="",
        ending=replace(made.case.ending, day=None, reviews=()),
    )  # fmt: skip
    text = write_markdown(tell_case(bare))
    for said in (
        "The course is open.",
        "no score that counts",
        "neither goals nor scores on the alliance",
        "tells nothing of the person",
        "there was none",
        "2 weeks of therapy over the internet",
        "1 other referral",
        "No treatment contact has a therapy",
    ):
        assert said in text, said


def test_accounts_that_differ_are_said_to(made):
    (own,) = made.case.ending.reviews
    other = replace(own, told_by="The care professional", kind="Unplanned")
    case = replace(made.case, ending=replace(made.case.ending, reviews=(own, other)))
    assert "The accounts differ" in write_markdown(tell_case(case))


@pytest.mark.parametrize("words", ["a | b", "# not a heading", "<script>alert(1)</script>", "**x**", "two\nlines"])
def test_nothing_in_a_note_is_taken_for_markup(made, words):
    case = replace(made.case, life=(Told(3, "told by the person", "Money", words),), has_notes=True)
    (line,) = [line for line in write_markdown(tell_case(case)).splitlines() if "Money" in line and "|" in line[:3]]
    assert line.count(" | ") == 2
    assert "<script>" not in line
    assert "\n# not" not in line


def test_every_question_has_a_side_and_something_to_look_at(made):
    assert {one.side for one in prompts()} == {FOR, AGAINST}
    without = [one.id for one in prompts() if not evidence_for(one, made.case, Spell())]
    assert not without


def test_a_question_on_a_side_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="for or against"):
        Prompt(id="x", side="both", asks="?", source="s", verified=True)


def test_what_was_not_read_of_a_source_is_said(made):
    text = write_markdown(tell_case(made.case))
    assert "Elliott 2002" in text
    assert "not verified" in text


def test_a_table_has_a_cell_for_each_heading():
    with pytest.raises(ValueError, match="a cell for each heading"):
        Grid("x", "X", ("A", "B"), (("1",),))


def test_plain_content_has_no_chart_and_every_table(made):
    plain = study_to_plain(tell_case(made.case))
    kinds = {block["kind"] for one in plain["chapters"] for block in one["blocks"]}
    assert kinds == {"paragraph", "heading", "points", "grid", "picture", "question"}
    assert all(
        "scores" not in block for one in plain["chapters"] for block in one["blocks"] if block["kind"] == "picture"
    )


def test_dates_in_the_words_of_a_signal_become_days():
    told = "Last seen on 31 March 2025, and on 2 April 2025."
    assert Spell().text(told, date(2025, 4, 1)) == "Last seen on 1 day before the referral, and on day 1 (week 1)."
    assert Spell(date(2025, 4, 1)).text(told, date(2025, 4, 1)) == told
