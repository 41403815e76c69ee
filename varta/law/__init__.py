"""How the law counts time, and what a procedure is. Knows no framework.

Procedures are in varta/procedures/, one file each; `discover()` finds them.
"""

from varta.law.calendars import is_working
from varta.law.discovery import discover
from varta.law.errors import (
    CalendarUnknown,
    CeilingPassed,
    LawError,
    NotInForce,
    ProcedureInvalid,
    RecordInvalid,
    RuleBroken,
    StepClosed,
    Text,
    UnknownStep,
)
from varta.law.fields import Choices, Field, asked, fields_of
from varta.law.history import Due, State, Taken
from varta.law.procedure import Procedure
from varta.law.records import read_record, record_json
from varta.law.sources import SOURCES, Check, Law
from varta.law.steps import Fact, Facts, Norm, Step, TermsBy
from varta.law.terms import Term, in_force, term

__all__ = [
    "SOURCES",
    "CalendarUnknown",
    "CeilingPassed",
    "Check",
    "Choices",
    "Due",
    "Fact",
    "Facts",
    "Field",
    "Law",
    "LawError",
    "Norm",
    "NotInForce",
    "Procedure",
    "ProcedureInvalid",
    "RecordInvalid",
    "RuleBroken",
    "State",
    "Step",
    "StepClosed",
    "Taken",
    "Term",
    "TermsBy",
    "Text",
    "UnknownStep",
    "asked",
    "discover",
    "fields_of",
    "in_force",
    "is_working",
    "read_record",
    "record_json",
    "term",
]
