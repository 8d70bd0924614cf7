"""`caseness cost` and `caseness otherwise`: as text, JSON and CSV, and with what a reader assumes"""

import csv

import pytest

YEAR = ("--period", "2024-25")
OWN_COLLECTION = """
[[cost.unit_cost]]
id = "ours"
label = "All contacts"
collection = "2025-26"
item = "contact"
pathway = "all"
unit_cost = 200
activity = 1000
price_year = "2025-26"
coverage = "our service"
source = "our own ledger"
"""
SCENARIO = """
[[otherwise.scenario]]
id = "advice"
label = "Debt advice"
bought = "Three meetings"
price = 400
effect = 0.1
effect_low = 0.0
effect_high = 0.2
duration = "Six months"
population = "People in debt"
source = "made up"
grade = "C"
transferability = "Made up"
status = "assumed"
"""
CURVE = """
[[natural.curve]]
id = "untreated-depression"
label = "Made up"
months = [3, 12]
recovered = [40, 60]
low = [10, 55]
high = [70, 80]
range = "made up"
assumes = ["Made up, so that natural recovery may exceed what was observed."]
source = "made up"
"""


@pytest.fixture
def mine(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return "--assumptions", path

    return write


def test_a_cost_is_told_with_its_range_and_its_price_year(caseness):
    text = caseness("cost", *YEAR).out
    assert "£1,595" in text
    assert "£1,587 (£1,352 to £2,129)" in text
    assert "None is adjusted for inflation" in text
    assert "Natural recovery, of those judged" in text


def test_costs_can_be_had_as_json(caseness):
    totals = caseness("cost", *YEAR, "--json").json["totals"]
    assert [(one["id"], round(one["total"]["value"])) for one in totals] == [("reported", 861), ("all_contacts", 1064)]


def test_costs_can_be_had_as_csv(caseness, tmp_path):
    assert caseness("cost", *YEAR, "--out", tmp_path, "--format", "csv").status == 0
    (path,) = tmp_path.glob("*per-result*.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert any("Finished course" in row for row in rows)


def test_a_unit_cost_of_ones_own_prices_its_year(caseness, mine):
    found = caseness("cost", "--period", "2025-26", *mine(OWN_COLLECTION), "--json").json
    session = next(one for one in found["per"] if (one["of"], one["total_id"]) == ("session", "all_contacts"))
    assert session["cost"]["value"] == pytest.approx(200)


def test_years_before_the_collections_take_prices_of_2013_and_say_so(caseness):
    text = caseness("cost", "--period", "2017-18").out
    assert "at prices of 2013 (assumed)" in text
    assert "£486.5 million (£273.5 to £839.8)" in text


def test_an_end_without_a_price_says_so(caseness, mine):
    text = caseness("cost", *YEAR, *mine(CURVE)).out
    assert "no price at" in text
    assert "to any number" in text


def test_scenarios_are_told_as_scenarios(caseness):
    text = caseness("otherwise", *YEAR).out
    assert "Scenarios to be changed, not findings." in text
    assert "not verified" in text


def test_a_scenario_of_ones_own_stands_beside_those_that_ship(caseness, mine):
    found = caseness("otherwise", *YEAR, *mine(SCENARIO), "--json").json
    assert [one["id"] for one in found["purchases"]][-1] == "advice"
    assert found["purchases"][-1]["per_thousand"]["high"] == pytest.approx(0.5)


def test_scenarios_can_be_had_as_csv(caseness, tmp_path):
    assert caseness("otherwise", *YEAR, "--out", tmp_path, "--format", "csv").status == 0
    (path,) = tmp_path.glob("otherwise*.csv")
    assert "Give each person" in path.read_text(encoding="utf-8-sig")


def test_a_year_without_contacts_compares_nothing_and_says_why(caseness):
    assert "nothing can be compared" in caseness("otherwise", "--period", "2017-18").out


@pytest.mark.parametrize(
    ("command", "entry", "said"),
    [
        ("cost", OWN_COLLECTION.replace("200", "-5"), "unit_cost is a number of pounds above 0"),
        ("cost", OWN_COLLECTION.replace("activity = 1000", ""), "a contact needs its activity"),
        ("cost", OWN_COLLECTION.replace('"contact"', '"visit"'), "item is one of"),
        ("cost", '[[cost.price_index]]\nid = "a"\nindex = 0\nyear = 2024\n', "index is a number above 0"),
        ("otherwise", SCENARIO.replace("400", '"cheap"'), "price is a number of pounds"),
        ("otherwise", SCENARIO.replace("effect = 0.1", "effect = 0.3"), "effect lies between"),
        ("otherwise", SCENARIO.replace("effect_low = 0.0", "effect_low = true"), "in standard deviations"),
    ],
)
def test_an_entry_that_makes_no_sense_is_refused(caseness, mine, command, entry, said):
    answer = caseness(command, *YEAR, *mine(entry))
    assert answer.status == 18
    assert said in answer.err
