"""What the programme keeps: cohorts; and, computed from entries, where everybody was on any day and what was promised.

`Stay`, `Memorandum`, `Duty`, `Station` and `Asset` are projections: `officers.projection` and `officers.promises`
compute them from the entries of the procedures `officer_training` and `hromada_memorandum`, and `varta rebuild` again.
Days are Kyiv days; an interval holds its first day and not the day of its end.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from varta.places.models import CodeField


class Cohort(models.Model):
    """A group that takes one course at one university."""

    code = CodeField(primary_key=True)
    university = models.ForeignKey("places.Unit", models.PROTECT, related_name="cohorts")
    course_uk = models.CharField(max_length=200)
    course_en = models.CharField(max_length=200)
    begins = models.DateField()
    ends = models.DateField()  # the last day
    capacity = models.IntegerField()
    curriculum = models.JSONField(default=list)  # [{"code", "uk", "en", "hours"}] in the order of the course
    made_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["begins", "code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("begins")), name="officers_cohort_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="officers_cohort_takes_somebody"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def courses(self) -> dict[str, str]:
        """Return the name of the course in both languages."""
        return {"uk": self.course_uk, "en": self.course_en}


class Stay(models.Model):
    """That a person was in a stage of the programme, from one day until before another.

    The one source of every count: a person counts in a stage on a day when `began` <= day < `ended`.
    Each person who came in is in exactly one stage from the questionnaire on, and in LEFT for ever after.
    """

    class Stage(models.TextChoices):
        CANDIDATE = "candidate", _("candidate")
        TRAINING = "training", _("in training")
        INTERNSHIP = "internship", _("on internship")
        SERVING = "serving", _("serving")
        LEAVE = "leave", _("on leave")
        LEFT = "left", _("left")

    pk = models.CompositePrimaryKey("case", "nth")
    case = models.UUIDField()  # key of the case of officer_training
    nth = models.SmallIntegerField()  # order of the person's stages, from 1
    person = models.ForeignKey(
        "people.Person", models.PROTECT, db_column="person", db_constraint=False, related_name="+"
    )
    stage = models.CharField(max_length=12, choices=Stage)
    oblast = models.ForeignKey("places.Territory", models.PROTECT, db_column="oblast", related_name="+")
    hromada = models.ForeignKey("places.Territory", models.PROTECT, db_column="hromada", related_name="+")
    place_pre = models.IntegerField()  # of the hromada: scope is two comparisons
    unit = models.ForeignKey("places.Unit", models.PROTECT, db_column="unit", related_name="+")
    unit_pre = models.IntegerField()
    cohort = models.ForeignKey(Cohort, models.PROTECT, db_column="cohort", null=True, related_name="stays")
    began = models.DateField()
    ended = models.DateField(null=True)  # the first day that is not in it; None: it lasts
    finished = models.DateField(
        null=True
    )  # when course or internship was passed, the next stage not yet begun
    why = models.CharField(max_length=16, blank=True)  # code of the leave, the dismissal or the withdrawal

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gt=F("began")), name="officers_stay_ends_after_it_begins"
            ),
            # officers_stay_is_one_at_a_time: an exclusion constraint, see sql.py.
        ]
        indexes = [
            models.Index(fields=["stage", "began"], name="officers_stay_by_stage"),
            models.Index(fields=["place_pre", "began"], name="officers_stay_by_place"),
            models.Index(
                fields=["cohort"], name="officers_stay_of_cohort", condition=Q(cohort__isnull=False)
            ),
        ]


class Memorandum(models.Model):
    """What a hromada applied for and signed: the case of the procedure `hromada_memorandum` under the same key."""

    key = models.UUIDField(primary_key=True)
    hromada = models.ForeignKey("places.Territory", models.PROTECT, db_column="hromada", related_name="+")
    oblast = models.ForeignKey("places.Territory", models.PROTECT, db_column="oblast", related_name="+")
    place_pre = models.IntegerField()
    unit = models.ForeignKey("places.Unit", models.PROTECT, db_column="unit", related_name="+")
    unit_pre = models.IntegerField()
    applied_on = models.DateField()
    wanted = models.IntegerField()  # officers that the hromada asked for
    signed_on = models.DateField(null=True)
    until = models.DateField(null=True)  # the last day, if one was agreed
    officers = models.IntegerField(null=True)  # at most so many; None before the signing
    ended_on = models.DateField(null=True)  # refused or ended: the first day without it
    end_why = models.CharField(max_length=16, blank=True)  # code of the end, or "refused"

    class Meta:
        indexes = [
            models.Index(fields=["place_pre"], name="officers_memorandum_by_place"),
            models.Index(fields=["hromada"], name="officers_memorandum_of"),
        ]

    @property
    def state(self) -> str:
        """Return "applied", "signed", "refused" or "ended"."""
        if self.ended_on:
            return "refused" if self.end_why == "refused" else "ended"
        return "signed" if self.signed_on else "applied"


class Plan(models.Model):
    """A question where new officers should serve, and the plan that answers it; kept with the data it was made on.

    Made by a job that reads as the one who asked: `role` and the two intervals are that reader's.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        SOLVING = "solving", _("being solved")
        READY = "ready", _("ready")
        CANCELLED = "cancelled", _("cancelled")
        IMPOSSIBLE = "impossible", _("no plan keeps the conditions")
        FAILED = "failed", _("failed")

    key = models.UUIDField(primary_key=True)
    made_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    role = models.CharField(max_length=32)
    place_pre = models.IntegerField()  # the first number of the asker's area and the last
    place_end = models.IntegerField()
    unit_pre = models.IntegerField()
    unit_end = models.IntegerField()
    on = models.DateField()  # whose officers, memoranda and settlements count
    asked = models.JSONField()  # as planform.Asked keeps it
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    progress = models.JSONField(default=dict)  # {"seconds", "value", "bound", "stage"} while it is solved
    cancelled_at = models.DateTimeField(null=True)  # when somebody asked to stop
    outcome = models.JSONField(null=True)  # as solving writes it
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of the data that it was made on
    solved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
        indexes = [models.Index(fields=["place_pre", "-made_at"], name="officers_plan_by_place")]

    @property
    def is_open(self) -> bool:
        """Whether it still waits or is being solved."""
        return self.state in (self.State.WAITING, self.State.SOLVING)


class Proposal(models.Model):
    """That a plan's posts in one hromada are proposed: a person accepts or declines it, nothing follows by itself."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="proposals")
    hromada = models.ForeignKey("places.Territory", models.PROTECT, db_column="hromada", related_name="+")
    place_pre = models.IntegerField()
    officers = models.SmallIntegerField()
    proposed_by = models.ForeignKey("people.Officer", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    decided_by = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at", "place_pre"]
        constraints = [
            models.UniqueConstraint(
                fields=["hromada"],
                condition=Q(state="proposed"),
                name="officers_proposal_is_one_for_a_hromada",
            ),
            models.CheckConstraint(condition=Q(officers__gte=1), name="officers_proposal_is_of_somebody"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at=None)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="officers_proposal_is_decided_at_a_moment",
            ),
        ]


class OfMemorandum(models.Model):
    """A row of a memorandum, numbered within it."""

    nth = models.SmallIntegerField()

    class Meta:
        abstract = True


class Duty(OfMemorandum):
    """What one side of a memorandum promised, by which day, and when it was met."""

    pk = models.CompositePrimaryKey("memorandum", "nth")
    memorandum = models.ForeignKey(
        Memorandum, models.DO_NOTHING, db_column="memorandum", db_constraint=False, related_name="duties"
    )
    side = models.CharField(max_length=8)  # code of _memorandum_records.SIDE
    what = models.CharField(max_length=16)  # code of _memorandum_records.DUTY
    about = models.TextField(blank=True)
    due = models.DateField()  # the last day in time
    met_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["due"], name="officers_duty_unmet", condition=Q(met_on=None))]


class Station(OfMemorandum):
    """A police station of a hromada."""

    pk = models.CompositePrimaryKey("memorandum", "nth")
    memorandum = models.ForeignKey(
        Memorandum, models.DO_NOTHING, db_column="memorandum", db_constraint=False, related_name="stations"
    )
    settlement = models.ForeignKey(
        "places.Territory", models.PROTECT, db_column="settlement", related_name="+"
    )
    address = models.TextField(blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)  # the first day without it


class Asset(OfMemorandum):
    """A vehicle or equipment that one side gave."""

    pk = models.CompositePrimaryKey("memorandum", "nth")
    memorandum = models.ForeignKey(
        Memorandum, models.DO_NOTHING, db_column="memorandum", db_constraint=False, related_name="assets"
    )
    kind = models.CharField(max_length=12)  # "vehicle" or "equipment"
    side = models.CharField(max_length=8)
    what = models.TextField()
    plate = models.TextField(blank=True)
    count = models.IntegerField()
    given_on = models.DateField()


class HromadaReport(models.Model):
    """A report to a hromada as it was published, one row for each revision: public, and never changed.

    A projection of the entries `publish` and `revise` of `hromada_report`, see hromada/projection.py.
    """

    key = models.UUIDField(primary_key=True)  # of the entry
    case = models.UUIDField()
    address = models.UUIDField()  # key of the first edition: what residents keep
    revision = models.SmallIntegerField()  # from 1
    hromada = models.ForeignKey("places.Territory", models.PROTECT, db_column="hromada", related_name="+")
    unit = models.ForeignKey("places.Unit", models.PROTECT, db_column="unit", related_name="+")
    first = models.DateField()
    last = models.DateField()
    held_on = models.DateField()
    content = models.JSONField()  # the record of the entry, without what stands in columns
    figures = models.JSONField()  # see hromada/counting.py
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-published_at", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["address", "revision"], name="officers_report_revision_is_one"),
        ]
        indexes = [models.Index(fields=["hromada", "published_at"], name="officers_report_of_hromada")]


class HromadaOpinion(models.Model):
    """How a hromada found the report: public, a projection of the entry `evaluate`."""

    case = models.UUIDField(primary_key=True)
    mark = models.CharField(max_length=8)  # code of hromada_report.MARK
    decision = models.TextField(blank=True)
    given_at = models.DateTimeField()


class ReportDraft(models.Model):
    """Words of a report that is being written; replaced at each saving, gone when it is published."""

    case = models.UUIDField(primary_key=True)
    content = models.JSONField()
    officer = models.ForeignKey("people.Officer", models.PROTECT, null=True, related_name="+")
    saved_at = models.DateTimeField()


class SeriesEdition(models.Model):
    """A published series of the programme as it was loaded, whole; the newest one is shown, see series.py."""

    name = models.CharField(max_length=200)  # of the file
    loaded_at = models.DateTimeField()
    digest = models.CharField(max_length=64)  # sha256 of both texts
    figures = models.TextField()  # CSV
    sources = models.TextField()  # CSV

    class Meta:
        ordering = ["-pk"]
