from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("caseload", "0002_reopening")]

    operations = [
        migrations.AlterField(
            model_name="score",
            name="total",
            field=models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
        ),
    ]
