"""Published series of the programme, whole as they were loaded."""

from django.db import migrations, models

from varta.officers import sql


class Migration(migrations.Migration):
    dependencies = [("officers", "0004_walls_of_reports")]

    operations = [
        migrations.CreateModel(
            name="SeriesEdition",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("loaded_at", models.DateTimeField()),
                ("digest", models.CharField(max_length=64)),
                ("figures", models.TextField()),
                ("sources", models.TextField()),
            ],
            options={"ordering": ["-pk"]},
        ),
        migrations.RunSQL(sql.EDITIONS),
    ]
