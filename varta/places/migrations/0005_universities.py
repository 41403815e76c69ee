"""Universities of internal affairs among the kinds of units."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0004_place_shapes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="unit",
            name="kind",
            field=models.CharField(
                choices=[
                    ("headquarters", "Headquarters"),
                    ("main_directorate", "Main directorate"),
                    ("directorate", "Directorate"),
                    ("raion_directorate", "Raion directorate"),
                    ("department", "Department"),
                    ("division", "Division"),
                    ("sector", "Sector"),
                    ("station", "Police station"),
                    ("service", "Partner service"),
                    ("university", "University of internal affairs"),
                ],
                max_length=32,
            ),
        ),
    ]
