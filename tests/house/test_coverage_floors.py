"""The floors of coverage are held part by part, so that a well-covered room cannot hide a bare one."""

import json
import runpy

import pytest

from house.source_tree import ROOT

SCRIPT = ROOT / "scripts" / "coverage_floors.py"


def found(lines, of):
    summary = {"covered_lines": lines, "num_statements": of, "covered_branches": 0, "num_branches": 0}
    missing = {"missing_lines": of - lines, "missing_branches": 0}
    return {"summary": summary | missing, "missing_lines": [1], "missing_branches": []}


@pytest.fixture
def floors(tmp_path):
    """The script, pointed at a folder with figures of its own."""
    (tmp_path / "pyproject.toml").write_text(
        '[tool.caseness.coverage-floors]\n"caseness" = 90\n"caseness.stats" = 100\n'
    )
    main = runpy.run_path(str(SCRIPT))["main"]
    main.__globals__["ROOT"] = tmp_path

    def judge(**files):
        paths = {f"src/caseness/{name.replace('__', '/')}.py": figures for name, figures in files.items()}
        (tmp_path / "coverage.json").write_text(json.dumps({"files": paths}))
        return main()

    return judge


def test_every_floor_holds(floors):
    assert floors(stats__bounds=found(50, 50), audit=found(95, 100)) == 0


def test_one_line_of_a_part_with_a_floor_of_its_own_is_enough(floors, capsys):
    assert floors(stats__bounds=found(49, 50), audit=found(1000, 1000)) == 1
    assert "Below the floor:\ncaseness.stats\n  src/caseness/stats/bounds.py" in capsys.readouterr().out


def test_the_rest_may_lack_a_tenth(floors):
    assert floors(audit=found(90, 100)) == 0
    assert floors(audit=found(89, 100)) == 1
