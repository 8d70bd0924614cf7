"""The page, JSON and CSV that set a made-up record beside the published figures."""

import csv
import io
import json

import pytest

from caseness.report.how_off import how_off
from caseness.report.part_labels import is_code, meaning_of
from caseness.report.synthetic_page import render_margins, write_margins
from caseness.synthetic.facts import load_facts
from caseness.synthetic.margin import amount, distribution, gap, mean, points, rate

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
    assert "Improvement &lt;all&gt;</a></th><td>17.5 percentage points too low</td>" in page
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
    assert "Not compared, for want of rows" not in page


def test_codes_are_told_in_words_with_the_code_beside_them(written):
    assert '<th scope="row">Male <code>1</code></th>' in written["margins.html"]
    parts = json.loads(written["margins.json"])["margins"][2]["parts"]
    assert [(part["label"], part["meaning"]) for part in parts] == [("1", "Male"), ("2", "Female")]
    assert [row["meaning"] for row in csv.DictReader(io.StringIO(written["margins.csv"]))][2:4] == ["Male", "Female"]


@pytest.mark.parametrize(
    ("name", "label", "says", "is_a_code"),
    [
        ("end_code.all", "46", "Mutually agreed completion of treatment", True),
        ("end_code.all", "none", "No code", False),
        ("problem", "F32", "Depression", True),
        ("problem", "other", "Another recorded problem", False),
        ("deprivation.recovery", "1", "Decile 1, the most deprived", False),
        ("deprivation", "4", "Decile 4", False),
        ("season", "03", "March", False),
        ("stage.at_end", "once", "One treatment contact", False),
        ("age", "18 to 25", "18 to 25", False),
        ("attendance", "no such code", "no such code", False),
    ],
)
def test_a_part_in_words(name, label, says, is_a_code):
    margin = distribution(name, "Title", "people", {label: 1}, {label: 1.0}, "a release")
    assert meaning_of(margin, label, load_facts()) == says
    assert is_code(margin, label, load_facts()) is is_a_code


def test_how_far_a_margin_is_off_is_told_in_words():
    facts = load_facts()
    told = {
        "3.0 percentage points too low": rate("a", "A", "outcomes", 1000, 2000, 0.53, "a release"),
        "Female: 10.0 percentage points too high": distribution(
            "gender", "A", "people", {"1": 20, "2": 80}, {"1": 0.3, "2": 0.7}, "a release"
        ),
        "7 % too low": amount("a", "A", "waits", 20, 5000, 21.475, "a release"),
        "1.50 points too high": mean("a", "A", "scores", 11.5, 300, 10.0, 5.0, "a release"),
        "2.00 percentage points too low": points("a", "A", "providers", 1.0, 300, 3.0, "a release"),
        "groups differ by 5.0 percentage points, on average, from what is published": gap(
            "a", "A", "people", {"x": (10, 20), "y": (8, 20)}, {"x": 0.5, "y": 0.5}, (0.45, 0.5), "a release"
        ),
    }
    for says, margin in told.items():
        assert how_off(margin, facts) == says


def test_what_is_off_stands_first_worst_first_and_what_has_few_rows_apart():
    worse = rate("recovery.F32", "Worse", "outcomes", 100, 2400, 0.505, "a release")
    few = rate("recovery.F42", "Few", "outcomes", 1, 24, 0.505, "a release")
    page = render_margins([*MARGINS, worse, few], load_facts(), "made-up")
    off = page[page.index('id="table-off"') : page.index("</table>")]
    assert off.index("Worse") < off.index("Improvement")
    assert "Few" not in off
    assert "Off, with few rows: 1" in page
    assert page.index('id="table-off"') < page.index('id="table-summary"') < page.index('<nav class="contents"')


def test_the_page_says_what_is_compared_with_nothing_and_why(written):
    assert "Psychotropic medication at the start and at the end" in written["margins.html"]
    told = json.loads(written["margins.json"])["not_compared"]
    assert all(one["what"] and one["because"] for one in told)


def test_csv_has_one_line_for_each_part(written):
    rows = list(csv.DictReader(io.StringIO(written["margins.csv"])))
    assert [row["part"] for row in rows] == ["Recovery", "Improvement <all>", "1", "2", "Days between contacts"]
    assert rows[-1]["synthetic"] == ""
