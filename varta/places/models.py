"""Places: the tree of territories, the tree of units, and which unit answers for which territory."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from varta.places import names


class CodeField(models.CharField):
    """A code: text compared byte by byte, never a number."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 64)
        kwargs.setdefault("db_collation", "C")
        super().__init__(*args, **kwargs)


class Tree(models.Model):
    """A row of a tree numbered in preorder.

    Everything below a row has `pre` in `pre`..`pre_end` of that row, both inclusive, so whether
    one row lies in another is two comparisons. The numbers have gaps and never change.
    """

    code = CodeField(primary_key=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    name = models.TextField()
    name_en = models.TextField()
    sort_key = models.TextField(db_collation="C")
    folded = models.TextField(db_collation="C")  # text.fold(name), for search
    folded_en = models.TextField(db_collation="C")
    pre = models.IntegerField(unique=True)
    pre_end = models.IntegerField()
    valid_from = models.DateField(null=True, blank=True)  # null: before the first list that we know
    valid_to = models.DateField(null=True, blank=True)  # the first day without it

    class Meta:
        abstract = True
        ordering = ["pre"]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The full name in the language of the reader."""
        return self.titles["en" if get_language() == "en" else "uk"]

    def holds(self, other: "Tree") -> bool:
        """Whether `other` is this row or lies below it."""
        return self.pre <= other.pre <= self.pre_end


class Territory(Tree):
    """A place of the codifier: a country, an oblast, a raion, a hromada, a settlement or a city district."""

    COUNTRY, OBLAST, RAION, HROMADA, SETTLEMENT, DISTRICT = range(6)

    level = models.SmallIntegerField()
    category = models.CharField(max_length=32, blank=True)
    oblast = CodeField(null=True, blank=True)  # the ancestor (or itself) on level 1
    raion = CodeField(null=True, blank=True)  # on level 2
    hromada = CodeField(null=True, blank=True)  # on level 3
    kind = models.CharField(max_length=16, blank=True)  # of a hromada: urban, settlement, rural
    centre = CodeField(null=True, blank=True)  # the settlement where its administration sits
    population = models.IntegerField(null=True, blank=True)
    population_on = models.DateField(null=True, blank=True)
    population_source = models.CharField(max_length=200, blank=True)
    lat = models.FloatField(null=True, blank=True)  # WGS84 degrees
    lon = models.FloatField(null=True, blank=True)
    point_source = models.CharField(max_length=200, blank=True)
    became = CodeField(null=True, blank=True)  # the code that replaced this one
    grams = ArrayField(models.TextField(db_collation="C"))

    class Meta(Tree.Meta):
        verbose_name = _("territory")
        constraints = [
            models.CheckConstraint(condition=Q(pre_end__gte=F("pre")), name="territory_interval_is_forward"),
            models.CheckConstraint(condition=Q(level__range=(0, 5)), name="territory_level_is_0_to_5"),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gte=0),
                name="territory_population_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lon__isnull=True)
                | Q(lat__range=(-90, 90), lon__range=(-180, 180)),
                name="territory_point_is_on_earth",
            ),
        ]
        indexes = [
            models.Index(fields=["level", "pre"], name="territory_level_pre"),
            models.Index(fields=["parent", "sort_key"], name="territory_parent_sort"),
            models.Index(fields=["lat", "lon"], name="territory_point", condition=Q(lat__isnull=False)),
            models.Index(fields=["folded"], name="territory_folded"),
            models.Index(fields=["folded_en"], name="territory_folded_en"),
            GinIndex(fields=["grams"], name="territory_grams", fastupdate=False),
        ]

    @property
    def titles(self) -> dict[str, str]:
        """The full name in both languages: «Дніпропетровська область», "Dnipropetrovsk oblast"."""
        return names.titles(code=self.code, category=self.category, name=self.name, name_en=self.name_en)


class TerritoryChange(models.Model):
    """What a territory was before: its earlier name, parent or category, until the day it changed."""

    class What(models.TextChoices):
        NAME = "name", _("Name")
        PARENT = "parent", _("Parent")
        CATEGORY = "category", _("Category")
        ABSENCE = "absence", _("Absence from the codifier")

    territory = models.ForeignKey(Territory, models.PROTECT, related_name="changes")
    what = models.CharField(max_length=16, choices=What)
    was = models.TextField()
    folded = models.TextField(blank=True, db_collation="C")  # text.fold(was) of a name, for search
    until = models.DateField()

    class Meta:
        ordering = ["territory", "-until", "what"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "what", "until"], name="one_change_of_a_kind_a_day")
        ]
        indexes = [models.Index(fields=["folded"], name="territory_former_name", condition=~Q(folded=""))]


class Unit(Tree):
    """A unit of the police or of a partner service."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Headquarters")
        MAIN_DIRECTORATE = "main_directorate", _("Main directorate")
        DIRECTORATE = "directorate", _("Directorate")
        RAION_DIRECTORATE = "raion_directorate", _("Raion directorate")
        DEPARTMENT = "department", _("Department")
        DIVISION = "division", _("Division")
        SECTOR = "sector", _("Sector")
        STATION = "station", _("Police station")
        SERVICE = "service", _("Partner service")
        UNIVERSITY = "university", _("University of internal affairs")

    class Branch(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Leadership")
        PREVENTION = "prevention", _("Prevention")
        CRIMINAL = "criminal", _("Criminal block")
        PATROL = "patrol", _("Patrol")
        DISPATCH = "dispatch", _("Dispatch")
        PARTNER = "partner", _("Partner service")

    kind = models.CharField(max_length=32, choices=Kind)
    branch = models.CharField(max_length=32, choices=Branch)
    places = models.ManyToManyField(Territory, through="UnitPlace", related_name="units")

    class Meta(Tree.Meta):
        verbose_name = _("unit")
        constraints = [
            models.CheckConstraint(condition=Q(pre_end__gte=F("pre")), name="unit_interval_is_forward"),
        ]
        indexes = [models.Index(fields=["branch", "pre"], name="unit_branch_pre")]

    @property
    def titles(self) -> dict[str, str]:
        """The full name in both languages."""
        return {"uk": self.name, "en": self.name_en}


class UnitPlace(models.Model):
    """A unit answers for a territory and everything in it."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="place_links")
    place = models.ForeignKey(Territory, models.PROTECT, related_name="unit_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "place"], name="a_unit_answers_for_a_place_once")
        ]


class Edition(models.Model):
    """One loading of a tree: which file described it, and for which day."""

    root = CodeField()
    as_of = models.DateField()
    source = models.CharField(max_length=200)
    rows = models.IntegerField()
    digest = models.CharField(max_length=64)  # sha256 of the rows as they were read
    added = models.IntegerField()
    closed = models.IntegerField()
    changed = models.IntegerField()

    class Meta:
        ordering = ["root", "as_of", "pk"]


class PlaceShape(models.Model):
    """The boundary of a place, and a point within it: for maps, never for deciding what lies where."""

    APPROXIMATE = "approximate"  # source of the shapes that follow from points

    place = models.OneToOneField(Territory, models.CASCADE, primary_key=True, related_name="shape")
    level = models.SmallIntegerField()  # that of the place
    oblast = CodeField(blank=True)  # that of the place
    geometry = models.TextField()  # GeoJSON, WGS84 degrees
    lat = models.FloatField()
    lon = models.FloatField()
    source = models.CharField(max_length=200)  # "approximate", or who drew it

    class Meta:
        indexes = [models.Index(fields=["level", "oblast"], name="place_shape_level_oblast")]


class Dated(models.Model):
    """What somebody says of a place from a day on: with its source, and who compared it with the source."""

    since = models.DateField()
    until = models.DateField(null=True, blank=True)  # the first day on which it is no longer so
    source = models.TextField()
    verified_by = models.TextField(blank=True)
    verified_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)  # made up for a demonstration

    class Meta:
        abstract = True


class TerritoryFact(Dated):
    """A territory, with everything in it, is front-line or occupied from one day to another."""

    class Kind(models.TextChoices):
        FRONT_LINE = "front_line", _("front-line")
        OCCUPIED = "occupied", _("occupied")

    place = models.ForeignKey(Territory, models.PROTECT, related_name="facts")
    kind = models.CharField(max_length=16, choices=Kind)

    class Meta:
        ordering = ["place", "since", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["place", "kind", "since"], name="a_fact_begins_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("front_line", "occupied")), name="territory_fact_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="territory_fact_ends_after_it_begins",
            ),
        ]


class Beat(Dated):
    """A beat: the part of a hromada for which one officer answers, with the people who live there."""

    class Kind(models.TextChoices):
        RURAL = "rural", _("rural")
        URBAN = "urban", _("urban")

    code = CodeField()
    name = models.TextField()
    hromada = models.ForeignKey(Territory, models.PROTECT, related_name="beats")
    kind = models.CharField(max_length=8, choices=Kind)
    population = models.IntegerField(null=True, blank=True)
    population_on = models.DateField(null=True, blank=True)
    places = models.ManyToManyField(Territory, related_name="beats_of", blank=True)  # settlements, districts

    class Meta:
        ordering = ["hromada", "code", "since"]
        constraints = [
            models.UniqueConstraint(fields=["code", "since"], name="a_beat_begins_once"),
            models.CheckConstraint(condition=Q(kind__in=("rural", "urban")), name="beat_kind_is_known"),
            models.CheckConstraint(
                condition=Q(population__isnull=True) | Q(population__gte=0),
                name="beat_population_is_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="beat_ends_after_it_begins"
            ),
        ]
