"""What arrives by a page: refused with a sentence, kept for a day, and decided by somebody."""

import io
import stat
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from caseness.web.caseload.models import Referral
from caseness.web.events.models import Event, Kind
from caseness.web.exchange import transfers
from caseness.web.exchange.models import State, Transfer
from caseness.web.exchange.rounds import do_transfers, remove_old_files
from caseness.web.exchange.transfers import ask_for_export, confirm, discard, receive
from caseness.web.exchange.unpacking import Limits
from caseness.web.services.roles import Role
from web.acting import NOW
from web.made_records import PROVIDER, pack, records
from web.people import make_member, make_service, reader_for

__all__ = ["records"]
pytestmark = pytest.mark.django_db
HEADER = "DatSetVer,OrgIDProv,OrgIDSubmit,PrimSystemInUse,ReportingPeriodStartDate,ReportingPeriodEndDate,DateTimeDatSetCreate\n"


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """Where files of transfers lie."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, folder=tmp_path)
    return tmp_path / "exchange"


@pytest.fixture
def administrator():
    return make_member(make_service("Made up", PROVIDER), Role.ADMINISTRATOR)


def archive(**files):
    """An archive of files by their names, with __ for a slash."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "/"), content)
    return held.getvalue()


def with_entry(name, content=b"x", link=False):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = ((stat.S_IFLNK if link else stat.S_IFREG) | 0o600) << 16
        packed.writestr(entry, content)
    return held.getvalue()


def lying_about_size():
    """An archive whose entry unpacks to more than it says."""
    content = bytearray(archive(**{"IDS000Header.csv": b"a" * 5000}))
    told = (5000).to_bytes(4, "little")
    while (at := content.find(told)) >= 0:
        content[at : at + 4] = (10).to_bytes(4, "little")
    return bytes(content)


def packed_and_damaged(method):
    """An archive whose content was altered after it was packed by another method than usual."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as packed:
        packed.writestr("IDS000Header.csv", HEADER * 500)
    content = bytearray(held.getvalue())
    content[50:90] = b"x" * 40
    return bytes(content)


WHOLE = archive(**{"IDS000Header.csv": HEADER * 50})
BAD = {
    "an empty file": (b"", "The file is empty"),
    "a PDF named .zip": (b"%PDF-1.7 and more", "no zip archive, or a damaged or locked one"),
    "half an archive": (WHOLE[: len(WHOLE) // 2], "no zip archive, or a damaged or locked one"),
    "an archive of something else": (archive(**{"letter.pdf": b"x"}), "holds no table of a record"),
    "a name that leads up": (with_entry("../../IDS000Header.csv"), "names a file outside its own folder"),
    "a name from the root": (with_entry("/etc/IDS000Header.csv"), "names a file outside its own folder"),
    "a name of another system": (with_entry("..\\IDS000Header.csv"), "names a file outside its own folder"),
    "a link": (with_entry("IDS000Header.csv", b"/etc/passwd", link=True), "names a file outside its own folder"),
    "a bomb": (archive(**{"IDS000Header.csv": b"0" * (3 << 20)}), "packed so tightly"),
    "many files": (archive(**{f"{n}__IDS000Header.csv": b"x" for n in range(30)}), "holds 30 files, and at most 20"),
    "too much": (archive(**{f"{n}__IDS000Header.csv": b"0" * (1 << 20) for n in range(6)}), "unpacks to more than 4 MB"),
    "a lie": (lying_about_size(), "archive"),
    "a file and a folder of one name": (archive(**{"a.csv": "x", "a.csv__b.csv": "x"}), "a file and a folder of the same name"),
    "a folder and a file of one name": (archive(**{"a.csv__b.csv": "x", "A.csv": "x"}), "a file and a folder of the same name"),
    "a name of many bytes": (archive(**{"ä" * 190 + ".csv": "x"}), "by more signs than a disk takes"),
    "a damaged LZMA": (packed_and_damaged(zipfile.ZIP_LZMA), "no zip archive, or a damaged or locked one"),
    "a damaged bzip2": (packed_and_damaged(zipfile.ZIP_BZIP2), "no zip archive, or a damaged or locked one"),
    "a large file": (b"P" * (2 << 20), "The file has 2 MB, and at most 1 MB are taken"),
}  # fmt: skip
LIMITS = Limits(uploaded=1 << 20, unpacked=4 << 20, files=20)


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_record_is_refused_and_nothing_is_left(what, administrator, place):
    content, told = BAD[what]
    upload = SimpleUploadedFile("record.zip", content)
    with pytest.raises(transfers.CasenessError, match=told):
        receive(upload=upload, profile="submission", by=reader_for(administrator), now=NOW, limits=LIMITS)
    assert not Transfer.objects.exists()
    assert not place.exists() or not list(place.iterdir())


def test_a_sheet_of_another_form_is_refused(administrator):
    upload = SimpleUploadedFile("sheet.ods", b"x")
    with pytest.raises(transfers.CasenessError, match=r"ends in \.csv, \.xlsx, \.xlsm, and this file in \.ods"):
        receive(upload=upload, profile="practice", by=reader_for(administrator), now=NOW)


def test_a_page_tells_what_is_refused_beside_its_form(administrator, client):
    client.force_login(administrator.user)
    answer = client.post(
        reverse("import-upload"), {"file": SimpleUploadedFile("a.zip", b"%PDF"), "profile": "submission"}
    )
    assert answer.status_code == 400
    assert answer.content.decode().count("This file is no zip archive") == 2
    assert "Choose a file first" in client.post(reverse("import-upload"), {}).content.decode()


def arrive(records, administrator, tmp_path, provider=PROVIDER):
    content = pack(records.folder, tmp_path / "record.zip", provider).read_bytes()
    upload = SimpleUploadedFile("record.zip", content)
    return receive(upload=upload, profile="submission", by=reader_for(administrator), now=NOW)


def test_a_record_of_another_provider_is_told_and_its_files_go(
    records, administrator, tmp_path, place, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        transfer = arrive(records, administrator, tmp_path, "ZZ902")
    assert transfer.state == State.FAILED
    assert "The record is of ZZ902, and Made up has the provider code ZX001" in transfer.problem
    assert not list(place.iterdir())


def test_a_large_one_goes_by_the_worker_step_by_step(
    records, administrator, tmp_path, place, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(transfers, "SMALL_BYTES", 0)
    monkeypatch.setattr(transfers, "SMALL_ROWS", 0)
    reader = reader_for(administrator)
    transfer = arrive(records, administrator, tmp_path)
    assert (transfer.state, do_transfers(NOW)) == (State.ARRIVED, 1)
    transfer.refresh_from_db()
    assert transfer.state == State.CHECKED
    confirm(transfer=transfer, by=reader, now=NOW)
    confirm(transfer=transfer, by=reader, now=NOW)
    assert not Referral.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        do_transfers(NOW)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.told["months"]) == (State.DONE, ["2024-04"])
    assert transfer.told["imported"]["referrals_added"] == Referral.objects.count() > 0
    assert not list(place.iterdir())
    assert Event.objects.get(kind=Kind.IMPORTED).by == administrator.user.key


def test_what_went_wrong_names_no_place_of_the_server(administrator, tmp_path):
    upload = SimpleUploadedFile("record.zip", archive(**{"IDS000Header.csv": "nothing\n"}))
    transfer = receive(upload=upload, profile="submission", by=reader_for(administrator), now=NOW)
    assert transfer.state == State.FAILED
    assert transfer.problem
    assert str(tmp_path) not in transfer.problem


@pytest.fixture
def waiting(administrator, place):
    """A record that was checked, and waits for a decision."""
    transfer = Transfer.objects.create(
        service=administrator.service,
        by=administrator.user,
        way="in",
        state=State.CHECKED,
        asked=NOW,
        told={"months": ["2024-04"]},
    )
    transfers.note(transfer, "reading")
    return transfer


def test_what_is_discarded_leaves_nothing(waiting, administrator, place, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        discard(transfer=waiting, by=reader_for(administrator), now=NOW)
    waiting.refresh_from_db()
    assert waiting.state == State.DISCARDED
    assert not list(place.iterdir())
    confirm(transfer=waiting, by=reader_for(administrator), now=NOW)
    assert waiting.state == State.DISCARDED


def test_files_are_removed_after_a_day(waiting, place):
    assert remove_old_files(NOW + timedelta(hours=23)) == 0
    assert remove_old_files(NOW + timedelta(hours=25)) == 1
    waiting.refresh_from_db()
    assert waiting.state == State.DISCARDED
    assert not list(place.iterdir())


def test_what_fails_for_another_reason_is_told_as_failed_and_holds_up_nothing(waiting, monkeypatch):
    waiting.state = State.ARRIVED
    waiting.save()
    monkeypatch.setattr("caseness.web.exchange.rounds.look_through", lambda *args: 1 / 0)
    assert do_transfers(NOW) == 1
    waiting.refresh_from_db()
    assert (waiting.state, "Nothing was written" in waiting.problem) == (State.FAILED, True)


def test_an_export_without_anything_to_tell_says_so(administrator, client):
    transfer = ask_for_export(with_words=False, by=reader_for(administrator), now=NOW)
    assert (transfer.state, "holds no referral yet" in transfer.problem) == (State.FAILED, True)
    client.force_login(administrator.user)
    assert client.get(reverse("export-file", args=(transfer.key,))).status_code == 404


def test_nobody_of_another_service_sees_it(waiting, client):
    client.force_login(make_member(make_service("Elsewhere", "ZZ902"), Role.ADMINISTRATOR).user)
    assert client.get(reverse("import", args=(waiting.key,))).status_code == 404
    assert client.post(reverse("import-confirm", args=(waiting.key,))).status_code == 404
