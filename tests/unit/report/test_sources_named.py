"""A figure names whose numbers it shows, and not NHS England where it is another's"""

from caseness.provenance import PUBLISHED_STATISTICS as STATISTICS
from caseness.report.blocks import Figure, name_sources
from caseness.report.sections.natural import tell_natural
from caseness.report.sections.otherwise import tell_otherwise
from caseness.report.slides import draw_slide


def figures_of(section):
    return {one.id: one for one in section.blocks if isinstance(one, Figure)}


def test_trials_and_curves_are_not_said_to_be_of_the_nhs(england):
    figures = figures_of(tell_natural(england))
    assert "Whiteford" in figures["fig-natural-curve"].source
    assert "Metapsy" in figures["fig-natural-estimates"].source
    assert "ODC-BY 1.0" in figures["fig-natural-estimates"].source


def test_scenarios_name_their_papers_on_the_slide_too(england):
    figure = figures_of(tell_otherwise(england))["fig-otherwise"]
    for name in ("Wollburg", "Pilkauskas", "National Cost Collection"):
        assert name in figure.source
    assert "Pilkauskas" in draw_slide(figure, england)


def test_a_source_is_named_once_and_without_its_remarks():
    assert (
        name_sources("One (2020), doi 1/2, abstract: d", "One (2020), doi 1/2: x")
        == f"{STATISTICS}; One (2020), doi 1/2"
    )
