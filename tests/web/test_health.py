"""What a monitor asks: whether the application lives, whether it is ready, and its numbers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from caseness.web.operation import readiness, views
from caseness.web.operation.numbers import note_round
from caseness.web.operation.readiness import lacks_migrations, missing_migrations
from web.people import make_member, make_service

pytestmark = pytest.mark.django_db


def test_it_lives_without_a_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/health")
    assert answer.json() == {"status": "well"}


def test_it_is_ready(client):
    assert client.get("/health/ready").json() == {"status": "well"}


def _away():
    raise OperationalError("no route")


@pytest.mark.parametrize(("is_lacking", "told"), [(_away, "does not answer"), (lambda: True, "lacks migrations")])
def test_it_is_not_ready(client, monkeypatch, is_lacking, told):
    monkeypatch.setattr(views, "lacks_migrations", is_lacking)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert told in answer.json()["what"]


def test_it_asks_the_database_each_time_and_its_own_migrations_once(client, monkeypatch, django_assert_max_num_queries):
    client.get("/health/ready")
    monkeypatch.setattr(readiness, "MigrationLoader", None)
    applied = MigrationRecorder.Migration.objects.filter(app="events", name="0003_none_replaced")
    with django_assert_max_num_queries(2):
        assert client.get("/health/ready").status_code == 200
    applied.delete()
    assert client.get("/health/ready").status_code == 503
    MigrationRecorder(connection).record_applied("events", "0003_none_replaced")
    assert client.get("/health/ready").status_code == 200


def test_whichever_migration_is_missing_it_is_not_ready():
    """Also one in the middle, which a plan to migrate passes over where a later one was applied."""
    assert not lacks_migrations()
    assert not missing_migrations()
    for one in MigrationRecorder.Migration.objects.all():
        with transaction.atomic():
            one.delete()
            assert lacks_migrations(), one
            transaction.set_rollback(True)


@pytest.mark.parametrize(("applied", "is_lacking"), [(("a", "b"), False), (("a",), True), (("c",), False)])
def test_a_migration_that_stands_for_several_is_done_where_each_of_them_is(monkeypatch, applied, is_lacking):
    needed = ((("x", "c"), (("x", "a"), ("x", "b"))),)
    monkeypatch.setattr(readiness, "_migrations_of_version", lambda: needed)
    monkeypatch.setattr(MigrationRecorder, "applied_migrations", lambda self: {("x", name) for name in applied})
    assert lacks_migrations() == is_lacking


def test_numbers_are_told_by_page_and_not_by_address(client):
    note_round(datetime(2026, 3, 20, tzinfo=UTC))
    client.get("/nowhere?name=Jane")
    text = client.get("/metrics").content.decode()
    assert 'caseness_request_seconds_count{method="GET",route="none",status="404"}' in text
    assert "caseness_alerts_waiting 0.0" in text
    assert "caseness_worker_age_seconds" in text
    assert "Jane" not in text
    assert "nowhere" not in text


@pytest.mark.parametrize(
    ("changes", "asked", "status"),
    [
        ({}, {"REMOTE_ADDR": "10.0.0.9"}, 404),
        # Behind a proxy everybody comes from the same machine.
        ({"is_behind_proxy": True}, {"REMOTE_ADDR": "127.0.0.1"}, 404),
        ({"metrics_token": "right"}, {"HTTP_AUTHORIZATION": "Bearer wrong"}, 404),
        ({"metrics_token": "right"}, {"REMOTE_ADDR": "127.0.0.1"}, 404),
        ({"metrics_token": "right"}, {"REMOTE_ADDR": "10.0.0.9", "HTTP_AUTHORIZATION": "Bearer right"}, 200),
    ],
)
def test_numbers_are_told_to_the_monitor_alone(client, settings, changes, asked, status):
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, **changes)
    assert client.get("/metrics", **asked).status_code == status


def test_each_answer_has_an_id_of_its_own(client):
    client.force_login(make_member(make_service()).user)
    first, second = (client.get("/")["X-Request-ID"] for _ in range(2))
    assert len(first) == 32
    assert first != second
