"""Charts: valid by their own schema, still, and named apart."""

import re

import pytest
from altair.utils.schemapi import debug_mode

from caseness.audit.quantity import Quantity, nothing
from caseness.periods import financial_year, month
from caseness.report.blocks import Figure
from caseness.report.charts.bars import Bar, bar_of, draw_bars
from caseness.report.charts.drawing import draw
from caseness.report.charts.lines import Series, draw_lines, letter_breaks
from caseness.report.charts.theme import BLUE, INK, NARROW, PALE, PAPER, QUIET, VERMILLION, WIDE

KNOWN = Quantity(5.0, 5.0, 5.0)
STARRED = Quantity(None, 0.0, 4.0, "count", "suppressed")


def figures(page):
    return [block for section in page.sections for block in section.blocks if isinstance(block, Figure)]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=lambda width: width.name)
def test_each_chart_is_what_its_schema_allows(page, width):
    for figure in figures(page):
        with debug_mode(True):
            figure.describe(width).to_dict(validate=True)


def test_a_picture_is_still_and_its_ids_are_its_own(page):
    for figure in figures(page):
        for picture in draw(figure.id, figure.describe):
            assert "<script" not in picture.svg
            assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]+"', "", picture.svg)
            assert all(
                name.startswith(f"{figure.id}-{picture.width}") for name in re.findall(r'\bid="([^"]+)"', picture.svg)
            )
            assert set(re.findall(r"url\(#([^)]+)\)", picture.svg)) <= set(re.findall(r'\bid="([^"]+)"', picture.svg))


def test_colours_of_words_can_be_read_on_paper():
    """WCAG 2.2 asks 4.5 to 1 of text and 3 to 1 of marks. The pale bars carry their words beside them."""
    assert min(contrast(colour, PAPER) for colour in (INK, QUIET, BLUE, VERMILLION)) >= 4.5


def test_those_who_stay_and_those_who_leave_differ_in_grey_print():
    assert abs(luminance(BLUE) - luminance(PALE)) > 0.3


def test_a_suppressed_count_is_drawn_as_an_interval_and_not_as_a_bar():
    bar = bar_of(STARRED, "A", "0 to 4 (suppressed)", BLUE)
    assert (bar.start, bar.end, bar.low, bar.high) == (0.0, 0.0, 0.0, 4.0)


def test_a_known_count_has_no_interval():
    assert bar_of(KNOWN, "A", "5", BLUE).low is None


@pytest.mark.parametrize("width", [WIDE, NARROW], ids=lambda width: width.name)
def test_names_and_numbers_of_bars_are_written_out_whole(width):
    long = "A name that is a good deal longer than there is room for beside its bar"
    (picture,) = [
        one
        for one in draw("x", lambda each: draw_bars([Bar(long, 0, 5, "5", BLUE), Bar("Short", 0, 2, "2", INK)], each))
        if one.width == width.name
    ]
    written = re.sub(r"\s+", " ", " ".join(re.findall(r">([^<>]+)<", picture.svg)))
    assert long in written
    assert "Short" in written


def test_nothing_at_all_can_be_drawn():
    assert "<svg" in draw("x", lambda width: draw_bars([Bar("None", 0, 0, "0", BLUE)], width))[0].svg


def test_months_that_are_not_known_are_left_out_and_intervals_are_drawn():
    months = month(2024, 4), month(2024, 5), month(2024, 6)
    series = [Series("One", (KNOWN, nothing(), STARRED)), Series("Other", (KNOWN, KNOWN, KNOWN))]
    pictures = draw("x", lambda width: draw_lines(months, series, letter_breaks([months[1]]), "count", width))
    assert all(">a<" in picture.svg for picture in pictures)
    assert ">Other<" in pictures[0].svg
    assert ">Other<" not in pictures[1].svg


def test_years_are_named_as_financial_years():
    years = financial_year(2022), financial_year(2023)
    picture, _ = draw("x", lambda width: draw_lines(years, [Series("One", (KNOWN, KNOWN))], (), "count", width))
    assert ">2022-23<" in picture.svg
