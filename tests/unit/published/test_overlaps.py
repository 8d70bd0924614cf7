"""Two releases of the same figures: which is used, and what changed"""

from datetime import date

import pytest

from caseness.published import list_revisions, list_revisions_within, open_releases, scan_releases
from caseness.published.overlaps import Contender, settle
from caseness.published.survey import Held
from caseness.results import Selection

JUNE, JULY = date(2021, 6, 1), date(2021, 7, 1)


def held(*figures, start=JUNE, level="provider", cells=10):
    return tuple(Held(figure, start, level, cells) for figure in figures)


def test_the_release_that_reaches_further_wins():
    older = Contender("older", "monthly", held("M001", cells=99))
    newer = Contender("a newer one", "monthly", held("M001") + held("M001", start=JULY))
    settled = settle([older, newer])
    assert settled.lost == {"older": frozenset({("M001", JUNE, "provider")})}
    assert "older and a newer one both print 1 figures of 1 periods (2021-06 to 2021-06)" in settled.notes[0]


def test_of_two_that_reach_as_far_the_fuller_wins_figure_by_figure():
    one = Contender("one", "monthly", held("M001", cells=20) + held("M076", cells=5))
    other = Contender("other", "monthly", held("M001", cells=10) + held("M076", cells=6))
    assert settle([one, other]).lost == {
        "other": frozenset({("M001", JUNE, "provider")}),
        "one": frozenset({("M076", JUNE, "provider")}),
    }


@pytest.mark.parametrize(("loser", "winner"), [("month-v9", "month-v10"), ("month", "month-v2"), ("a", "b")])
def test_of_two_alike_the_last_version_wins(loser, winner):
    contenders = [Contender(name, "monthly", held("M001")) for name in (winner, loser)]
    assert set(settle(contenders).lost) == {loser}
    assert set(settle(contenders[::-1]).lost) == {loser}


def test_a_level_that_only_one_prints_is_kept_from_it():
    tidy = Contender("tidy", "monthly", held("M001") + held("M001", start=JULY))
    raw = Contender("raw", "monthly", held("M001") + held("M001", level="sub-icb"))
    assert settle([tidy, raw]).lost == {"raw": frozenset({("M001", JUNE, "provider")})}


def test_releases_of_different_datasets_do_not_overlap():
    assert settle([Contender("a", "monthly", held("M001")), Contender("b", "annual", held("M001"))]).lost == {}


@pytest.fixture
def two_versions(write, month, england, provider):
    other = provider.replace("RP7", "NMG")
    write(
        "month-v1.csv",
        month((england, "M001", "100"), (provider, "M001", "50"), (provider, "M076", "*"), (other, "M001", "10")),
    )
    write(
        "month-v2.csv",
        month((england, "M001", "100"), (provider, "M001", "55"), (provider, "M076", "5"), (provider, "M031", "20")),
    )
    return ("month-v1.csv", "month-v2.csv")


def test_the_figures_of_the_winner_are_used(two_versions, tmp_path):
    releases = open_releases(tmp_path)
    rows = releases.select(Selection(organisations=("RP7",))).table.to_pylist()
    # M001 is fuller in the first version; M076 is as full in both.
    assert {(row["figure_id"], row["value"]) for row in rows} == {("M001", 50.0), ("M076", 5.0), ("M031", 20.0)}
    assert sum("both print" in note for note in releases.notes) == 2


def changes(revisions):
    return {(one.kind, one.figure_id, one.organisation, one.before, one.after) for one in revisions.cells}


def test_revisions_list_exactly_what_changed(two_versions, tmp_path):
    before, after = (open_releases(tmp_path / name) for name in two_versions)
    revisions = list_revisions(before, after)
    assert changes(revisions) == {
        ("changed", "M001", "RP7", "50", "55"),
        ("changed", "M076", "RP7", "*", "5"),
        ("disappeared", "M001", "NMG", "10", None),
    }
    assert revisions.compared == 4
    assert revisions.figures_appeared == (("M031", JUNE),)
    assert revisions.figures_disappeared == ()
    assert {(one.basis, one.period_start, one.level, one.groups) for one in revisions.cells} == {
        ("monthly file", JUNE, "provider", ())
    }


def test_revisions_read_backwards_are_the_same_changes(two_versions, tmp_path):
    before, after = (open_releases(tmp_path / name) for name in two_versions)
    back = list_revisions(after, before)
    assert ("appeared", "M001", "NMG", None, "10") in changes(back)
    assert back.figures_disappeared == (("M031", JUNE),)


def test_a_release_compared_with_itself_shows_no_change(releases_folder):
    path = releases_folder / "annual_main_2024-25_reconstructed.csv"
    revisions = list_revisions(open_releases(path), open_releases(path))
    assert revisions.compared > 3000
    assert (revisions.cells, revisions.figures_appeared, revisions.figures_disappeared) == ((), (), ())


def test_releases_of_different_months_have_nothing_to_compare(releases_folder):
    one, other = (
        open_releases(releases_folder / f"monthly_{month}_reconstructed.csv") for month in ("2021-06", "2022-07")
    )
    assert list_revisions(one, other).compared == 0


def test_revisions_within_a_folder_set_what_was_given_up_beside_what_is_used(two_versions, tmp_path):
    revisions = list_revisions_within(open_releases(tmp_path))
    assert changes(revisions) == {
        ("changed", "M001", "RP7", "55", "50"),
        ("changed", "M076", "RP7", "*", "5"),
        ("appeared", "M001", "NMG", None, "10"),
    }


def test_a_figure_that_was_given_up_is_scanned_once(write, month, england, tmp_path):
    lines = [(england, "M076", "100"), (england, "M179", "0"), (england, "M191", "50"), (england, "M192", "50.0")]
    for name in ("month-v1.csv", "month-v2.csv"):
        write(name, month(*lines))
    assert scan_releases(open_releases(tmp_path)).cells == 1
