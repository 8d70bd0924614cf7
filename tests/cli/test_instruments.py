"""`caseness instruments`, as a person types it."""

import csv

from caseness.instruments import instruments


def test_every_questionnaire_is_listed_with_its_thresholds(caseness):
    lines = caseness("instruments").out.strip().splitlines()
    listed = {line.split()[0]: line for line in lines[2:-1] if line}
    assert list(listed) == [one.id for one in instruments()]
    assert "at or above 10" in listed["phq9"]
    assert "at or above 6" in listed["phq9"]
    assert "above 2.3" in listed["mobility_inventory_alone"]
    assert "1 to 5, 2 decimals" in listed["mobility_inventory_alone"]
    assert "1 to 6, 1 decimal " in listed["dds"]
    assert "no total" in listed["phobia_scales"]
    assert "at or above 40 *" in listed["biq"]
    assert " not shown" in listed["spin"]
    assert listed["pcl5"].endswith("nothing")
    assert "* not verified: not used unless it is asked for." in lines[-1]


def test_one_is_printed_with_its_wording_and_its_sources(caseness):
    printed = caseness("instruments", "GAD-7").out
    assert "Feeling nervous, anxious or on edge" in printed
    assert "1 Several days" in printed
    assert "Typed from: CamCOPS" in printed
    assert "Löwe and others 2008" in printed
    assert "General knowledge: no source was read." in printed


def test_the_line_of_copyright_stands_below_the_wording_of_core10(caseness):
    lines = caseness("instruments", "core10").out.strip().splitlines()
    assert lines[-1] == "© CORE System Trust: https://www.coresystemtrust.org.uk/copyright.pdf"
    assert "scored in reverse" in "".join(lines)


def test_what_may_not_be_shown_is_not(caseness):
    printed = caseness("instruments", "wsas").out
    assert "0 to 8, 9" in printed
    assert "932621000000100" in printed
    assert "Wording " not in printed
    assert "item 9 above 0" in caseness("instruments", "phq9").out
    assert "17 to 102 until 31 December 2020" in caseness("instruments", "dds").out
    assert "Items" not in caseness("instruments", "biq").out.splitlines()


def test_json_and_files_hold_everything(caseness, tmp_path):
    listed = caseness("instruments", "--json").json
    assert [one["id"] for one in listed] == [one.id for one in instruments()]
    assert caseness("instruments", "phq9", "--json").json == listed[0]
    answer = caseness("instruments", "wsas", "--out", tmp_path / "out", "--format", "csv")
    assert answer.status == 0, answer.err
    with (tmp_path / "out" / "items.csv").open(encoding="utf-8", newline="") as lines:
        assert next(row["snomed_ct"] for row in csv.DictReader(lines)) == "932621000000100"


def test_a_slip_is_met_with_the_nearest(caseness):
    answer = caseness("instruments", "phq8")
    assert answer.status == 10
    assert "Did you mean 'phq9'" in answer.err
    assert "Traceback" not in answer.err
