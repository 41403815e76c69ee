"""Templates of statements, edition by edition, and the statements that were published. Nothing is ever changed."""

from django.db import models

from varta.results.models import FrozenReport


class Scoped(models.Model):
    """A row of an area: preorder intervals of places and units, both ends inclusive."""

    place_from = models.IntegerField()
    place_to = models.IntegerField()
    unit_from = models.IntegerField()
    unit_to = models.IntegerField()

    class Meta:
        abstract = True


class Template(Scoped):
    """An edition of a template; a change is a new edition."""

    code = models.SlugField(max_length=60)
    edition = models.IntegerField()
    title = models.JSONField()  # {"uk", "en"}
    uk = models.TextField()
    en = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)  # officer; None: the command of this machine

    class Meta:
        ordering = ["code", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["code", "edition"], name="press_one_template_of_an_edition")
        ]


class Published(Scoped):
    """A statement as everybody reads it: texts with the cells that their figures come from."""

    report = models.ForeignKey(FrozenReport, models.PROTECT, related_name="+", db_column="report")
    template = models.ForeignKey(Template, models.PROTECT, related_name="+")
    content = (
        models.JSONField()
    )  # {"uk": paragraphs, "en": paragraphs}, each a list of texts and told figures
    digest = models.CharField(max_length=64)  # SHA-256 of the published pack that gave the figures
    made_at = models.DateTimeField()
    made_by = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "template"], name="press_one_statement_of_a_template")
        ]
