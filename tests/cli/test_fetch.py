"""`caseness fetch`, as a user meets it, against a server of this machine."""

import csv
import json
from urllib.parse import urlsplit

import pytest

from caseness.published.fetching.addresses import all_addresses, choose
from unit.published.fetching.server import Page, serving


@pytest.fixture
def month(repository):
    """A monthly file."""
    return (repository / "tests" / "fixtures" / "releases" / "monthly_2021-06_reconstructed.csv").read_bytes()


@pytest.fixture
def base(month):
    """A server that has June 2021 and nothing else."""
    (address,) = choose("monthly", ["2021-06"]).addresses
    with serving({urlsplit(address.url).path: Page(month)}) as found:
        yield found


def test_the_addresses_are_those_of_the_shared_list(shared_data):
    with (shared_data / "published" / "release_urls.csv").open() as stream:
        rows = [tuple(row.values()) for row in csv.DictReader(stream)]
    assert [(one.dataset, one.period, one.url) for one in all_addresses()] == rows


def test_a_release_is_fetched_and_then_read(caseness, base):
    answer = caseness("fetch", "monthly", "--period", "2021-06", "--base", base)
    assert answer.status == 0, answer.err
    assert "1 monthly file: fetching 1 into releases." in answer.err
    assert "2021-06  fetched" in answer.out
    shown = caseness("releases", "show", "releases")
    assert "monthly/2021-06/iapt-month-jun-2021-final-data.csv" in shown.out
    assert "it is the list of what was fetched" in shown.out
    again = caseness("fetch", "monthly", "--period", "June 2021", "--base", base)
    assert "1 already there: fetching 0" in again.err
    assert "was here" in again.out


def test_what_fails_is_told_at_the_end_and_the_rest_stays(caseness, base):
    answer = caseness("fetch", "monthly", "--period", "2021-06", "--period", "2021-07", "--base", base)
    assert answer.status == 19
    assert "1 of 2 files could not be fetched; 1 is in releases" in answer.err
    assert "monthly 2021-07 from http://127.0.0.1" in answer.err
    assert "status 404" in answer.err


def test_json_is_all_that_is_printed(caseness, base):
    answer = caseness("fetch", "monthly", "--period", "2021-06", "--base", base, "--json")
    (one,) = json.loads(answer.out)
    assert (one["what"], one["period"], one["failure"]) == ("fetched", "2021-06", None)


def test_the_list_fetches_nothing(caseness, tmp_path):
    answer = caseness("fetch", "annual", "--list")
    assert answer.status == 0
    assert "8 annual files" in answer.out
    assert "Open Government Licence v3.0, NHS England" in answer.out
    assert "not yet" in answer.out
    assert list(tmp_path.iterdir()) == []
    plain = caseness("fetch", "outcomes", "--period", "2024-25", "--list", "--json").json
    assert [one["state"] for one in plain] == ["missing"]


def test_a_year_of_monthly_files_is_its_months(caseness):
    assert "12 monthly files" in caseness("fetch", "monthly", "--period", "2024-25", "--list").out
    begun = caseness("fetch", "monthly", "--period", "2020-21", "--list")
    assert "3 monthly files" in begun.out
    assert "2020-12 is not in the list" in begun.err


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (("monthly", "--period", "2020-04"), 10, "The list has monthly files from 2021-01 to 2026-05"),
        (("annual", "--period", "2024-26"), 10, "Did you mean '2024-25'"),
        (("annual", "--period", "2024-04"), 10, "April 2024 lies in 2024-25"),
        (("annual", "--period", "2024"), 10, "write the one you mean"),
        (("yearly",), 2, "is not one of 'monthly', 'annual', 'outcomes'"),
        ((), 2, "Missing argument"),
        (("monthly", "--workers", "0"), 2, "1<=x<=16"),
        (("monthly", "--timeout", "0"), 2, "1<=x<=600"),
        (("monthly", "--base", "mirror"), 2, "is not the beginning of a web address"),
        (("monthly", "--base", "file:///tmp"), 2, "is not the beginning of a web address"),
        (("monthly", "--base", "http://a:b@c"), 2, "no password"),
        (("monthly", "--base", "http://a:port"), 2, "is not the beginning of a web address"),
    ],
)
def test_wrong_arguments_are_told(caseness, args, status, says, tmp_path):
    answer = caseness("fetch", *args)
    assert answer.status == status
    assert says in " ".join(answer.err.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_told(caseness, tmp_path, base):
    (tmp_path / "file").write_text("")
    answer = caseness("fetch", "monthly", "--period", "2021-06", "--to", "file", "--base", base)
    assert answer.status == 15
    assert "Choose another folder with --to" in answer.err


def test_ctrl_c_says_that_it_can_be_run_again(caseness, base, monkeypatch):
    def interrupted(*args):
        raise KeyboardInterrupt

    monkeypatch.setattr("caseness.cli.fetch.fetch", interrupted)
    answer = caseness("fetch", "monthly", "--period", "2021-06", "--base", base)
    assert answer.status == 130
    assert "run the same command again" in answer.err
