"""A submission is known by its header row: window, latest version, and order."""

from datetime import date, datetime

import pytest

from caseness.errors import UnreadableRecord
from caseness.read.submissions import window_of
from made_up_record import HEADER, PATIENTS, cells_of, header, read_places


@pytest.mark.parametrize(
    ("end", "created", "window"),
    [
        ("2025-04-30", "2025-05-01", "primary"),
        ("2025-04-30", "2025-05-31", "primary"),
        ("2025-04-30", "2025-06-01", "refresh"),
        ("2025-04-30", "2025-07-01", "outside"),
        ("2025-04-30", "2025-04-30", "outside"),
        ("2025-12-31", "2026-01-20", "primary"),
        ("2025-12-31", "2026-02-20", "refresh"),
        ("2025-12-31", "2025-01-20", "outside"),
    ],
)
def test_the_window_follows_from_the_months(end, created, window):
    assert window_of(date.fromisoformat(end), datetime.fromisoformat(created)) == window


def read(tmp_path, *headers):
    return read_places(tmp_path, {f"place {number}": {"IDS000": one} for number, one in enumerate(headers, start=1)})


def latest(record):
    return [(one.id, one.window) for one in record.submissions if one.is_latest]


def test_the_refresh_counts_where_there_is_one(tmp_path):
    record = read(tmp_path, header(created="2025-06-12"), header(created="2025-05-12"))
    assert [one.place for one in record.submissions] == ["place 2", "place 1"]
    assert latest(record) == [(2, "refresh")]


def test_the_last_file_of_a_window_counts(tmp_path):
    record = read(tmp_path, header(created="2025-05-12 09:00"), header(created="2025-05-12 10:00"))
    assert latest(record) == [(2, "primary")]


def test_one_that_was_never_let_in_does_not_count_beside_one_that_was(tmp_path):
    record = read(tmp_path, header(created="2025-05-12"), header(created="2026-01-12"))
    assert latest(record) == [(1, "primary")]
    assert any(note.startswith("1 of 2 submissions were made outside both windows") for note in record.notes)


def test_where_none_was_let_in_the_last_counts(tmp_path):
    record = read(tmp_path, header(created="2026-01-12"), header(created="2026-02-12"))
    assert latest(record) == [(2, "outside")]


def test_each_provider_and_month_has_its_own_latest(tmp_path):
    record = read(
        tmp_path,
        header(provider="ZZ8"),
        header(provider="ZZ9"),
        header(created="2025-06-12", start="2025-05-01", end="2025-05-31"),
    )
    assert [(one.id, one.provider, one.period_start.month) for one in record.submissions] == [
        (1, "ZZ8", 4),
        (2, "ZZ9", 4),
        (3, "ZZ9", 5),
    ]
    assert [number for number, _ in latest(record)] == [1, 2, 3]


def test_rows_of_every_submission_are_kept_not_of_the_latest_only(tmp_path):
    """A contact flows in its own month only, so the history across months lies in all of them."""
    places = {
        "b": {"IDS000": header(created="2025-05-12"), "IDS001": PATIENTS},
        "a": {"IDS000": header(created="2025-06-12"), "IDS001": PATIENTS},
    }
    record = read_places(tmp_path, places)
    assert [row["row_id"] for row in cells_of(record, "IDS001")] == [1000000001, 1000000002, 2000000001, 2000000002]


def test_a_copied_submission_is_said(tmp_path):
    record = read(tmp_path, header(), header())
    assert latest(record) == [(2, "primary")]
    assert any("Submissions 1, 2 have the same header" in note for note in record.notes)


def test_many_copies_are_not_all_named(tmp_path):
    record = read(tmp_path, *[header()] * 11)
    assert any("1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and more have" in note for note in record.notes)


def test_the_name_of_a_folder_says_nothing(tmp_path):
    record = read_places(tmp_path, {"2019-01": {"IDS000": HEADER}})
    assert record.submissions[0].period_start == date(2025, 4, 1)


def test_a_header_with_a_bad_date_is_refused(tmp_path):
    with pytest.raises(UnreadableRecord, match="ReportingPeriodEndDate: not a date"):
        read(tmp_path, header(end="2025-04-31"))


def test_a_header_that_does_not_say_whose_it_is_is_refused(tmp_path):
    with pytest.raises(UnreadableRecord, match="says nothing in OrgIDProv, DateTimeDatSetCreate"):
        read(tmp_path, header(provider="", created=""))


def test_there_is_a_limit_to_headers(tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.read.submissions.HEADER_ROWS", 0)
    with pytest.raises(UnreadableRecord, match="more than 0 header rows"):
        read(tmp_path, header())


def test_numbers_follow_the_month_of_making_then_period_provider_and_time(tmp_path):
    may = {"start": "2025-05-01", "end": "2025-05-31"}
    record = read(
        tmp_path,
        header(created="2025-06-20", provider="AA1"),
        header(created="2025-06-01", provider="AA1", **may),
        header(created="2025-06-30", provider="AA1"),
        header(created="2025-06-02"),
        header(created="2025-05-31"),
    )
    assert [one.place for one in record.submissions] == ["place 5", "place 1", "place 3", "place 4", "place 2"]
    assert latest(record) == [(3, "refresh"), (4, "refresh"), (5, "primary")]
