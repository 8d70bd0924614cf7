"""`caseness synthesise --report`: a made-up record beside the published figures."""

import io
import json
from contextlib import redirect_stdout

import pytest

from caseness.cli import main


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    asked = ["synthesise", "--referrals", "3000", "--months", "13", "--seed", "3", "--workers", "1", "--lead-in", "0"]
    printed = io.StringIO()
    with redirect_stdout(printed), pytest.raises(SystemExit) as ended:
        main([*asked, "--out", str(folder / "record"), "--report", str(folder / "page")])
    assert not ended.value.code
    content = json.loads((folder / "page" / "margins.json").read_text(encoding="utf-8"))
    return printed.getvalue(), {margin["name"]: margin for margin in content["margins"]}


def test_the_command_names_the_margins_that_are_off(compared):
    output, margins = compared
    off = sum(margin["verdict"].startswith("off") for margin in margins.values())
    known = sum(margin["distance"] is not None for margin in margins.values())
    assert f"Margins that are off: {off} of {known}" in output
    assert "SYNTHETIC. The page, margins.html, is in" in output


def test_submission_windows_are_read_as_they_were_made(compared):
    """Every referral of three thousand is there once, in its latest version."""
    _, margins = compared
    assert 2900 <= margins["gender"]["rows"] <= 3000
    assert margins["stage.at_end"]["rows"] > 1500
    assert margins["season"]["distance"] < 0.15


def test_providers_are_compared_where_there_are_enough(compared):
    _, margins = compared
    assert margins["spread.ended_before"]["rows"] > 500


def test_what_the_generator_takes_from_the_facts_comes_out_again(compared):
    """Attendance, medium and gender are drawn from the facts as they stand."""
    _, margins = compared
    for name in ("attendance", "medium", "gender"):
        assert margins[name]["verdict"].startswith("within"), margins[name]
