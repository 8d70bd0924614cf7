"""What a caseload shows: who needs attention first and why, and what a reader can ask of it."""

import re
from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import make_aware

from caseness.web.attention.caseload_asked import Asked, read_asked
from caseness.web.attention.caseload_page import PAGE_SIZE, CaseloadPage
from caseness.web.services.models import Membership
from caseness.web.services.roles import Role
from web.caseloads import add_alert, add_booking, add_session, fill_caseload, raise_signals
from web.people import (
    TODAY,
    make_contact,
    make_course,
    make_member,
    make_referral,
    make_score,
    make_service,
    make_team,
    reader_for,
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return make_service()


@pytest.fixture
def team(service):
    return make_team(service)


@pytest.fixture
def therapist(service, team):
    return make_member(service, team=team, name="Tess Therapist")


def page_of(member, **asked):
    return CaseloadPage(reader_for(member), Asked(**asked))


def names(member, **asked):
    return [row.name for row in page_of(member, **asked).shown]


def worse(therapist, name):
    """Somebody who is reliably worse than at the start."""
    referral = make_course(make_referral(therapist.service, therapist, name=name), [10, 14, 18], TODAY - timedelta(14))
    raise_signals(referral, TODAY)
    return referral


def better(therapist, name):
    """Somebody of whom nothing was noticed."""
    return make_course(make_referral(therapist.service, therapist, name=name), [16, 12, 8], TODAY - timedelta(14))


def test_who_needs_attention_stands_first_and_is_told_why(therapist):
    better(therapist, "Ann Able")
    worse(therapist, "Zoe Zebra")
    first, second = page_of(therapist).shown
    assert (first.name, second.name) == ("Zoe Zebra", "Ann Able")
    assert first.foremost.why.startswith("PHQ-9 was 10 at the start and 18 at session 3: 8 points worse.")
    assert first.foremost.accuracy == "Not measured here."
    assert first.needs_attention
    assert not second.needs_attention


def test_a_risk_alert_stands_before_every_signal(therapist):
    worse(therapist, "Zoe Zebra")
    alarmed = better(therapist, "Ann Able")
    add_alert(alarmed, TODAY, therapist)
    found = page_of(therapist)
    assert [row.name for row in found.shown] == ["Ann Able", "Zoe Zebra"]
    assert [(one.name, one.owner) for one in found.alerts] == [("Ann Able", "Tess Therapist")]


def test_what_was_acknowledged_no_longer_waits_and_is_found_as_answered(therapist):
    signal = worse(therapist, "Zoe Zebra").signals.get()
    worse(therapist, "Yan Yellow")
    signal.acknowledged, signal.acknowledged_by = signal.raised, therapist.user
    signal.save()
    assert names(therapist) == ["Yan Yellow", "Zoe Zebra"]
    assert names(therapist, show="attention") == ["Yan Yellow"]
    assert names(therapist, show="answered") == ["Zoe Zebra"]


@pytest.mark.parametrize(("days", "line"), [(14, None), (15, 15), (29, 15), (30, 30)])
def test_somebody_counts_as_not_seen_after_15_days_and_after_30(therapist, days, line):
    make_contact(make_referral(therapist.service, therapist), TODAY - timedelta(days))
    (row,) = page_of(therapist).shown
    assert (row.not_seen_for, row.days_since_seen) == (line, days)


def test_somebody_who_waits_for_treatment_after_an_assessment_is_not_missed(therapist):
    make_contact(make_referral(therapist.service, therapist), TODAY - timedelta(40), appointment_type="01")
    (row,) = page_of(therapist).shown
    assert row.not_seen_for is None
    assert row.waits_for_treatment


def test_measures_are_due_that_were_not_taken_at_the_last_attended_appointment(therapist):
    referral = make_referral(therapist.service, therapist)
    referral.problems.create(scheme="01", code="F40.1", significance="1")
    add_session(referral, TODAY - timedelta(14), 12, 10)
    make_score(referral, TODAY - timedelta(14), 40, "spin")
    assert page_of(therapist).shown[0].due == ()
    add_session(referral, TODAY - timedelta(7), 12, None)
    make_contact(referral, TODAY - timedelta(1), attendance="3")
    assert page_of(therapist, show="due").shown[0].due == ("GAD-7", "SPIN")


def test_scores_are_told_from_the_first_to_the_last_with_what_the_change_is(therapist):
    referral = better(therapist, "Ann Able")
    make_score(referral, TODAY - timedelta(14), 25, "wsas")
    make_score(referral, TODAY, 20, "wsas")
    told = [(one.name, one.first.total, one.last.total, one.says) for one in page_of(therapist).shown[0].standings]
    assert told[0] == ("PHQ-9", 16, 8, "reliably better")
    assert told[1][3] == "change not judged"


def test_a_score_that_was_corrected_counts_as_corrected(therapist):
    referral = better(therapist, "Ann Able")
    old = referral.scores.last()
    old.is_current = False
    old.save()
    make_score(referral, old.day, 15, contact=old.contact)
    assert page_of(therapist).shown[0].standings[0].says == "no reliable change"


def test_the_next_appointment_is_the_booked_one_that_comes_first(therapist):
    referral = better(therapist, "Ann Able")
    make_contact(referral, TODAY - timedelta(2), attendance="")
    add_booking(referral, TODAY + timedelta(3))
    (row,) = page_of(therapist).shown
    assert (row.next_day, f"{row.next_time:%H:%M}", row.not_recorded) == (TODAY + timedelta(3), "14:30", 1)


@pytest.mark.parametrize(
    ("clock", "next_one", "passed"),
    [(time(9), (0, "10:00"), None), (time(10, 30), (0, "14:30"), "10:00"), (time(15), (3, "14:30"), "10:00")],
)
def test_an_appointment_of_today_whose_time_has_passed_is_not_the_next(therapist, monkeypatch, clock, next_one, passed):
    referral = better(therapist, "Ann Able")
    add_booking(referral, TODAY)
    for days, begins in ((0, time(10)), (3, time(14, 30))):
        made = make_contact(referral, TODAY + timedelta(days), attendance="")
        referral.contacts.filter(pk=made.pk).update(time=begins)
    monkeypatch.setattr("django.utils.timezone.now", lambda: make_aware(datetime.combine(TODAY, clock)))
    (row,) = page_of(therapist).shown
    days, at = next_one
    assert (row.next_day, f"{row.next_time:%H:%M}") == (TODAY + timedelta(days), at)
    assert (f"{row.passed_time:%H:%M}" if row.passed_time else None, row.not_recorded) == (passed, 0)


def test_a_caseload_is_searched_by_parts_of_name_and_identifier(therapist):
    ann, _ = better(therapist, "Ann Able"), better(therapist, "Ann Baker")
    assert names(therapist, words="ann ab") == ["Ann Able"]
    assert names(therapist, words=ann.client.local_patient_id.lower()) == ["Ann Able"]
    assert names(therapist, words="nobody") == []


def test_who_waits_for_a_first_appointment_and_who_has_ended(therapist):
    better(therapist, "Ann Able")
    make_referral(therapist.service, therapist, name="Will Waits")
    make_referral(therapist.service, therapist, name="Eva Ended", ended=TODAY - timedelta(3))
    assert names(therapist, show="waiting") == ["Will Waits"]
    assert names(therapist, show="ended") == ["Eva Ended"]
    assert sorted(names(therapist)) == ["Ann Able", "Will Waits"]


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("name", ["Ann Able", "Zoe Zebra"]), ("received", ["Zoe Zebra", "Ann Able"]), ("last-seen", ["Zoe Zebra", "Ann Able"]), ("next", ["Ann Able", "Zoe Zebra"])],
)  # fmt: skip
def test_a_caseload_is_sorted_as_asked(therapist, sort, expected):
    ann = make_referral(therapist.service, therapist, name="Ann Able", received=TODAY - timedelta(20))
    zoe = make_referral(therapist.service, therapist, name="Zoe Zebra", received=TODAY - timedelta(50))
    make_contact(zoe, TODAY - timedelta(3))
    add_booking(ann, TODAY)
    assert names(therapist, sort=sort) == expected


def test_a_supervisor_sees_the_team_and_with_whom_each_client_is(service, team, therapist):
    better(therapist, "Ann Able")
    supervisor = make_member(service, Role.SUPERVISOR, team)
    found = page_of(supervisor)
    assert [(row.name, row.therapist) for row in found.shown] == [("Ann Able", "Tess Therapist")]
    assert found.names_therapists
    assert found.title == f"Caseload of {team.name}"


def test_a_service_lead_chooses_a_team_or_looks_for_a_name(service, team, therapist):
    better(therapist, "Ann Able")
    make_referral(service, name="Olga Open")
    lead = make_member(service, Role.SERVICE_LEAD)
    assert page_of(lead).asks_for_team
    assert [(one.name, one.referrals) for one in page_of(lead).teams] == [(team.name, 1), ("No team", 1)]
    assert names(lead, team=str(team.key)) == ["Ann Able"]
    assert names(lead, team="none") == ["Olga Open"]
    assert names(lead, words="ann") == ["Ann Able"]
    assert names(lead, team="nonsense") == []


def leave(member, role=Role.THERAPIST):
    """The member's role ended yesterday."""
    Membership.objects.filter(pk=member.pk).update(ended=TODAY - timedelta(1), role=role)


def test_whoever_was_left_without_a_therapist_is_told_apart_and_needs_attention(service, team, therapist):
    gone = make_member(service, team=team, name="Gwen Gone")
    better(therapist, "Ann Able")
    better(gone, "Lea Left")
    make_referral(service, team=team, name="Will Waits")
    leave(gone)
    lead, supervisor = make_member(service, Role.SERVICE_LEAD), make_member(service, Role.SUPERVISOR, team)
    for member, asked in ((supervisor, {}), (lead, {"team": str(team.key)})):
        first = page_of(member, **asked).shown[0]
        assert (first.name, first.was_left, first.therapist_left) == ("Lea Left", True, TODAY - timedelta(1))
        assert names(member, show="attention", **asked) == ["Lea Left"]
        assert names(member, show="no-therapist", **asked) == ["Lea Left", "Will Waits"]
        assert {one.text: one.count for one in page_of(member, **asked).choices}["No therapist"] == 2
    assert page_of(lead).without_therapist == 2
    assert names(lead, show="no-therapist") == ["Lea Left", "Will Waits"]


def test_whoever_is_left_stands_after_what_is_for_the_same_day_and_before_what_can_wait(service, team, therapist):
    gone = make_member(service, team=team, name="Gwen Gone")
    worse(therapist, "Zoe Zebra")
    add_alert(better(therapist, "Ann Alarm"), TODAY, therapist)
    better(gone, "Lea Left")
    leave(gone)
    assert names(make_member(service, Role.SUPERVISOR, team)) == ["Ann Alarm", "Lea Left", "Zoe Zebra"]


def test_whoever_was_moved_still_has_their_clients_and_whoever_sees_none_any_more_has_not(service, team, therapist):
    better(therapist, "Ann Able")
    supervisor = make_member(service, Role.SUPERVISOR, team)
    leave(therapist)
    other = Membership(user=therapist.user, service=service, role=Role.SERVICE_LEAD, started=TODAY)
    other.save()
    assert names(supervisor, show="no-therapist") == []
    Membership.objects.filter(pk=other.pk).update(role=Role.ANALYST)
    assert names(supervisor, show="no-therapist") == ["Ann Able"]


def test_whose_referral_ended_is_not_without_a_therapist(service, team, therapist):
    make_referral(service, therapist, name="Eva Ended", ended=TODAY - timedelta(3))
    leave(therapist)
    (row,) = page_of(make_member(service, Role.SUPERVISOR, team), show="ended").shown
    assert not row.lacks_therapist
    assert page_of(make_member(service, Role.SERVICE_LEAD)).without_therapist == 0


def test_the_row_and_the_clients_page_say_in_words_that_nobody_has_the_client(client, service, team, therapist):
    referral = better(therapist, "Lea Left")
    supervisor = make_member(service, Role.SUPERVISOR, team)
    client.force_login(supervisor.user)
    row, page = reverse("caseload"), reverse("client", args=[referral.key])
    assert "with Tess Therapist" in client.get(row).content.decode()
    leave(therapist)
    for address in (row, page):
        assert re.search(r"[Tt]he role of Tess Therapist ended on (Thu )?19 Mar", client.get(address).content.decode())


def test_a_long_list_comes_in_pages(therapist):
    for number in range(PAGE_SIZE + 1):
        make_referral(therapist.service, therapist, name=f"Client {number:03}")
    last = page_of(therapist, page=9)
    assert (last.pages, last.page, len(last.shown)) == (2, 2, 1)


def test_the_number_of_queries_does_not_grow_with_the_caseload(therapist, django_assert_num_queries):
    def look():
        found = page_of(therapist)
        return len(found.shown), found.alerts, found.choices

    fill_caseload(therapist, 6, TODAY)
    with django_assert_num_queries(9):
        assert look()[0] == 6
    fill_caseload(therapist, 54, TODAY)
    with django_assert_num_queries(9):
        assert look()[0] == 60


def test_what_an_address_asks_and_nobody_knows_counts_as_not_asked():
    assert read_asked({"show": "x", "sort": "y", "page": "-1", "words": "  khan "}) == Asked(words="khan")
    assert read_asked({"page": "3"}).address(page=4) == "?page=4"
