"""The questionnaires that ship with the package"""

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from caseness.instruments import instrument, instruments
from caseness.instruments.registry import IDS
from caseness.programme import load

GUIDE = """
id                       | low | high | caseness         | change            | snomed
phq9                     | 0   | 27   | at or above 10   | at or above 6     | 720433000
gad7                     | 0   | 21   | at or above 8    | at or above 4     | 445455005
spin                     | 0   | 68   | at or above 19   | at or above 10    | 445552006
pdss                     | 0   | 28   | at or above 8    | at or above 5     | 450326007
oci                      | 0   | 168  | at or above 40   | at or above 32    | 450324005
shai                     | 0   | 54   | at or above 18   | at or above 4     | 446793008
pcl5                     | 0   | 80   | at or above 32   | at or above 10    | 491581000000104
mobility_inventory_alone | 1   | 5    | above 2.3        | at or above 0.73  | 473355002
ibs_sss                  | 0   | 500  | at or above 75   | at or above 50    | 1083671000000108
phq15                    | 0   | 30   | at or above 10   | None              | 1065441000000103
biq                      | 0   | 72   | None             | None              | 1128221000000100
cfq11                    | 0   | 33   | None             | None              | 1077511000000101
pswq                     | 16  | 80   | at or above 45   | None              | 446517006
core10                   | 0   | 40   | at or above 11   | at or above 6     |
wsas                     | 0   | 40   | None             | None              |
dds                      | 1   | 6    | None             | None              | 910931000000101
"""

WORDED = ["phq9", "gad7", "pcl5", "phq15", "core10"]
EACH = pytest.mark.parametrize("one", instruments(), ids=lambda one: one.id)


def rows(text):
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.mark.parametrize("row", rows(GUIDE), ids=lambda row: row["id"])
def test_ranges_thresholds_and_codes_are_those_of_the_data_set(row):
    one = instrument(row["id"])
    assert [f"{one.low:g}", f"{one.high:g}", str(one.caseness()), str(one.reliable_change()), one.snomed] == [
        row["low"], row["high"], row["caseness"], row["change"], row["snomed"],
    ]  # fmt: skip


@pytest.mark.parametrize("measure", load("england").measures, ids=lambda measure: measure.id)
def test_each_measure_of_the_programme_is_a_questionnaire_with_the_same_thresholds(measure):
    one = instrument(measure.id)
    case, change = one.caseness(official_only=True), one.reliable_change(official_only=True)
    assert (case.value if case else None, change.value if change else None) == (
        measure.caseness,
        measure.reliable_change,
    )
    assert case is None or (case.operator == measure.case_is and case.official)


def test_every_file_is_listed():
    shipped = {Path(one.name).stem for one in files("caseness.instruments").joinpath("questionnaires").iterdir()}
    assert shipped == set(IDS)
    assert [one.id for one in instruments()] == list(IDS)


@EACH
def test_everything_names_its_source_or_says_why_it_has_none(one):
    assert all(len(part.source if part.verified else part.reason) > 10 for part in one.everything)


def test_wording_is_shown_only_of_the_five_that_are_free():
    assert [one.id for one in instruments() if one.wording] == WORDED
    assert all(instrument(name).licence.verified for name in WORDED)


@pytest.mark.parametrize("name", WORDED)
def test_what_is_worded_has_a_label_for_every_answer_and_two_sources(name):
    one = instrument(name)
    answers = range(int(one.items[0].low), int(one.items[0].high) + 1)
    assert [option.value for option in one.options] == list(answers)
    assert one.wording.typed_from
    assert one.wording.compared_with
    assert len({item.wording for item in one.items}) == len(one.items)
    assert one.licence.attribution


def test_gad7_has_the_answers_of_the_form_and_not_those_of_the_copies_that_misprint_them():
    labels = [option.label for option in instrument("gad7").options]
    assert labels == ["Not at all", "Several days", "More than half the days", "Nearly every day"]
    assert labels == [option.label for option in instrument("phq9").options]


def test_the_licence_of_core10_stands_in_its_file():
    text = files("caseness.instruments").joinpath("questionnaires", "core10.toml").read_text(encoding="utf-8")
    assert "CC BY-NC-ND 4.0" in text.splitlines()[0]
    assert instrument("core10").licence.attribution.startswith("© CORE System Trust: https://")


def test_a_threshold_from_the_literature_is_never_official():
    assert instrument("ibs_sss").reliable_change().official is False
    assert instrument("ibs_sss").reliable_change(official_only=True) is None
    assert instrument("phq9").reliable_change(official_only=True) == instrument("phq9").reliable_change()


def test_the_data_set_took_up_two_thresholds_with_version_2_1():
    for name in ("phq15", "ibs_sss"):
        assert instrument(name).caseness(date(2022, 3, 31)) is None
        assert instrument(name).caseness(date(2022, 4, 1)) == instrument(name).caseness()


def test_each_dimension_of_wsas_has_a_code_of_its_own():
    wsas = instrument("WSAS")
    assert [item.id for item in wsas.items] == ["work", "home", "social_leisure", "private_leisure", "relationships"]
    assert len({item.snomed for item in wsas.items}) == 5
    assert [item.not_applicable for item in wsas.items] == [("9",), (), (), (), ()]


@EACH
def test_thresholds_of_one_kind_do_not_overlap(one):
    for day in (None, date(2015, 1, 1), date(2021, 6, 1), date(2025, 1, 1)):
        kinds = [line.kind for line in one.thresholds if line.covers(day)]
        assert len(kinds) == len(set(kinds))
