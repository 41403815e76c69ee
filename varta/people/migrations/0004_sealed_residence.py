"""Residence and tax number are sealed with a key outside the database; what lay open is dropped."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0003_cache")]

    operations = [
        migrations.RemoveField("person", "residence"),
        migrations.RemoveField("person", "tax_number"),
        migrations.AddField(
            "person", "residence_sealed", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.AddField(
            "person", "tax_number_sealed", models.TextField(blank=True, default=""), preserve_default=False
        ),
    ]
