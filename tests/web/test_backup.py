"""A backup that comes back whole, and one that does not fit, which changes nothing."""

import io
import stat
import tarfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.db import connection

from caseness.errors import CannotBackUp, CannotRestore
from caseness.web.accounts.models import User
from caseness.web.caseload.models import Score
from caseness.web.events.models import Kind, record_event
from caseness.web.operation.archive import backups_in, last_backup, remove_old
from caseness.web.operation.backup import write_backup
from caseness.web.operation.readiness import missing_migrations
from caseness.web.operation.restore import restore_backup
from caseness.web.operation.sealing import read_identities
from web.people import make_course, make_member, make_referral, make_service

NOW = datetime(2026, 3, 20, 4, 5, 6, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)
LEFT_OUT = {"django_session", "cache"}


@pytest.fixture(scope="module")
def key():
    """A key of age, as text: secret and public."""
    identity = pyrage.x25519.Identity.generate()
    return str(identity), str(identity.to_public())


@pytest.fixture
def record(settings, tmp_path):
    """A service with a course, an event and a kept file."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files" / "letters").mkdir(parents=True)
    (tmp_path / "files" / "letters" / "one.txt").write_text("A letter")
    member = make_member(make_service(), name="Zoë O'Hara")
    make_course(make_referral(member.service, member), [18, 15, 9])
    record_event(Kind.READ, "client", service=member.service.key, by=member.user.key)


@pytest.fixture
def backup(record, key, tmp_path):
    return write_backup(tmp_path / "backups", [key[1]], NOW).path


def all_rows():
    """Every table but those left out, as it lies."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - LEFT_OUT):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


def change_everything():
    Score.objects.all().delete()
    User.objects.update(name="Somebody else")
    make_service("Another")
    (Path(settings.MEDIA_ROOT) / "letters" / "one.txt").write_text("Another letter")


def restore(path, key, replace=True):
    return restore_backup(path, read_identities(f"# created\n{key[0]}\n"), replace=replace)


def test_what_was_backed_up_comes_back_whole(backup, key):
    before = all_rows()
    change_everything()
    assert all_rows() != before
    done = restore(backup, key)
    assert all_rows() == before
    assert done.rows == sum(len(rows) for rows in before.values())
    assert (Path(settings.MEDIA_ROOT) / "letters" / "one.txt").read_text() == "A letter"
    assert not missing_migrations()
    # Rows go on counting where they ended, and events are still only added.
    assert make_service("Later").pk
    with pytest.raises(Exception, match="events are only added"), connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_event")


def test_only_the_owner_may_read_it_and_nothing_in_it_is_plain(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    content = backup.read_bytes()
    assert content.startswith(b"age-encryption.org/v1")
    assert not [word for word in (b"O'Hara", b"SQLite", b"letters", b"phq9") if word in content]
    assert [path.name for path in backup.parent.iterdir()] == [backup.name]


def damaged(content):
    return content[:-100] + bytes([content[-100] ^ 1]) + content[-99:]


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (damaged, "damaged or not whole"),
        (lambda content: content[: len(content) // 2], "damaged or not whole"),
        (lambda content: content[:-1], "damaged or not whole"),
        (lambda content: b"", "damaged or not whole"),
        (lambda content: b"not a backup at all" * 100, "damaged or not whole"),
    ],
    ids=["damaged", "half", "last byte", "empty", "other"],
)
def test_what_is_damaged_changes_nothing(backup, key, harm, told):
    backup.write_bytes(harm(backup.read_bytes()))
    before = all_rows()
    with pytest.raises(CannotRestore, match=told):
        restore(backup, key)
    assert all_rows() == before
    assert (Path(settings.MEDIA_ROOT) / "letters" / "one.txt").read_text() == "A letter"


def test_another_key_changes_nothing(backup):
    before = all_rows()
    with pytest.raises(CannotRestore, match="its key is not among those given"):
        restore(backup, [str(pyrage.x25519.Identity.generate())])
    assert all_rows() == before


def test_a_database_that_is_not_empty_is_replaced_only_where_asked(backup, key):
    before = all_rows()
    with pytest.raises(CannotRestore, match="--replace"):
        restore(backup, key, replace=False)
    assert all_rows() == before


def sealed_members(path, key, members):
    """A file that fits the key, made by somebody else."""
    made = io.BytesIO()
    with tarfile.open(mode="w", fileobj=made) as tar:
        for name, content in members:
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    path.write_bytes(pyrage.encrypt(made.getvalue(), [pyrage.x25519.Recipient.from_str(key[1])]))


END = b'{"rows": {}, "files": 0}'
ABOUT = b'{"format": 1, "version": "9.9.9", "database": "%s", "tables": {}, "at": "", "migrations": %s}'


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ([("end.json", b"{}")], "no backup of this application"),
        ([("about.json", b'{"format": 7}'), ("end.json", END)], "does not know"),
        ([("about.json", ABOUT % (b"oracle", b"[]")), ("end.json", END)], "is of a oracle database"),
        ([("about.json", ABOUT % (b"HERE", b'[["events", "0999_later"]]')), ("end.json", END)], "by version 9.9.9"),
        ([("about.json", b"{"), ("end.json", b"{}")], "no backup of this application"),
    ],
    ids=["nothing said", "form", "database", "version", "not JSON"],
)
def test_what_does_not_fit_changes_nothing(backup, key, members, told):
    filled = [(name, content.replace(b"HERE", connection.vendor.encode())) for name, content in members]
    sealed_members(backup, key, filled)
    before = all_rows()
    with pytest.raises(CannotRestore, match=told):
        restore(backup, key)
    assert all_rows() == before


def test_a_backup_needs_a_key(record, tmp_path):
    with pytest.raises(CannotBackUp, match="names no key"):
        write_backup(tmp_path / "backups", [], NOW)
    with pytest.raises(CannotBackUp, match="no age key"):
        write_backup(tmp_path / "backups", ["age1nonsense"], NOW)
    assert not (tmp_path / "backups").exists()


def test_a_file_of_keys_holds_keys():
    with pytest.raises(CannotRestore, match="no age key"):
        read_identities("nonsense")
    with pytest.raises(CannotRestore, match="empty"):
        read_identities("# only a comment\n")


def test_a_backup_that_breaks_off_leaves_nothing(record, key, tmp_path, monkeypatch):
    monkeypatch.setattr("caseness.web.operation.backup._add_files", lambda parcel: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_backup(tmp_path / "backups", [key[1]], NOW)
    assert not list((tmp_path / "backups").iterdir())
    assert threading.active_count() == 1


def test_a_full_disk_is_told_and_leaves_nothing(record, key, tmp_path, monkeypatch):
    def full(reading, file, recipients):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pyrage.encrypt_io", full)
    with pytest.raises(CannotBackUp, match="is the disk full"):
        write_backup(tmp_path / "backups", [key[1]], NOW)
    assert not list((tmp_path / "backups").iterdir())


def test_old_backups_go(tmp_path):
    for day in (3, 1, 2):
        (tmp_path / f"caseness-2026030{day}T040506Z.age").touch()
    (tmp_path / "caseness-20260304T040506Z.part").touch()
    assert last_backup(tmp_path)[1] == datetime(2026, 3, 3, 4, 5, 6, tzinfo=UTC)
    assert remove_old(tmp_path, keep=2) == 1
    assert [path.name[9:17] for path, _ in backups_in(tmp_path)] == ["20260302", "20260303"]
    assert last_backup(tmp_path / "absent") is None
