"""The words by which a resident's name is found."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_sealed_residence")]

    operations = [
        migrations.AddField(
            "person",
            "words",
            django.contrib.postgres.fields.ArrayField(models.TextField(), default=list),
        ),
    ]
