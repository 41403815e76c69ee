"""What can go wrong between a record, a step and the law; each message in both languages."""

from collections.abc import Mapping

Text = Mapping[str, str]  # {"uk": ..., "en": ...}


class LawError(Exception):
    """A step or a record that the law, as written here, does not allow.

    `texts` is for people, in both languages; str() is the English one. `fields` names
    the fields of the record at fault, if the fault lies in fields.
    """

    def __init__(self, texts: Text, *, fields: Mapping[str, Text] | None = None) -> None:
        self.texts = dict(texts)
        self.fields = {name: dict(text) for name, text in (fields or {}).items()}
        super().__init__(self.texts["en"])


class NotInForce(LawError, LookupError):
    """The law had no such term, or no such step, on that day."""


class UnknownStep(LawError, LookupError):
    """The procedure has no step with this code."""


class StepClosed(LawError):
    """The step is not open in this case: too early, already taken, or the case has ended.

    `reason` is the bare clause that says why, to be used inside another sentence.
    """

    def __init__(self, step: Text, reason: Text) -> None:
        self.reason = dict(reason)
        super().__init__(
            {
                "uk": f"Крок «{step['uk']}» недоступний: {reason['uk']}.",
                "en": f"The step “{step['en']}” is not open: {reason['en']}.",
            }
        )


class CeilingPassed(LawError):
    """The officer chose a day beyond what the law allows."""


class RuleBroken(LawError):
    """A rule of the procedure's own forbids this step in this case."""


class RecordInvalid(LawError):
    """The record of a step is incomplete or wrong; `errors` says which field, and what to do.

    errors: field name -> {"uk": ..., "en": ...}. A name may be one that the record does not have.
    """

    def __init__(self, errors: Mapping[str, Text]) -> None:
        self.errors = {name: dict(text) for name, text in errors.items()}
        joined = {
            language: " ".join(text[language] for text in self.errors.values()) for language in ("uk", "en")
        }
        super().__init__(joined, fields=self.errors)


class CalendarUnknown(LookupError):
    """The calendar of days off does not reach that year: add the year to law/holidays.py."""


class ProcedureInvalid(ValueError):
    """A procedure that cannot be used as it is written; the message lists every fault."""
