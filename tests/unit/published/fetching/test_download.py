"""One file from a server that truncates, stalls, lies, redirects and changes its mind."""

import threading

import pytest

from caseness.published.fetching.failures import Refused, Stopped, Unreachable
from caseness.published.fetching.transport import LONGEST_WAIT, _follow, open_line
from unit.published.fetching.conftest import BODY, HASTY
from unit.published.fetching.server import Page

HALF = len(BODY) // 2


def asked_for(page):
    return [headers.get("Range") for headers in page.asked]


def test_a_file_arrives_whole(bring):
    body, version = bring()
    assert body == BODY
    assert (version.etag, version.total) == ('"one"', len(BODY))


def test_the_file_itself_is_asked_for_and_by_whom_is_said(bring, pages):
    bring()
    assert pages["/file.csv"].asked[0]["Accept-Encoding"] == "identity"
    assert pages["/file.csv"].asked[0]["User-Agent"].startswith("caseness/")


@pytest.mark.parametrize("fault", [{"cut": HALF}, {"stall": HALF}], ids=["dropped", "stalled"])
def test_what_breaks_off_is_taken_up_where_it_broke_off(bring, pages, fault):
    pages["/file.csv"].script = [fault, {}]
    assert bring()[0] == BODY
    assert asked_for(pages["/file.csv"]) == [None, f"bytes={HALF}-"]
    assert pages["/file.csv"].asked[1]["If-Range"] == '"one"'


def test_the_date_stands_in_for_a_weak_mark(bring, pages):
    page = pages["/file.csv"]
    page.etag, page.last_modified = 'W/"one"', "Mon, 06 Jul 2026 09:00:00 GMT"
    page.script = [{"cut": HALF}, {}]
    assert bring()[0] == BODY
    assert page.asked[1]["If-Range"] == page.last_modified


def test_without_a_mark_nothing_is_taken_up(bring, pages):
    pages["/file.csv"].etag = None
    pages["/file.csv"].script = [{"cut": HALF}, {}]
    assert bring()[0] == BODY
    assert asked_for(pages["/file.csv"]) == [None, None]


@pytest.mark.parametrize(
    "second",
    [{"ranges": False}, {"shift": 7}, {"body": BODY[::-1], "etag": '"two"'}],
    ids=["Range is ignored", "206 begins elsewhere", "another file by now"],
)
def test_a_rest_that_does_not_fit_starts_afresh(bring, pages, second):
    pages["/file.csv"].script = [{"cut": HALF}, second, {}]
    assert bring()[0] == pages["/file.csv"].body


def test_a_part_of_another_version_is_not_completed_even_if_the_server_says_so(bring, pages):
    pages["/file.csv"].script = [{"cut": HALF}, {"headers": {"ETag": '"two"'}}, {}]
    assert bring()[0] == BODY
    assert asked_for(pages["/file.csv"]) == [None, f"bytes={HALF}-", None]


def test_a_file_that_always_breaks_off_is_refused_with_how_far_it_came(bring, pages):
    pages["/file.csv"].script = [{"cut": 1000, "ranges": False}]
    with pytest.raises(Refused, match=r"broke off after|broke in the middle") as refused:
        bring()
    assert "3 tries" in str(refused.value)
    assert bring.part.size == 1000


def test_more_said_than_there_is_is_refused(bring, pages):
    pages["/file.csv"].script = [{"said": len(BODY) + 10}]
    with pytest.raises(Refused, match="tries"):
        bring()


def test_less_said_than_there_is_is_refused_and_nothing_kept(bring, pages):
    pages["/file.csv"].script = [{"said": len(BODY) - 10}]
    with pytest.raises(Refused, match="more bytes than it said"):
        bring()
    assert bring.part.size == 0


@pytest.mark.parametrize("behaviour", [{"chunked": True}, {"said": "nothing"}], ids=["chunked", "no length"])
def test_a_file_of_unsaid_length_arrives(bring, pages, behaviour):
    pages["/file.csv"].script = [behaviour]
    assert bring()[0] == BODY


def test_a_table_of_unsaid_length_that_ends_within_a_line_is_refused_and_nothing_kept(bring, pages):
    pages["/file.csv"].body = b"a,b\n" * 100 + b"1,23"
    pages["/file.csv"].script = [{"said": "nothing"}]
    with pytest.raises(Refused, match="ends in the middle of a line"):
        bring()
    assert bring.part.size == 0
    pages["/file.csv"].script = [{"chunked": True}]
    assert bring()[0] == pages["/file.csv"].body, "chunks say where a file ends"


@pytest.mark.parametrize("behaviour", [{}, {"chunked": True}], ids=["said", "unsaid"])
def test_a_file_larger_than_any_release_is_refused(bring, pages, behaviour):
    pages["/file.csv"].script = [behaviour]
    with pytest.raises(Refused, match="no release is larger"):
        bring(limit=1000)
    assert bring.part.size == 0


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "0"}, {"Retry-After": "soon"}], ids=["none", "0", "nonsense"])
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_server_is_asked_again(bring, pages, status, headers):
    pages["/file.csv"].script = [{"status": status, "headers": headers}, {}]
    assert bring()[0] == BODY
    assert len(pages["/file.csv"].asked) == 2


def test_retry_after_is_waited_for(bring, pages, monkeypatch):
    waits = []
    monkeypatch.setattr("time.sleep", waits.append)
    pages["/file.csv"].script = [{"status": 503, "headers": {"Retry-After": "7"}}, {}]
    assert bring()[0] == BODY
    assert 7 in waits


def test_a_server_that_asks_for_a_long_wait_is_taken_at_its_word(bring, pages):
    pages["/file.csv"].script = [{"status": 503, "headers": {"Retry-After": str(LONGEST_WAIT + 1)}}]
    with pytest.raises(Refused, match="asks to wait 121 seconds"):
        bring()


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (404, "no file at this address"),
        (410, "no file"),
        (403, "hand the file out"),
        (503, "busy"),
        (400, "is no file"),
    ],
)
def test_each_refusal_says_what_it_means(bring, pages, status, says):
    pages["/file.csv"].script = [{"status": status}]
    with pytest.raises(Refused, match=says) as refused:
        bring()
    assert str(status) in refused.value.what
    assert refused.value.advice


def test_a_redirect_is_followed_and_its_end_is_noted(bring, pages, base):
    pages["/old.csv"] = Page(script=[{"status": 301, "headers": {"Location": "/file.csv"}}])
    body, version = bring("/old.csv")
    assert (body, version.url) == (BODY, f"{base}/file.csv")


def test_a_ring_of_redirects_is_left(bring, pages):
    pages["/ring.csv"] = Page(script=[{"status": 302, "headers": {"Location": "/ring.csv"}}])
    with pytest.raises(Refused, match="redirects more than 5 times"):
        bring("/ring.csv")


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://example.org/a.csv", "data:text/csv,a", "http://name:word@127.0.0.1/", "http://[/"],
)
def test_a_redirect_out_of_the_web_is_not_followed(bring, pages, location):
    pages["/away.csv"] = Page(script=[{"status": 302, "headers": {"Location": location}}])
    with pytest.raises(Refused, match="no plain web address"):
        bring("/away.csv")


def test_encryption_is_never_given_up():
    with pytest.raises(Refused, match="from https to http"):
        _follow("https://files.example.org/a.csv", "http://files.example.org/a.csv")
    assert _follow("https://a.example.org/b", "//c.example.org/d") == "https://c.example.org/d"


def test_a_compressed_answer_is_refused(bring, pages):
    pages["/file.csv"].script = [{"headers": {"Content-Encoding": "gzip"}}]
    with pytest.raises(Refused, match="compressed"):
        bring()


def test_an_unchanged_file_is_not_sent_again(bring):
    assert bring(known={"If-None-Match": '"one"'}) is None


def test_a_part_that_is_whole_is_confirmed_by_its_last_byte(bring, pages):
    bring()
    assert bring()[0] == BODY
    assert asked_for(pages["/file.csv"]) == [None, f"bytes={len(BODY) - 1}-"]


def test_a_part_without_its_note_is_thrown_away(bring, pages):
    bring()
    bring.part.path.with_name("file.part.json").write_text("{")
    assert bring()[0] == BODY
    assert asked_for(pages["/file.csv"]) == [None, None]


def test_a_part_longer_than_the_file_starts_afresh(bring, pages):
    bring()
    pages["/file.csv"].body = BODY[:100]
    assert bring()[0] == BODY[:100]


def test_a_stop_keeps_what_has_arrived(bring):
    stop = threading.Event()
    stop.set()
    with pytest.raises(Stopped):
        bring(stop=stop)
    assert 0 < bring.part.size < len(BODY)


def test_a_stop_ends_the_pause_between_tries(bring, pages):
    stop = threading.Event()
    stop.set()
    pages["/file.csv"].script = [{"cut": 0}]
    with pytest.raises(Stopped):
        bring(stop=stop)


def test_a_host_that_is_not_there_is_told_apart(tmp_path):
    line = open_line(HASTY, 1)
    with pytest.raises(Unreachable, match=r"no connection to 127\.0\.0\.1:9 could be made"):
        line.ask("http://127.0.0.1:9/file.csv", {})


def test_a_host_that_speaks_no_tls_is_told_apart(base):
    with pytest.raises(Unreachable, match="certificate"):
        open_line(HASTY, 1).ask(base.replace("http:", "https:") + "/file.csv", {})


def test_silence_before_an_answer_is_told(bring, pages):
    pages["/file.csv"].script = [{"cut": 0, "stall": 0, "said": "nothing"}]
    with pytest.raises(Refused):
        bring()


def test_a_proxy_of_the_environment_is_used_but_not_for_this_machine(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "direct.example.org")
    line = open_line(HASTY, 1)
    assert line._pool_for("https://files.example.org/a") is not line.pool
    assert line._pool_for("https://direct.example.org/a") is line.pool
    assert line._pool_for("http://127.0.0.1:8000/a") is line.pool
    with pytest.raises(Unreachable, match="proxy"):
        line.ask("https://files.example.org/a", {})
