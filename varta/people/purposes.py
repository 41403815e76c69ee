"""For what a person's file is opened: a list, a reason in words, and a memory of fifteen minutes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase

LASTS = timedelta(minutes=15)
REMEMBERED = "varta.purpose"

# Purposes of art. 1 of Directive (EU) 2016/680 in the words of the service. The texts are ours.
PURPOSES: Mapping[str, Mapping[str, str]] = {
    "call": {"uk": "Реагування на виклик", "en": "Response to a call"},
    "case": {"uk": "Робота у справі", "en": "Work on a case"},
    "appeal": {"uk": "Розгляд звернення", "en": "Handling of an appeal"},
    "protection": {"uk": "Захист постраждалої особи", "en": "Protection of a victim"},
    "prevention": {"uk": "Профілактична робота", "en": "Preventive work"},
    "request": {
        "uk": "Запит суду, прокурора або слідчого",
        "en": "Request of court, prosecutor or investigator",
    },
    "subject": {"uk": "Запит самої особи про її дані", "en": "The person's own request about the data"},
    "control": {"uk": "Контроль якості та законності", "en": "Control of quality and lawfulness"},
}

# Purposes that stand in for nothing without the number of what they refer to.
NUMBERED = frozenset({"call", "case", "appeal", "request"})


@dataclass(frozen=True)
class Purpose:
    """Why somebody's file is opened."""

    code: str
    reason: str
    case_number: str

    def as_look(self) -> dict[str, str]:
        """Return the arguments that `looks.note` takes."""
        return {"purpose": self.code, "reason": self.reason, "case_number": self.case_number}


def remember(session: SessionBase, subject: str, purpose: Purpose, *, at: datetime) -> None:
    """Keep the purpose of this subject in the session for fifteen minutes."""
    kept = _fresh(session, at)
    kept[subject] = asdict(purpose) | {"until": (at + LASTS).timestamp()}
    session[REMEMBERED] = kept


def given(session: SessionBase, subject: str, *, at: datetime) -> Purpose | None:
    """Return the purpose given for this subject within the last fifteen minutes."""
    found = _fresh(session, at).get(subject)
    return Purpose(found["code"], found["reason"], found["case_number"]) if found else None


def latest(session: SessionBase, *, at: datetime) -> Purpose | None:
    """Return the purpose given last, to offer it again within the same task."""
    kept = sorted(_fresh(session, at).values(), key=lambda one: one["until"])
    return Purpose(kept[-1]["code"], kept[-1]["reason"], kept[-1]["case_number"]) if kept else None


def forget(session: SessionBase) -> None:
    """Forget every purpose: the task changed."""
    session.pop(REMEMBERED, None)


def title(code: str, language: str) -> str:
    """Return the purpose's name in "uk" or "en"."""
    return PURPOSES[code][language] if code in PURPOSES else code


def _fresh(session: SessionBase, at: datetime) -> dict[str, dict]:
    kept = session.get(REMEMBERED, {})
    return {subject: one for subject, one in kept.items() if one["until"] > at.timestamp()}
