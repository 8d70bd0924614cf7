"""The page, JSON and CSV that set a made-up record beside the published figures."""

import csv
import io
import json

import pytest

from caseness.report.synthetic_page import render_margins, write_margins
from caseness.synthetic.facts import load_facts
from caseness.synthetic.margin import amount, distribution, rate

MARGINS = (
    rate("recovery.all", "Recovery", "outcomes", 1200, 2400, 0.505, "a release"),
    rate("improvement.all", "Improvement <all>", "outcomes", 1200, 2400, 0.675, "a release"),
    distribution("gender", "Gender", "people", {"1": 30, "2": 70}, {"1": 0.3, "2": 0.7}, "a release"),
    amount("gap", "Days between contacts", "waits", None, 0, 21.475, "a release"),
)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("margins")
    paths = write_margins(MARGINS, load_facts(), "made-up", folder)
    return {path.name: path.read_text(encoding="utf-8") for path in paths}


def test_every_file_says_synthetic_at_its_top(written):
    assert set(written) == {"margins.html", "margins.json", "margins.csv"}
    assert '<p class="kind">SYNTHETIC</p>' in written["margins.html"]
    assert json.loads(written["margins.json"])["synthetic"] is True
    assert all(row["synthetic_or_real"] == "SYNTHETIC" for row in csv.DictReader(io.StringIO(written["margins.csv"])))


def test_the_page_says_what_is_off_and_what_cannot_be_compared(written):
    page = written["margins.html"]
    assert "2 of 3 margins lie within their tolerance. 1 are off. Not compared, for want of rows: 1." in page
    assert "Improvement &lt;all&gt;</a>: distance 0.175, tolerance 0.03." in page
    assert "<strong>off</strong>" in page
    assert "1 rest on fewer than 2,000 rows" in page


def test_the_page_asks_the_network_for_nothing(written):
    assert "http" not in written["margins.html"].replace("http-equiv", "")


def test_shares_are_shown_as_percentages_and_the_rest_as_it_is(written):
    assert "50.0 %" in written["margins.html"]
    assert "21.48" in written["margins.html"]


def test_a_page_without_anything_off_lists_nothing():

    page = render_margins(MARGINS[:1], load_facts(), "made-up")
    assert "Do not rest" not in page
    assert "Not compared" not in page


def test_csv_has_one_line_for_each_part(written):
    rows = list(csv.DictReader(io.StringIO(written["margins.csv"])))
    assert [row["part"] for row in rows] == ["Recovery", "Improvement <all>", "1", "2", "Days between contacts"]
    assert rows[-1]["synthetic"] == ""
