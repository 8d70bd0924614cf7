"""An event that is there is not replaced: SQLite would remove the old row for `INSERT OR REPLACE` without asking the other rules."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# On PostgreSQL what meets a row that is there either fails or is an UPDATE, which is refused already.
_SQLITE = (
    "CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events_event "
    "WHEN EXISTS (SELECT 1 FROM events_event WHERE id = NEW.id) "
    "BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
)


def add_rule(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """The trigger, where the database needs it."""
    if editor.connection.vendor == "sqlite":
        editor.execute(_SQLITE)


class Migration(migrations.Migration):
    """There is no way back: what was promised of events holds."""

    dependencies = [("events", "0002_only_added")]
    operations = [migrations.RunPython(add_rule)]
