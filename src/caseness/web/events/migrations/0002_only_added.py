"""Events are only ever added: the database refuses to change or remove one, whoever asks."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = (
    "CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events_event "
    "BEGIN SELECT RAISE(ABORT, 'events are only added'); END",
    "CREATE TRIGGER events_are_not_removed BEFORE DELETE ON events_event "
    "BEGIN SELECT RAISE(ABORT, 'events are only added'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION refuse_to_change_events() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'events are only added'; END $$",
    "CREATE TRIGGER events_are_not_changed BEFORE UPDATE OR DELETE ON events_event "
    "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_events()",
    "CREATE TRIGGER events_are_not_emptied BEFORE TRUNCATE ON events_event "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_events()",
)
_RULES = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def add_rule(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The triggers of the database that is used."""
    for statement in _RULES[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):
    """There is no way back: what was promised of events holds."""

    dependencies = [("events", "0001_initial")]
    operations = [migrations.RunPython(add_rule)]
