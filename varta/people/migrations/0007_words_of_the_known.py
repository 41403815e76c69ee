"""Words for residents who were registered before; batch by batch, so that nobody waits for it."""

from django.db import migrations

from varta.people.naming import name_words
from varta.people.scope import Reader, reading

BATCH = 5000


def fill(apps, editor) -> None:
    """Give each resident the words of the name."""
    Person = apps.get_model("people", "Person")
    last = None
    while True:
        with reading(Reader.system()):
            rows = Person.objects.order_by("key")
            some = list((rows.filter(key__gt=last) if last else rows)[:BATCH])
            for person in some:
                person.words = name_words(person.surname, person.given, person.patronymic)
            Person.objects.bulk_update(some, ["words"], batch_size=1000)
        if len(some) < BATCH:
            return
        last = some[-1].key


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("people", "0006_findable")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
