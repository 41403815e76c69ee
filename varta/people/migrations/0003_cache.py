"""The shared cache in which attempts to sign in are counted."""

from django.db import migrations

MAKE = """
CREATE TABLE varta_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX varta_cache_expires ON varta_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0002_policies")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE varta_cache")]
