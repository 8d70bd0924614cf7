"""A database of the first version, with rows in it, comes to the shape of this one with every row kept."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from caseness.web.operation.readiness import missing_migrations

pytestmark = pytest.mark.django_db(transaction=True)
APPS = ("events", "accounts", "services", "caseload", "attention")
# The shape that was served first: the rule of events belongs to it.
FIRST = {**dict.fromkeys(APPS, "0001_initial"), "events": "0002_only_added"}


def empty():
    """Take every table away, as on a machine where nothing was installed yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            return
        cursor.execute("PRAGMA foreign_keys=OFF")
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'DROP TABLE "{table}"')
        cursor.execute("PRAGMA foreign_keys=ON")


def migrate(targets):
    """Migrate, and give the models as they then are."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def others(loader):
    """The last migration of every other app, which is not ours to try."""
    return [node for node in loader.graph.leaf_nodes() if node[0] not in FIRST]


def fill(apps):
    """A person, a service, a client with a corrected score, a signal with a plan, an alert, a message and an event."""

    def make(model, /, **values):
        return apps.get_model(model).objects.create(**values)

    user = make("accounts.User", email="one@example.org", name="One", password="!")
    service = make("services.Service", name="Northmoor", provider_code="ZZ901")
    member = make("services.Membership", user=user, service=service, role="therapist", started="2020-01-01")
    client = make("caseload.Client", service=service, local_patient_id="P1", given_name="Ann", family_name="Other")
    referral = make(
        "caseload.Referral", service=service, client=client, service_request_id="R1", received="2026-01-01",
        therapist=member,
    )  # fmt: skip
    given = {"referral": referral, "day": "2026-02-01", "instrument_id": "phq9", "tool_code": "1"}
    wrong = make("caseload.Score", total=21, is_current=False, **given)
    right = make("caseload.Score", total=12, items=[1] * 9, replaces=wrong, why_corrected="A slip", **given)
    moment = "2026-02-01T10:00:00Z"
    signal = make(
        "attention.RaisedSignal", referral=referral, kind="not_on_track", instrument_id="phq9", urgency="soon",
        since="2026-02-01", raised=moment, score=right, told={"why": "said"},
    )  # fmt: skip
    make(
        "attention.Plan", signal=signal, made=moment, made_by=user, domains={"risk": "asked"},
        was_made_with_client=True, review_on="2026-03-01",
    )  # fmt: skip
    make(
        "attention.RiskAlert", referral=referral, score=right, change="new", answer=1, fired=moment, escalate_at=moment
    )
    make("attention.Message", to=user, about="digest 2026-W05", subject="Digest", text="Look", written=moment)
    make("events.Event", at=moment, kind="read", what="client", details={})


def rows():
    """Every row of our apps by table, as columns and values that were there in the first version."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(APPS):
                cursor.execute(f'SELECT * FROM "{table}"')
                columns = [column[0] for column in cursor.description]
                found[table] = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    return found


@pytest.fixture
def first_version():
    """The database as the first version left it; and as this version needs it, when the test is over."""
    empty()
    loader = MigrationExecutor(connection).loader
    yield migrate([*FIRST.items(), *others(loader)])
    empty()
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    call_command("createcachetable")


def test_every_row_of_the_first_version_is_kept(first_version):
    fill(first_version)
    before = rows()
    assert all(
        len(before[table]) for table in ("caseload_score", "attention_plan", "attention_message", "events_event")
    )
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    assert not missing_migrations()
    after = rows()
    for table, kept in before.items():
        assert len(after[table]) == len(kept)
        assert all(old.items() <= new.items() for old, new in zip(kept, after[table], strict=True)), table


def test_what_is_missing_is_named(first_version):
    """The first version, to this one, lacks something as soon as a migration was added."""
    executor = MigrationExecutor(connection)
    ours = {f"{app}.{name}" for app, name in executor.loader.graph.nodes if app in FIRST}
    applied = {f"{app}.{name}" for app, name in executor.loader.applied_migrations if app in FIRST}
    assert set(missing_migrations()) == ours - applied
