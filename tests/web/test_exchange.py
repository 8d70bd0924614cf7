"""A record in, and the service's record out: lossless, once, and all or nothing."""

from datetime import UTC, date, datetime, time

import pytest
from django.db import DatabaseError

from caseness.check import check
from caseness.read import read_record
from caseness.web.caseload.models import Client, Contact, KeptRow, Note, Referral, Score
from caseness.web.events.models import Event, Kind
from caseness.web.exchange import importing
from caseness.web.exchange.exporting import export_record
from caseness.web.exchange.importing import import_record
from caseness.web.exchange.refusals import RecordRefused
from web.made_records import FIRST_MONTHS, PROVIDER, records, rows_by_month
from web.people import make_member, make_service, make_team

__all__ = ["records"]
pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)
MODELS = (Client, Referral, Contact, Score, KeptRow)


@pytest.fixture
def service():
    return make_service("Made up", PROVIDER)


def bring_in(checked, service):
    return import_record(checked=checked, service=service, by=None, now=NOW, then_look=False)


def take_out(service, to, **more):
    """Export a service, and read and check what was written."""
    export_record(service=service, to=to / "out", by=None, now=NOW, **more)
    return check(read_record(to / "out", to / "read"))


def sizes():
    return [one.objects.count() for one in MODELS]


def test_what_was_imported_is_exported_month_by_month_as_it_was_sent(records, service, tmp_path):
    bring_in(records.whole, service)
    exported = take_out(service, tmp_path, with_words=True)
    assert rows_by_month(exported) == rows_by_month(records.whole)
    assert not [one.rule.id for one in exported.findings if one.rule.rejects]


def test_the_same_record_again_changes_nothing(records, service):
    bring_in(records.whole, service)
    before = sizes()
    assert bring_in(records.whole, service).months == ()
    assert sizes() == before


def test_what_is_rejected_is_counted_and_does_not_arrive(records, service):
    counts = bring_in(records.whole, service).counts
    assert counts["rows_rejected"] == sum(one.unreadable + one.rejected for one in records.whole.tables.values()) > 0
    assert counts["submissions_superseded"] == 3
    told = Event.objects.get(kind=Kind.IMPORTED)
    assert told.details["counts"]["scores_added"] == Score.objects.count()


def test_what_was_imported_of_a_client_is_an_event_under_the_key_of_the_client(records, service):
    bring_in(records.whole, service)
    told = Event.objects.filter(what="imported")
    assert sorted(told.values_list("client", flat=True)) == sorted(Client.objects.values_list("key", flat=True))
    assert set(told.values_list("kind", "key")) == {(Kind.ADDED, None)}
    one = Client.objects.filter(referrals__scores__isnull=False).first()
    counts = Event.objects.get(client=one.key).details["counts"]
    assert counts["scores_added"] == Score.objects.filter(referral__client=one, replaces=None).count()
    assert counts["contacts_added"] == Contact.objects.filter(referral__client=one).count()
    bring_in(records.whole, service)
    assert told.count() == Client.objects.count()


def test_a_record_of_another_provider_is_refused_with_the_reason(records):
    with pytest.raises(RecordRefused, match=r"The record is of ZX001, and Elsewhere has the provider code ZZ902"):
        bring_in(records.whole, make_service("Elsewhere", "ZZ902"))
    assert sizes() == [0] * len(MODELS)


@pytest.mark.parametrize("step", ["write_kept", "allocate", "record_event"])
def test_a_write_that_fails_midway_leaves_nothing(records, service, monkeypatch, step):
    def fail(*args, **more):
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(importing, step, fail)
    with pytest.raises(DatabaseError):
        bring_in(records.begun, service)
    assert sizes() == [0] * len(MODELS)


def test_a_later_month_updates_and_the_export_holds_both(records, service, tmp_path):
    assert bring_in(records.begun, service).months == FIRST_MONTHS
    assert bring_in(records.whole, service).months == ("2024-06",)
    assert rows_by_month(take_out(service, tmp_path, with_words=True)) == rows_by_month(records.whole)


def test_what_was_changed_here_stands_when_a_later_month_says_nothing_new_of_it(records, service):
    bring_in(records.begun, service)
    client = Client.objects.filter(referrals__ended=None).first()
    client.preferred_language, client.given_name = "cy", "Named here"
    client.save()
    bring_in(records.whole, service)
    client.refresh_from_db()
    assert (client.preferred_language, client.given_name) == ("cy", "Named here")


def test_therapists_and_teams_are_found_by_the_identifiers_of_the_record(records, service):
    member = make_member(service)
    member.care_person_id = "S000001"
    member.save()
    bring_in(records.whole, service)
    assert Contact.objects.filter(therapist=member).exists()
    assert set(service.teams.values_list("code", flat=True)) <= {"TEAM-1", "TEAM-2", "TEAM-3"}
    assert Referral.objects.filter(team__isnull=False).exists()


@pytest.fixture
def changed(records, service, tmp_path):
    """A service after an import, with a contact and a score of its own, a correction, an ending, and a note."""
    bring_in(records.begun, service)
    referral = Referral.objects.filter(ended=None).order_by("pk").last()
    contact = Contact.objects.create(
        referral=referral,
        care_contact_id="HERE-1",
        day=date(2024, 7, 9),
        time=time(10),
        attendance="5",
        appointment_type="03",
    )
    Score.objects.create(
        referral=referral, contact=contact, day=contact.day, instrument_id="phq9", tool_code="720433000", total=11
    )
    old = Score.objects.filter(instrument_id="gad7", activity__isnull=False).first()
    Score.objects.filter(pk=old.pk).update(is_current=False)
    Score.objects.create(
        referral=old.referral, contact=old.contact, activity=old.activity, day=old.day, instrument_id="gad7",
        tool_code=old.tool_code, total=21, replaces=old, why_corrected="misread",
    )  # fmt: skip
    referral.ended, referral.end_code = date(2024, 8, 6), "46"
    referral.save()
    Note.objects.create(referral=referral, day=contact.day, text="Nobody else reads this")
    referral.client.given_name = "Nameword"
    referral.client.save()
    export_record(service=service, to=tmp_path / "out", by=None, now=NOW)
    return referral, old, tmp_path / "out"


def cells(rows, table_id, **wanted):
    """The rows of a table with some cells: (month, cells)."""
    told = [(month, dict(row)) for month, row in rows[table_id]]
    return [(month, row) for month, row in told if all(row.get(name) == value for name, value in wanted.items())]


def test_the_export_has_what_was_done_here_and_each_referral_until_its_end(changed, tmp_path):
    referral, old, folder = changed
    exported = check(read_record(folder, tmp_path / "read"))
    rows, request = rows_by_month(exported), referral.service_request_id
    assert [month for month, _ in cells(rows, "IDS201CareContact", CareContactId="HERE-1")] == ["2024-07"]
    own = cells(rows, "IDS606CodedScoreAssessmentRefer", ServiceRequestId=request, PersScore="11")
    assert [month for month, _ in own] == ["2024-07"]
    of = {"CareActId": old.activity.care_activity_id, "CodedAssToolType": old.tool_code}
    assert [row["PersScore"] for _, row in cells(rows, "IDS607CodedScoreAssessmentAct", **of)] == ["21"]
    told = sorted((month, row.get("EndCode")) for month, row in cells(rows, "IDS101Referral", ServiceRequestId=request))
    assert told[-4:] == [("2024-05", None), ("2024-06", None), ("2024-07", None), ("2024-08", "46")]
    assert {month for month, _ in rows["IDS000Header"]} == {f"2024-{month:02}" for month in range(4, 9)}
    assert not [one.rule.id for one in exported.findings if one.rule.rejects]


def test_no_name_note_or_word_of_a_client_leaves_with_the_record(changed):
    folder = changed[2]
    text = "".join(path.read_text() for path in folder.rglob("*.csv"))
    assert "Nameword" not in text
    assert "Nobody else" not in text
    assert not [path for path in folder.rglob("*.csv") if path.stem in ("EXT03Goal", "EXT05LifeCircumstances")]
    assert "EndingNote" in text
    assert "SYNTHETIC ending" not in text


def test_a_service_without_a_referral_has_no_record(service, tmp_path):
    make_team(service)
    with pytest.raises(RecordRefused, match="holds no referral yet"):
        export_record(service=service, to=tmp_path / "out", by=None, now=NOW)
    assert not (tmp_path / "out").exists()
