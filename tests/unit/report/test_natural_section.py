"""The section of natural recovery: fair to both sides, and plain where there is nothing"""

from dataclasses import replace

from caseness.report.blocks import Controls, Figure, Heading, Paragraph
from caseness.report.sections.natural import tell_natural


def kinds(section, kind):
    return [one for one in section.blocks if isinstance(one, kind)]


def test_it_says_why_it_may_be_less_and_why_more(england):
    headings = [one.text for one in kinds(tell_natural(england), Heading)]
    assert "What may not be concluded" in headings
    assert "Why natural recovery may be less than estimated" in headings
    assert "Why it may be more" in headings


def test_both_pictures_tell_their_finding_in_words(england):
    curve, estimates = kinds(tell_natural(england), Figure)
    assert "by 12 months" in curve.alternative.text
    assert "Observed recovery" in curve.alternative.text
    assert all(one.label in estimates.alternative.text for one in england.natural.estimators)


def test_the_slider_begins_where_the_audit_is(england):
    (controls,) = kinds(tell_natural(england), Controls)
    assert controls.sliders[0].value is england.natural.time_at_risk.days
    assert controls.outcomes[0].shown is england.natural.remainders[0].natural


def test_without_an_estimate_it_says_so(england):
    section = tell_natural(replace(england, natural=None))
    assert [one.role for one in kinds(section, Paragraph)] == ["absent"]


def test_without_recovery_the_estimates_stand_alone(england):
    alone = replace(england.natural, bands=(), remainders=(), durations=(), absent=("Nothing was published.",))
    section = tell_natural(replace(england, natural=alone))
    assert "Nothing was published." in [one.sentence.text for one in kinds(section, Paragraph)]
    assert len(kinds(section, Figure)) == 2
    assert not kinds(section, Controls)
