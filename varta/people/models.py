"""People: officers with their appointments, residents, and the log of who looked at what."""

from datetime import date

from django.contrib.auth import hashers
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from varta.people.roles import ROLES
from varta.people.sealed import unseal

SEALED_WITH = "residence"  # name of the key in the home folder


class Officers(BaseUserManager["Officer"]):
    """Finds officers; login names are compared without regard to case."""

    def get_by_natural_key(self, login: str) -> "Officer":
        """Return the officer with this login."""
        return self.get(login__iexact=login)


class Officer(AbstractBaseUser):
    """A person with an account. What they may do comes from their appointments alone."""

    last_login = None  # sign-ins are in the log of looks

    login = models.CharField(_("login"), max_length=64)
    name = models.CharField(_("full name"), max_length=200)
    name_en = models.CharField(_("name in Latin letters"), max_length=200, blank=True)
    sort_key = models.TextField(db_collation="C", default="")  # Ukrainian order of the name
    rank = models.CharField(_("rank"), max_length=80, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    unit = models.ForeignKey("places.Unit", models.PROTECT, null=True, related_name="officers")
    language = models.CharField(max_length=2, choices=[("uk", "Українська"), ("en", "English")], default="uk")
    theme = models.CharField(
        max_length=5,
        choices=[("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))],
        default="auto",
    )
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)  # an administrator gave the present one
    password_until = models.DateTimeField(null=True)  # when a given password lapses
    is_demo = models.BooleanField(default=False)  # refused outside demonstration
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = Officers()

    class Meta:
        constraints = [
            models.UniqueConstraint(models.functions.Lower("login"), name="people_officer_login_is_unique"),
        ]
        ordering = ["sort_key", "pk"]

    def __str__(self) -> str:
        return self.name

    def check_password(self, raw_password: str | None) -> bool:
        """Return whether this is the officer's password; a check writes nothing."""
        return hashers.check_password(raw_password, self.password)

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0]

    def acting(self, *, on: date, appointment: int | None = None) -> "Appointment | None":
        """Return the appointment under which the officer acts on this Kyiv day, with its place and unit.

        With several the one named is taken, else the earliest; None without a valid one, or when locked.
        """
        valid = list(self.appointments.valid(on)) if self.is_active else []
        return next((one for one in valid if one.pk == appointment), valid[0] if valid else None)

    def name_in(self, language: str) -> str:
        """Return the officer's name in "uk" or "en"."""
        return self.name_en if language == "en" and self.name_en else self.name


class Appointments(models.QuerySet["Appointment"]):
    """Appointments by day."""

    def valid(self, on: date) -> "Appointments":
        """Return appointments in force on this Kyiv day, the earliest first, with place and unit."""
        lasting = models.Q(until=None) | models.Q(until__gte=on)
        return self.filter(lasting, since__lte=on).select_related("place", "unit").order_by("since", "pk")


class Appointment(models.Model):
    """A role given to an officer over a place and a unit, from one day to another, both inclusive."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=32)
    place = models.ForeignKey("places.Territory", models.PROTECT, related_name="+")
    unit = models.ForeignKey("places.Unit", models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(Officer, models.PROTECT, null=True, related_name="+")

    objects = Appointments.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=sorted(ROLES)), name="people_appointment_role_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
                name="people_appointment_ends_after_it_begins",
            ),
            # people_appointment_is_not_doubled: an exclusion constraint, see migration 0002.
        ]
        ordering = ["since", "pk"]


class Person(models.Model):
    """A resident. Visible only through a case that the reader may see."""

    SEXES = [("", _("not stated")), ("f", _("female")), ("m", _("male"))]

    key = models.UUIDField(primary_key=True)  # UUIDv7
    surname = models.CharField(_("surname"), max_length=100, blank=True)
    given = models.CharField(_("given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=100, blank=True)
    birth_on = models.DateField(_("date of birth"), null=True, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=SEXES, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)  # as it was given
    phone_digits = models.CharField(max_length=20, blank=True)  # country code first, no plus
    tax_number_sealed = models.TextField(blank=True)  # hidden until asked for, see sealed.py
    residence_sealed = models.TextField(blank=True)  # likewise
    note = models.TextField(_("note"), blank=True)
    sort_key = models.TextField(db_collation="C")  # Ukrainian order of the whole name
    words = ArrayField(models.TextField(), default=list)  # by which the name is found, see naming.py
    created_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["sort_key"], name="people_person_in_order"),
        ]
        ordering = ["sort_key", "key"]

    def __str__(self) -> str:
        return self.name or str(_("Unnamed person"))

    @property
    def name(self) -> str:
        """Return surname, given name and patronymic as far as they are known."""
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)

    @property
    def residence(self) -> str:
        """Return where the person lives. Who shows it writes a look of its own."""
        return unseal(self.residence_sealed, key=SEALED_WITH)

    @property
    def tax_number(self) -> str:
        """Return the tax number (РНОКПП). Who shows it writes a look of its own."""
        return unseal(self.tax_number_sealed, key=SEALED_WITH)


class Look(models.Model):
    """One look at somebody's matters, or one use of an account: who, what, when, why (LED art. 25).

    Append-only by database privilege. The column `txid` (xid8, the writing transaction) is
    filled by the database and serves the seal; it is not part of this model.
    """

    key = models.UUIDField(primary_key=True)  # UUIDv7
    officer = models.ForeignKey(Officer, models.PROTECT, null=True, db_constraint=False, related_name="looks")
    role = models.CharField(max_length=32, blank=True)
    unit_pre = models.IntegerField(null=True)  # the unit in which the officer acted
    at = models.DateTimeField()
    action = models.CharField(max_length=24)
    subject_kind = models.CharField(max_length=16, blank=True)
    subject_key = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=24, blank=True)
    reason = models.TextField(blank=True)
    case_number = models.CharField(max_length=64, blank=True)
    detail = models.JSONField(default=dict)
    origin = models.CharField(max_length=64, blank=True)  # keyed hash of the address, never the address
    hash = models.BinaryField()  # SHA-256 of the canonical content, see looks.py

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_key", "at"], name="people_look_by_subject"),
            models.Index(fields=["officer", "at"], name="people_look_by_officer"),
            models.Index(fields=["at"], name="people_look_by_time"),
        ]
        ordering = ["-at", "-key"]
