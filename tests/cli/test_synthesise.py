"""The command that makes up a record"""

import json


def test_a_record_is_made_and_its_rows_and_errors_are_told(caseness, tmp_path):
    answer = caseness(
        "synthesise",
        "--referrals",
        60,
        "--months",
        2,
        "--seed",
        3,
        "--out",
        "made",
        "--truth",
        "truth",
        "--errors",
        0.02,
    )
    assert answer.status == 0
    assert "Synthetic record in made" in answer.out
    assert "no row is of a real person" in answer.out.lower()
    assert "end_code_blank" in answer.out
    names = sorted(path.name for path in (tmp_path / "made").iterdir())
    assert names == [
        "2024-04-primary",
        "2024-04-refresh",
        "2024-05-primary",
        "2024-05-refresh",
        "postcodes.csv",
        "synthetic.json",
    ]
    assert json.loads((tmp_path / "made" / "synthetic.json").read_text())["seed"] == 3
    assert sorted(path.name for path in (tmp_path / "truth").iterdir()) == [
        "planted_errors.parquet",
        "referrals.parquet",
    ]


def test_as_json(caseness):
    found = caseness(
        "synthesise", "--referrals", 30, "--months", 1, "--seed", 3, "--out", "made", "--shape", "service", "--json"
    ).json
    assert "SYNTHETIC" in found["synthetic"]
    assert found["rows"]["IDS000Header"] == 2


def test_wrong_arguments_are_told_without_a_trace(caseness, tmp_path):
    answer = caseness("synthesise", "--referrals", 0, "--seed", 1, "--out", "made")
    assert answer.status == 44
    assert "Ask for 1 to 5,000,000" in answer.err
    assert caseness("synthesise", "--referrals", 5, "--seed", 1, "--out", "made", "--shape", "town").status == 2
    assert caseness("synthesise", "--referrals", 5, "--out", "made").status == 2
    assert caseness("synthesise", "--referrals", 5, "--seed", 1, "--out", "made", "--first-month", "soon").status == 2
    assert not (tmp_path / "made").exists()


def test_a_folder_with_something_in_it_is_refused(caseness, tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("mine")
    answer = caseness("synthesise", "--referrals", 5, "--seed", 1, "--out", "made")
    assert answer.status == 15
    assert "not an empty folder" in answer.err


def test_the_truth_inside_the_record_is_refused(caseness, tmp_path):
    answer = caseness("synthesise", "--referrals", 5, "--seed", 1, "--out", "made", "--truth", "made/truth")
    assert answer.status == 44
    assert "must not find the truth in it" in answer.err
    assert not (tmp_path / "made").exists()


def test_a_country_holds_people_who_were_referred_before_and_a_service_begins_empty(caseness, tmp_path):
    for shape, lead_in in (("national", 12), ("service", 0)):
        caseness("synthesise", "--referrals", 60, "--months", 2, "--seed", 3, "--out", shape, "--shape", shape)
        assert json.loads((tmp_path / shape / "synthetic.json").read_text())["lead_in"] == lead_in
    caseness("synthesise", "--referrals", 60, "--months", 2, "--seed", 3, "--out", "own", "--lead-in", 3)
    assert json.loads((tmp_path / "own" / "synthetic.json").read_text())["lead_in"] == 3
