"""Archives that try to reach outside, to fill the disk, or that are simply broken."""

import io
import stat
import zipfile
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseness.published.fetching.archives import Limits, Room, parts_of, unpack_zip
from caseness.published.fetching.failures import Refused
from caseness.published.fetching.rar import find_opener, unpack_rar
from caseness.published.fetching.safe_names import flat_names, safe_name

NAMES = st.text(st.characters() | st.sampled_from("./\\:~\0"), min_size=1, max_size=40)


def zipped(*members):
    """A zip archive in memory, of pairs of name (or ZipInfo) and content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def unpack(tmp_path):
    """Unpacks bytes as a zip archive, and gives the files by name."""
    into = tmp_path / "into"
    into.mkdir()

    def run(content, **limits):
        (tmp_path / "a.zip").write_bytes(content)
        files = unpack_zip(tmp_path / "a.zip", into, Limits(**limits))
        return {path.name: path.read_bytes() for path in files}

    return run


def test_files_of_nested_folders_come_side_by_side(unpack):
    content = zipped(("a/x.csv", "1"), ("b/X.csv", "2"), ("c/", ""), ("y.csv", "3"), ("__MACOSX/._y.csv", "no"))
    assert unpack(content) == {"x.csv": b"1", "b-X.csv": b"2", "y.csv": b"3"}


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "..\\x", "\\x", "C:\\x", "C:x", "\\\\host\\share\\x"])
def test_a_name_that_leads_out_is_refused_as_a_whole(unpack, tmp_path, name):
    with pytest.raises(Refused, match="leads out"):
        unpack(zipped(("good.csv", "1"), (zipfile.ZipInfo(name), "2")))
    assert list((tmp_path / "into").iterdir()) == []


def test_a_link_is_refused(unpack):
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with pytest.raises(Refused, match="link or device"):
        unpack(zipped((link, "/etc/passwd")))


def test_a_bomb_is_refused_by_what_it_says(unpack):
    with pytest.raises(Refused, match="fill a disk"):
        unpack(zipped(("a.csv", b"0" * 2_000_000)), ratio_from_bytes=1_000_000)


def test_what_is_unpacked_is_counted_whatever_was_said():
    room = Room(10)
    room.take(10)
    with pytest.raises(Refused, match="more than any release"):
        room.take(1)


@pytest.mark.parametrize(
    ("members", "limits", "says"),
    [
        ([("a", "1"), ("b", "2")], {"members": 1}, "holds 2 files"),
        ([("a", "12345")], {"total_bytes": 4}, "fill a disk"),
        ([], {}, "no file"),
        ([("a/", "")], {}, "no file"),
    ],
    ids=["too many", "too much", "empty", "only folders"],
)
def test_what_no_release_holds_is_refused(unpack, members, limits, says):
    with pytest.raises(Refused, match=says):
        unpack(zipped(*members), **limits)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_one_name_are_refused(unpack):
    with pytest.raises(Refused, match="two files of the same name"):
        unpack(zipped(("a", "1"), ("a", "2")))


@pytest.mark.parametrize("cut", [30, 60, -5])
def test_a_damaged_archive_is_refused(unpack, cut):
    with pytest.raises(Refused, match="damaged"):
        unpack(zipped(("a.csv", b"1,2\n" * 100))[:cut])


def test_a_changed_byte_is_seen(unpack):
    content = bytearray(zipped(("a.csv", bytes(range(256)) * 4)))
    content[60] ^= 0xFF
    with pytest.raises(Refused, match="damaged"):
        unpack(bytes(content))


def test_a_locked_archive_is_refused(unpack):
    content = bytearray(zipped(("a.csv", "1")))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Refused, match="password"):
        unpack(bytes(content))


@given(st.lists(st.lists(NAMES, min_size=1, max_size=3), min_size=1, max_size=6))
def test_every_name_is_safe_everywhere_and_no_two_are_alike(paths):
    names = flat_names(paths)
    assert len({name.casefold() for name in names}) == len(paths)
    for name in names:
        assert Path(name).name == PureWindowsPath(name).name == name
        assert not PureWindowsPath(name).is_reserved()
        assert not name.startswith(".")
        assert name == name.rstrip(" .")
        assert 0 < len(name.encode()) <= 160


@given(NAMES)
def test_a_safe_name_stays_as_it_is(name):
    assert safe_name(safe_name(name)) == safe_name(name)


@given(NAMES)
def test_no_member_leads_out_of_its_folder(name):
    try:
        parts = parts_of(name)
    except Refused:
        return
    assert ".." not in parts
    place = Path("/top/folder")
    assert (place / safe_name(parts[-1])).resolve().parent == place


@pytest.fixture
def opener(tmp_path, monkeypatch):
    """A stand-in for bsdtar, made of a shell script: opener("echo 1 > a.csv") runs in the folder to unpack into."""

    def make(script):
        folder = tmp_path / "bin"
        folder.mkdir()
        program = folder / "bsdtar"
        program.write_text(f'#!/bin/sh\ncd "$4" || exit 1\n{script}\n')
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
        (tmp_path / "into").mkdir()
        (tmp_path / "a.rar").write_bytes(b"Rar!\x1a\x07\x00")
        return unpack_rar(tmp_path / "a.rar", tmp_path / "into", find_opener() or "", Limits(members=3, total_bytes=9))

    return make


def test_a_rar_archive_is_opened_by_a_program_of_the_machine(opener):
    files = opener("mkdir d; echo 1 > d/a.csv; echo 2 > .hidden")
    assert [(path.name, path.read_text()) for path in files] == [("a.csv", "1\n")]


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exit 3", "could not open"),
        ("ln -s /etc/passwd a.csv", "link"),
        ("true", "no file"),
        ("touch a b c d", "holds 4 files"),
        ("echo 0123456789 > a", "more than any release"),
    ],
)
def test_what_a_program_unpacks_is_looked_at(opener, script, says):
    with pytest.raises(Refused, match=says):
        opener(script)
