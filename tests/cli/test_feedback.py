"""`caseness norms` and `caseness signals`, on made-up courses of people who do not exist"""

import csv
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from caseness.cli import main
from caseness.feedback.norms_file import read_norms, write_norms
from caseness.feedback.signal import INTENDED_PURPOSE
from caseness.read.model import MADE_UP
from caseness.synthetic.request import SERVICE
from house.source_tree import ROOT
from made_up_records import make, rows_of

# So few courses would have no norms by the numbers that come with the package.
SMALL = "fitted_least = 30\ncell_least = 10\njudged_least = 10\ntoo_narrow = 0.3\ntoo_wide = 0.2\ntoo_narrow_in_group = 0.4\n"


@pytest.fixture(scope="module")
def record(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made-up") / "record"
    make(folder, referrals=1200, months=10, seed=7, shape=SERVICE)
    return folder


@pytest.fixture(scope="module")
def grains(record, tmp_path_factory):
    folder = tmp_path_factory.mktemp("derived") / "grains"
    with pytest.raises(SystemExit):
        main(["derive", str(record), "--out", str(folder), "--scores"])
    return folder


@pytest.fixture
def rules(tmp_path):
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def fitted(grains, tmp_path_factory):
    """Norms that are fitted once. A test has a copy of them, and of their card."""
    folder = tmp_path_factory.mktemp("fitted")
    (folder / "small.toml").write_text(SMALL, encoding="utf-8")
    asked = ("--out", folder / "norms.json", "--rules", folder / "small.toml", "--tool", "PHQ-9")
    with pytest.raises(SystemExit) as ended:
        main([str(one) for one in ("norms", "fit", grains, *asked)])
    assert not ended.value.code
    return folder / "norms.json"


@pytest.fixture
def norms(fitted, tmp_path):
    shutil.copy(fitted.with_suffix(".md"), tmp_path / "norms.md")
    return Path(shutil.copy(fitted, tmp_path / "norms.json"))


@pytest.fixture
def real(norms):
    """The same norms as if they were of real people, and had passed."""
    held = read_norms(norms)
    passed = tuple(replace(one, why_not=()) for one in held.norms)
    write_norms(replace(held, made_up="", norms=passed), norms)
    return norms


def test_norms_are_fitted_and_their_card_is_written_beside_them(norms):
    held = read_norms(norms)
    assert held.made_up
    assert {one.instrument_id for one in held.norms} == {"phq9"}
    card = norms.with_suffix(".md").read_text(encoding="utf-8")
    assert MADE_UP in card.splitlines()[2]
    assert INTENDED_PURPOSE in card


def test_norms_are_the_same_each_time(caseness, grains, rules, tmp_path, norms):
    caseness("norms", "fit", grains, "--out", tmp_path / "again.json", "--rules", rules, "--tool", "phq9")
    assert read_norms(tmp_path / "again.json").content == read_norms(norms).content


def test_a_card_is_shown_as_tables_json_and_files(caseness, norms, tmp_path):
    shown = caseness("norms", "show", norms)
    for title in ("What was fitted", "What the bands held", "How often signals were right", "What they go by"):
        assert title in shown.out
    assert INTENDED_PURPOSE in shown.out
    assert MADE_UP in shown.out
    told = caseness("norms", "show", norms, "--json").json
    assert told["intended_purpose"] == INTENDED_PURPOSE
    assert told["norms"]["made_up"]
    caseness("norms", "show", norms, "--out", tmp_path / "card")
    assert sorted(path.name for path in (tmp_path / "card").iterdir()) == [
        "accuracy.csv", "coverage.csv", "norms.csv", "norms.json", "numbers.csv",
    ]  # fmt: skip
    for path in (tmp_path / "card").iterdir():
        assert MADE_UP in path.read_text(encoding="utf-8"), path.name


def test_made_up_norms_cannot_be_enabled_and_nothing_is_written(caseness, norms):
    before = norms.read_bytes()
    answer = caseness("norms", "enable", norms, "--officer", "A. Officer", "--on", "2025-04-01")
    assert answer.status == 24
    assert "people who do not exist" in answer.err
    assert norms.read_bytes() == before


def test_a_named_officer_enables_norms(caseness, real, grains):
    answer = caseness("norms", "enable", real, "--officer", "A. Officer", "--on", "2025-04-01")
    assert answer.status == 0
    assert "Enabled by A. Officer on 2025-04-01" in answer.out
    assert "Enabled by A. Officer" in real.with_suffix(".md").read_text(encoding="utf-8")
    listed = caseness("signals", grains, "--norms", real)
    assert "Enabled by A. Officer on 2025-04-01" in listed.out
    assert caseness("norms", "enable", real, "--officer", "A. Officer", "--on", "soon").status == 2


def test_norms_are_enabled_once_and_on_no_day_to_come(caseness, real):
    before = real.read_bytes()
    late = caseness("norms", "enable", real, "--officer", "A. Officer", "--on", "9999-01-01")
    assert (late.status, real.read_bytes()) == (24, before)
    assert "still to come" in late.err
    caseness("norms", "enable", real, "--officer", "A. Officer", "--on", "2025-04-01")
    before = real.read_bytes()
    again = caseness("norms", "enable", real, "--officer", "B. Officer", "--on", "2025-04-02")
    assert (again.status, real.read_bytes()) == (24, before)
    assert "enabled by A. Officer on 2025-04-01" in again.err


def test_norms_of_another_service_draw_nothing_outside_a_demonstration_and_are_told(caseness, real, grains):
    write_norms(replace(read_norms(real), providers=("RX9",)), real)
    caseness("norms", "enable", real, "--officer", "A. Officer", "--on", "2025-04-01")

    def ids(*more):
        answer = caseness("signals", grains, "--norms", real, "--json", *more)
        assert "are of RX9, and not of" in answer.err
        assert any("are of RX9, and not of" in note for note in answer.json["notes"])
        found = [signal for one in answer.json["courses"] for signal in one["signals"]]
        return {one["id"] for one in found}, {one["accuracy"] for one in found}

    assert "beyond-expected-band" not in ids()[0]
    assert ids()[1] == {"Not measured here."}
    assert "beyond-expected-band" in ids("--demonstration")[0]


def test_being_away_is_of_no_questionnaire(caseness, grains, tmp_path):
    caseness("signals", grains, "--out", tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out" / "signals.csv").read_text(encoding="utf-8").splitlines()))
    away = {row["questionnaire"] for row in rows if row["signal"] == "Not seen for a while"}
    others = {row["questionnaire"] for row in rows if row["signal"] != "Not seen for a while"}
    assert away == {""}
    assert others
    assert "" not in others


def test_a_practice_sheet_has_no_signals_yet(caseness):
    answer = caseness("signals", ROOT / "tests" / "fixtures" / "practice" / "core10.csv")
    assert answer.status == 21
    assert "practice: those have no signals yet" in answer.err


def test_a_file_that_was_changed_draws_nothing(caseness, norms, grains):
    told = json.loads(norms.read_text(encoding="utf-8"))
    told["content"]["norms"][0]["margins"][0][1] = 9.0
    norms.write_text(json.dumps(told), encoding="utf-8")
    for answer in (caseness("signals", grains, "--norms", norms), caseness("norms", "show", norms)):
        assert answer.status == 22
        assert "was changed after it was made" in answer.err


def test_signals_are_listed_with_what_they_are_for(caseness, grains):
    listed = caseness("signals", grains)
    assert "open courses" in listed.out
    assert INTENDED_PURPOSE in listed.out
    assert "Without norms no expected band is drawn" in listed.out
    assert "no item about risk can be looked at" in listed.out
    assert MADE_UP in listed.out
    assert "Beyond what is usual" not in listed.out
    told = caseness("signals", grains, "--json").json
    assert told["intended_purpose"] == INTENDED_PURPOSE
    first = told["courses"][0]
    assert set(first) == {"course", "questionnaire", "intensity", "signals"}
    assert set(first["signals"][0]) == {
        "id", "title", "why", "rests_on", "accuracy", "consider", "urgency", "since", "kind",
        "questionnaire",
    }  # fmt: skip


def test_bands_of_made_up_norms_are_drawn_in_a_demonstration_alone(caseness, grains, norms):
    def ids(*more):
        told = caseness("signals", grains, "--norms", norms, "--json", *more).json
        return {signal["id"] for one in told["courses"] for signal in one["signals"]}, told["notes"]

    without, notes = ids()
    assert "beyond-expected-band" not in without
    assert any("nobody can enable them" in note for note in notes)
    with_bands, notes = ids("--demonstration")
    assert "beyond-expected-band" in with_bands
    assert any(note.startswith("DEMONSTRATION") for note in notes)


def test_files_of_signals_say_what_they_are_for(caseness, grains, tmp_path):
    answer = caseness("signals", grains, "--out", tmp_path / "out")
    assert answer.status == 0
    for path in (tmp_path / "out").iterdir():
        text = path.read_text(encoding="utf-8")
        assert INTENDED_PURPOSE in text, path.name
        assert MADE_UP in text, path.name


def test_no_therapist_is_named_or_ranked_in_what_is_shown_of_signals_and_norms(
    caseness, grains, record, norms, tmp_path
):
    """Whoever saw a person is in the record, and in no form of a list of signals or of a card of norms."""
    whose = {row["CarePersLocalId"] for row in rows_of(record, "IDS202CareActivity")} - {None}
    assert len(whose) > 10
    shown = [caseness(*command, *how).out for how in ((), ("--json",)) for command in _shown(grains, norms)]
    for place, command in enumerate(_shown(grains, norms)):
        assert caseness(*command, "--out", tmp_path / f"out-{place}").status == 0
        shown += [path.read_text(encoding="utf-8") for path in (tmp_path / f"out-{place}").iterdir()]
    for text in shown:
        assert not whose & set(re.findall(r"\w+", text))
        for word in ("CarePersLocalId", "care_professional", "rank"):
            assert word not in text
        assert "therapist" not in re.sub(_NAMES_NOBODY, "", text).lower()


# The intended purpose, and an option of deriving by which somebody in two teams counts.
_NAMES_NOBODY = "says nothing of a therapist|latest-therapist"


def _shown(grains, norms):
    return ("signals", grains, "--norms", norms, "--demonstration"), ("norms", "show", norms)


def test_a_record_is_derived_where_it_was_not_and_norms_of_other_rules_are_told(caseness, real, record):
    answer = caseness("signals", record, "--norms", real, "--assume", "scores-of-follow-up=kept")
    assert "with other rules of deriving (scores-of-follow-up)" in answer.out


def test_slips_are_told_with_their_exit_codes(caseness, grains, norms, record, tmp_path):
    assert caseness("norms", "fit", grains, "--out", tmp_path / "n.json").status == 23
    assert caseness("norms", "fit", grains, "--out", tmp_path / "n.json", "--tool", "phq99").status == 10
    assert caseness("norms", "fit", record, "--out", record / "n.json").status == 15
    assert caseness("norms", "fit", tmp_path / "nowhere", "--out", tmp_path / "n.json").status == 21
    assert caseness("norms", "show", grains / "derive.json").status == 22
    assert caseness("signals", grains, "--demonstration").status == 2
    (tmp_path / "rules.toml").write_text("bnd = 1\n", encoding="utf-8")
    assert caseness("signals", grains, "--rules", tmp_path / "rules.toml").status == 25
    assert (
        caseness("norms", "fit", grains, "--out", tmp_path / "n.json", "--rules", tmp_path / "rules.toml").status == 25
    )


def test_what_is_enabled_or_is_something_else_is_not_written_over(caseness, real, grains, tmp_path):
    caseness("norms", "enable", real, "--officer", "A. Officer", "--on", "2025-04-01")
    answer = caseness("norms", "fit", grains, "--out", real)
    assert answer.status == 15
    assert "was enabled by A. Officer on 2025-04-01" in answer.err
    (tmp_path / "letter.json").write_text("mine", encoding="utf-8")
    assert caseness("norms", "fit", grains, "--out", tmp_path / "letter.json").status == 15
    assert (tmp_path / "letter.json").read_text(encoding="utf-8") == "mine"
    assert caseness("norms", "fit", grains, "--out", tmp_path / "norms.md").status == 2


def test_a_card_that_cannot_be_written_is_told(caseness, real):
    real.with_suffix(".md").unlink()
    real.with_suffix(".md").mkdir()
    answer = caseness("norms", "enable", real, "--officer", "A. Officer", "--on", "2025-04-01")
    assert answer.status == 15
    assert "The card" in answer.err
