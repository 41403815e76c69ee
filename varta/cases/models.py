"""Cases and their entries; everything beside the entries is a projection of them.

`Entry` is append-only by database privilege. `Case`, `Deadline` and `Involvement`
are recomputed from entries by `varta rebuild` and must come out the same.
"""

from django.db import models


class Entry(models.Model):
    """A step that was taken: never edited, never deleted. Partitioned by month on `key`."""

    key = models.UUIDField(primary_key=True)  # UUIDv7 made by the sender
    case_key = models.UUIDField()  # key of the case's opening entry
    position = models.IntegerField()  # 1, 2, 3 … within the case
    procedure = models.TextField()
    step = models.TextField()
    place = models.TextField()  # code of the territory
    unit = models.TextField()  # code of the unit that answers
    officer_id = models.BigIntegerField(null=True)  # None: the system itself, as in an import
    role = models.TextField()
    at = models.DateTimeField()  # when it happened
    received_at = models.DateTimeField()  # when it came to Varta
    data = models.JSONField()  # the record of the step, as procedures/ defines it
    people = models.JSONField(default=list)  # [{"person": uuid, "part": "caller"}]
    corrects = models.UUIDField(null=True)  # key of the entry that this one corrects
    parent = models.UUIDField(null=True)  # case that this one grew out of (opening entry only)
    number = models.IntegerField(null=True)  # journal number (opening entry only)
    year = models.SmallIntegerField(null=True)  # Kyiv year of the journal
    prev_hash = models.BinaryField(null=True)  # hash of the case's previous entry
    hash = models.BinaryField()  # SHA-256 of the canonical content, see canon.py

    class Meta:
        managed = False  # created by SQL: partitions, privileges, policies
        db_table = "cases_entry"
        ordering = ["position"]


class Case(models.Model):
    """One matter under one procedure, as its entries leave it."""

    key = models.UUIDField(primary_key=True)
    procedure = models.TextField()
    place = models.ForeignKey(
        "places.Territory", models.PROTECT, db_column="place", db_index=False, related_name="+"
    )
    place_pre = models.IntegerField()  # preorder number of the place: scope is two comparisons
    unit = models.ForeignKey(
        "places.Unit", models.PROTECT, db_column="unit", db_index=False, related_name="+"
    )
    unit_pre = models.IntegerField()
    number = models.IntegerField()
    year = models.SmallIntegerField()
    journal = models.TextField()  # the unit that gave the number; it stays when the case moves to another
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_step = models.TextField()
    closed_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # the nearest unmet deadline
    late_from = models.DateTimeField(null=True)  # the first moment that is too late for it
    due_step = models.TextField(null=True)
    parent = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)  # latest values of listed fields
    entries = models.IntegerField()
    head_hash = models.BinaryField()
    key_low = models.UUIDField()  # the keys of the case's entries lie between these two,
    key_high = models.UUIDField()  # so that only their months' partitions are read

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "journal", "year", "number"], name="cases_journal_number_is_given_once"
            ),
            models.CheckConstraint(condition=models.Q(entries__gte=1), name="cases_case_has_an_entry"),
        ]
        indexes = [
            models.Index(
                fields=["late_from", "opened_at"],
                name="cases_pending_by_due",
                condition=models.Q(closed_at=None) | models.Q(late_from__isnull=False),
            ),
            models.Index(fields=["place_pre", "opened_at"], name="cases_by_place"),
            models.Index(fields=["unit_pre", "opened_at"], name="cases_by_unit"),
            models.Index(fields=["opened_at"], name="cases_by_opening"),
            models.Index(fields=["number", "year", "opened_at", "unit_pre"], name="cases_by_journal_number"),
            models.Index(fields=["parent"], name="cases_by_parent", condition=models.Q(parent__isnull=False)),
        ]


class Deadline(models.Model):
    """What is due in a case, since when, by which article; `met_at` when it was done."""

    pk = models.CompositePrimaryKey("case_id", "nth")
    case = models.ForeignKey(
        Case,
        models.DO_NOTHING,
        db_column="case_key",
        db_index=False,
        db_constraint=False,
        related_name="deadlines",
    )
    nth = models.SmallIntegerField()  # order in which the procedure names it
    step = models.TextField()
    from_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late_from = models.DateTimeField()  # a term in days may be kept until its last Kyiv day ends
    met_at = models.DateTimeField(null=True)
    act = models.TextField()
    article = models.TextField()
    url = models.TextField()
    verified = models.BooleanField()

    class Meta:
        ordering = ["due_at"]


class Involvement(models.Model):
    """The part that a person has in a case."""

    pk = models.CompositePrimaryKey("case_id", "person_id", "part")
    case = models.ForeignKey(
        Case,
        models.DO_NOTHING,
        db_column="case_key",
        db_index=False,
        db_constraint=False,
        related_name="involvements",
    )
    person = models.ForeignKey(  # its constraint is written in SQL, so that it is checked at once
        "people.Person", models.PROTECT, db_column="person", db_constraint=False, related_name="involvements"
    )
    part = models.TextField()
    entry_key = models.UUIDField()


class Journal(models.Model):
    """The last number given in a unit's journal of a year: numbers have no gaps."""

    pk = models.CompositePrimaryKey("procedure", "unit", "year")
    procedure = models.TextField()
    unit = models.TextField()
    year = models.SmallIntegerField()
    last = models.IntegerField()


class Seal(models.Model):
    """A signed Merkle root over everything written since the previous seal; a copy lies outside."""

    nth = models.BigIntegerField(primary_key=True)
    from_txid = models.BigIntegerField()  # inclusive
    to_txid = models.BigIntegerField()  # exclusive
    entries = models.BigIntegerField()
    looks = models.BigIntegerField()
    root = models.BinaryField()
    previous = models.BinaryField()
    sealed_at = models.DateTimeField()
    signature = models.BinaryField()
