from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("attention", "0030_what_became_of_signals")]

    operations = [
        migrations.AlterField(
            model_name="riskalert",
            name="change",
            field=models.CharField(
                choices=[
                    ("new", "New: the answer before was 0, or there was none"),
                    ("increased", "It has risen"),
                    ("unchanged", "It is unchanged"),
                    ("decreased", "It has fallen, and is still above 0"),
                ],
                max_length=16,
            ),
        ),
    ]
