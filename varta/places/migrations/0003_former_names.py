"""Former names, folded, so that people find a place by them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_editions_and_points"),
    ]

    operations = [
        migrations.AddField(
            model_name="territorychange",
            name="folded",
            field=models.TextField(blank=True, db_collation="C"),
        ),
        migrations.AddIndex(
            model_name="territorychange",
            index=models.Index(
                condition=models.Q(("folded", ""), _negated=True),
                fields=["folded"],
                name="territory_former_name",
            ),
        ),
    ]
