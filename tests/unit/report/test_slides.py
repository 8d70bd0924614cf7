"""A chart alone on a slide says all that it needs, and is drawn in dots as well."""

import re
from functools import cache
from xml.etree import ElementTree

import pytest

from browser.reports import lay_out_report
from caseness import report
from caseness.report.slides import HEIGHT, WIDTH, draw_slide, make_png

SVG = "{http://www.w3.org/2000/svg}"


@cache
def draw_all(name):
    page = lay_out_report(name)
    return [(figure, draw_slide(figure, page.audit)) for figure in page.figures]


@pytest.fixture
def slides(name):
    return draw_all(name)


def test_each_slide_is_a_picture_that_says_what_it_is(slides, page):
    for figure, svg in slides:
        root = ElementTree.fromstring(svg)
        texts = " ".join(one.text or "" for one in root.findall(f"{SVG}text"))
        assert root.find(f"{SVG}title").text == figure.heading
        assert root.find(f"{SVG}desc").text == figure.alternative.text
        assert page.audit.subject.name in texts
        assert figure.basis in texts
        assert "NHS England" in texts


def test_what_the_page_explains_elsewhere_stands_on_the_slide(slides):
    for figure, svg in slides:
        said = re.sub(r"\s+", " ", " ".join(ElementTree.fromstring(svg).itertext()))
        for words in (*figure.alone, *figure.notes):
            assert re.sub(r"\s+", " ", words) in said


def test_the_chart_and_its_words_keep_apart(slides):
    for _, svg in slides:
        root = ElementTree.fromstring(svg)
        box = root.find(f"{SVG}svg")
        top, height = float(box.get("y")), float(box.get("height"))
        rows = [float(one.get("y")) for one in root.findall(f"{SVG}text")]
        assert height > HEIGHT / 3
        assert all(y <= top or y >= top + height for y in rows)
        assert max(rows) < HEIGHT


def test_a_slide_is_drawn_in_dots_of_the_same_size(slides):
    _, svg = slides[0]
    png = make_png(svg)
    assert png.startswith(b"\x89PNG")
    assert (int.from_bytes(png[16:20], "big"), int.from_bytes(png[20:24], "big")) == (WIDTH, HEIGHT)


def test_every_figure_of_the_report_is_a_file_in_both_forms(england, tmp_path):
    written = {path.relative_to(tmp_path).as_posix() for path in report.write(england, tmp_path, ["charts"])}
    ids = {path.removeprefix("charts/").removesuffix(".svg") for path in written if path.endswith(".svg")}
    assert "fig-journey" in ids
    assert written == {f"charts/{name}.{kind}" for name in ids for kind in ("svg", "png")}
