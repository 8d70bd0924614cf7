"""The secrets of second factors that lie in the database are encrypted. In a demonstration without a key they stay."""

from django.db import migrations

from caseness.web.accounts.factor_secrets import seal_all


def seal(apps, schema_editor):
    """Each secret that is in clear."""
    seal_all(apps.get_model("mfa", "Authenticator"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
