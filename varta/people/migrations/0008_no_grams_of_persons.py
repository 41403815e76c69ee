"""Trigrams of names and telephones are no longer asked for."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0007_words_of_the_known")]

    operations = [
        migrations.RemoveIndex("person", "people_person_by_name"),
        migrations.RemoveIndex("person", "people_person_by_phone"),
        migrations.RemoveField("person", "grams"),
        migrations.RemoveField("person", "phone_grams"),
    ]
