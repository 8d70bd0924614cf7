import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attention", "0031_plainer_words")]

    operations = [
        migrations.AddField(
            model_name="raisedsignal",
            name="answered_with",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="answered_signals",
                to="attention.riskalert",
            ),
        ),
    ]
