"""The section of differences: funnels and gaps where there is something to show, and plain words where there is not"""

import re
from dataclasses import replace

import pytest
from altair.utils.schemapi import debug_mode

from caseness.audit.assumptions import read_shipped_assumptions
from caseness.audit.record import gather
from caseness.audit.subject import choose
from caseness.audit.variation import compare
from caseness.disclosure import release
from caseness.report.blocks import Figure, Grid, Paragraph
from caseness.report.charts.drawing import draw
from caseness.report.charts.theme import NARROW, WIDE
from caseness.report.pointers import point_into
from caseness.report.sections.variation import tell_variation
from caseness.report.sentence import Sentence
from caseness.results import Results
from unit.audit.test_variation import AGE, BEFORE, GENDER, england, group, service, services

DEPRIVATION = "Indices of Deprivation Decile"
GROUPS = (
    *group(GENDER, "Female", (60000, 20000, 200, 10000, 9500)),
    *group(GENDER, "Male", (30000, 10000, 100, 4000, 4000)),
    *group(AGE, "Under 18", (10000, 3000, 30, 1200, 1100)),
    *group(AGE, "18 to 25", (80000, 27000, 270, 12800, 12400)),
    *group(DEPRIVATION, "01 Least deprived", (40000, 16000, 160, 8000, 7700)),
    *group(DEPRIVATION, "10 Most deprived", (50000, 14000, 140, 6000, 5800)),
)
ROWS = [row for part in (england(), england(BEFORE), *services(), *services(BEFORE), service("ZZZ", 900), GROUPS) for row in part]  # fmt: skip


@pytest.fixture(params=[None, "X03"], ids=["England", "a service"])
def audit(request, england):
    source = release(Results.from_rows(ROWS))
    record = gather(source)
    subject = choose(record, "2024-25", request.param)
    return replace(england, subject=subject, variation=compare(record, source, subject, read_shipped_assumptions()))


def blocks(section, kind):
    return [block for block in section.blocks if isinstance(block, kind)]


def test_the_lines_of_the_deciles_are_named_where_they_stand_alone(audit):
    figure = next(one for one in blocks(tell_variation(audit), Figure) if one.id.startswith("fig-deciles"))
    assert "Blue with circles: England." in figure.alone[0]
    assert (len(figure.alone) == 2) == (audit.subject.organisation == "X03")


def test_the_inner_limit_is_named_by_its_size(audit):
    figure = next(one for one in blocks(tell_variation(audit), Figure) if one.id.startswith("fig-funnel"))
    assert "Dotted: 1.96 standard errors with the usual spread." in figure.notes


def test_there_are_at_most_five_figures_and_each_can_be_drawn(audit):
    figures = blocks(tell_variation(audit), Figure)
    assert [one.id for one in figures] == [
        "fig-funnel-reliable-recovery",
        "fig-funnel-recovery",
        "fig-deciles-reliable-recovery",
        "fig-deprivation",
        "fig-groups",
    ]
    for figure in figures:
        for width in (WIDE, NARROW):
            with debug_mode(True):
                figure.describe(width).to_dict(validate=True)
        assert all("<svg" in picture.svg for picture in draw(figure.id, figure.describe))


def test_every_number_is_a_part_of_the_audit(audit):
    pointers, section = point_into(audit), tell_variation(audit)
    tables = [block.table for block in section.blocks if isinstance(block, Figure | Grid)]
    cells = [cell for table in tables for row in table.rows for cell in row if not isinstance(cell, str)]
    sentences = [one for block in blocks(section, Figure) for one in (block.alternative, block.citation)]
    sentences += [block.sentence for block in blocks(section, Paragraph)]
    cells += [part for one in sentences for part in one.parts if not isinstance(part, str)]
    assert len(cells) > 100
    assert all(pointers.find(cell).startswith("/variation/") for cell in cells)


def test_both_numbers_of_flagged_services_stand_side_by_side(audit):
    (figure, *_) = blocks(tell_variation(audit), Figure)
    assert re.search(r"differ by more than chance, \d+ by more than chance and the usual spread", figure.citation.text)


def test_services_are_named_in_order_of_code(audit):
    tables = {block.table.id: block.table for block in blocks(tell_variation(audit), Grid)}
    codes = [row[0] for row in tables["variation-flagged"].rows]
    assert codes == sorted(codes)
    assert "not a verdict" in tables["variation-flagged"].notes[0]


def test_only_the_subject_is_named_in_a_picture(audit):
    (figure, *_) = blocks(tell_variation(audit), Figure)
    (wide, _) = draw(figure.id, figure.describe)
    assert set(re.findall(r">([XZ]\w\w)<", wide.svg)) == {audit.subject.organisation} - {"ENGLAND"}


def test_the_order_of_deprivation_is_said(audit):
    figure = next(one for one in blocks(tell_variation(audit), Figure) if one.id == "fig-deprivation")
    assert "1 is the least deprived tenth here" in figure.notes[0]


def test_england_alone_is_said_to_have_nobody_to_compare(england):
    section = tell_variation(england)
    told = [block.sentence for block in blocks(section, Paragraph) if block.role == "absent"]
    assert [isinstance(one, Sentence) for one in told] == [True, True]
    assert "nobody to compare" in told[0].text
    assert "no groups of people" in told[1].text
    assert not blocks(section, Figure)


def test_an_audit_that_compared_nothing_says_so(england):
    (told,) = tell_variation(replace(england, variation=None)).blocks
    assert told.role == "absent"


def test_groups_of_another_year_are_said_to_be_so(audit):
    other = replace(audit, variation=replace(audit.variation, period=BEFORE))
    told = [block.sentence.text for block in blocks(tell_variation(other), Paragraph)]
    assert any("the groups are those of 2024-25" in one for one in told)
