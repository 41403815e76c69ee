"""What the office of appeals keeps beside cases: letters that went out, hours of reception, a unit's letterhead."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outgoing(models.Model):
    """The last number given in a unit's journal of outgoing letters of a year: numbers have no gaps."""

    pk = models.CompositePrimaryKey("unit", "year")
    unit = models.TextField()
    year = models.SmallIntegerField()
    last = models.IntegerField()


class Letter(models.Model):
    """A letter that went out, as it was fixed: append-only. Its entry in the case bears the same key.

    The entry's `fingerprint` covers `content`, `address_sealed`, number and day, so a changed letter shows.
    The PDF is drawn again from these whenever it is wanted, and compared with `pdf_sha256`.
    """

    key = models.UUIDField(primary_key=True)
    case_key = models.UUIDField()
    unit = models.ForeignKey("places.Unit", models.PROTECT, db_column="unit", related_name="+")
    unit_pre = models.IntegerField()
    year = models.SmallIntegerField()  # Kyiv year of the journal
    nth = models.IntegerField()
    kind = models.TextField()  # code of the procedure's LETTER
    sent_on = models.DateField()
    content = models.JSONField()  # a letters.Content without the address
    address_sealed = models.TextField(blank=True)  # where the addressee lives, see people/sealed.py
    fingerprint = models.TextField()  # SHA-256, hex
    pdf_sha256 = models.TextField()
    officer = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "nth"], name="appeals_outgoing_number_is_given_once"
            ),
            models.CheckConstraint(condition=models.Q(nth__gte=1), name="appeals_outgoing_number_from_one"),
        ]
        indexes = [
            models.Index(fields=["case_key"], name="appeals_letter_of_case"),
            models.Index(fields=["unit_pre", "sent_on"], name="appeals_letter_by_unit"),
        ]
        ordering = ["-year", "-nth", "unit"]

    @property
    def number(self) -> str:
        """Return the outgoing number as letters bear it: "12/2026"."""
        return f"{self.nth}/{self.year}"


class NameForm(models.Model):
    """How a clerk put a word of a name into a grammatical case; the latest counts. Append-only, names nobody."""

    part = models.CharField(max_length=12)  # code of grammar.PARTS
    sex = models.CharField(max_length=1)
    case = models.CharField(max_length=4)  # code of grammar.CASES
    nominative = models.CharField(max_length=100)  # folded, see grammar.key_of
    form = models.CharField(max_length=100)  # lower case
    officer = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["nominative"], name="appeals_form_of_name")]


class Office(models.Model):
    """A unit's letterhead, who signs its letters, and whether the head approves each answer."""

    unit = models.OneToOneField(
        "places.Unit", models.PROTECT, primary_key=True, db_column="unit", related_name="+"
    )
    address = models.CharField(_("Postal address"), max_length=200, blank=True)
    phone = models.CharField(_("Telephone"), max_length=60, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    code = models.CharField(_("Code in the register of bodies (ЄДРПОУ)"), max_length=10, blank=True)
    signatory_post = models.CharField(_("Post of whoever signs"), max_length=200, blank=True)
    signatory_name = models.CharField(
        _("Given name and surname of whoever signs"), max_length=200, blank=True
    )
    approves = models.BooleanField(_("The head approves each answer before it goes out"), default=False)


class ReceptionHours(models.Model):
    """When, where and by whom residents are received in person; shown to everybody."""

    DAYS = [
        (1, _("Monday")),
        (2, _("Tuesday")),
        (3, _("Wednesday")),
        (4, _("Thursday")),
        (5, _("Friday")),
        (6, _("Saturday")),
        (7, _("Sunday")),
    ]

    unit = models.ForeignKey("places.Unit", models.PROTECT, db_column="unit", related_name="+")
    weekday = models.SmallIntegerField(_("Day of the week"), choices=DAYS)  # ISO: Monday is 1
    since = models.TimeField(_("From hour"))
    until = models.TimeField(_("To hour"))
    place = models.CharField(_("Where"), max_length=200)
    who = models.CharField(_("Who receives"), max_length=200)
    note = models.CharField(_("Note"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weekday__range=(1, 7)), name="appeals_reception_on_a_weekday"
            ),
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")), name="appeals_reception_ends_after_it_begins"
            ),
        ]
        ordering = ["unit", "weekday", "since", "pk"]


class Reminder(models.Model):
    """That an officer was reminded of an appeal on a Kyiv day: once, however often the job runs."""

    pk = models.CompositePrimaryKey("case_key", "officer_id", "on")
    case_key = models.UUIDField()
    officer = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    on = models.DateField()
    days_left = models.SmallIntegerField()  # 0: the last day; negative: late by so many days
    as_head = models.BooleanField(default=False)
    at = models.DateTimeField()
