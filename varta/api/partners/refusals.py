"""Why a partner's request was refused: a status, a code for programs, and words in both languages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from varta.cases.errors import StepRefused


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: its code, where in the message, and why, in both languages."""

    code: str
    uk: str
    en: str
    at: str = ""  # "/alert/info[2]/expires", "address_string"

    def as_json(self) -> dict[str, str]:
        """Return the plain form."""
        return {"code": self.code, "at": self.at, "uk": self.uk, "en": self.en}


class Refused(Exception):
    """Nothing was written. `status` is that of HTTP; `faults` say what is wrong, at least one."""

    def __init__(self, status: int, *faults: Fault, retry_after: int | None = None) -> None:
        self.status = status
        self.faults: Sequence[Fault] = faults
        self.retry_after = retry_after  # seconds
        super().__init__(", ".join(fault.code for fault in faults))

    def as_json(self) -> dict[str, Any]:
        """Return the plain form: the first fault's code and text, then all of them."""
        first = self.faults[0]
        listed = [fault.as_json() for fault in self.faults]
        return {"code": first.code, "uk": first.uk, "en": first.en, "errors": listed}


def of_step(refused: StepRefused) -> Refused:
    """Return the refusal of a step as a partner reads it; the same key with other content is a conflict."""
    status = 409 if refused.code == "key-reused" else 422
    whole = Fault(refused.code, refused.text("uk"), refused.text("en"))
    fields = [
        Fault("field-invalid", text["uk"], text["en"], at=name) for name, text in refused.fields.items()
    ]
    return Refused(status, whole, *fields)


def key_unknown(status: int = 401) -> Refused:
    """Return the refusal of a request without a key that holds."""
    return Refused(
        status,
        Fault(
            "key-unknown",
            "Ключа немає, або він не діє. Надішліть його в заголовку Authorization: Bearer.",
            "There is no key, or it does not hold. Send it in the header Authorization: Bearer.",
        ),
    )


def no_right() -> Refused:
    """Return the refusal of what the partner was not given the right to."""
    return Refused(
        403,
        Fault(
            "no-right",
            "Вашій системі не надано права на цю дію. Зверніться до адміністратора Варти.",
            "Your system was not given the right to do this. Ask the administrator of Varta.",
        ),
    )


def too_many(seconds: int) -> Refused:
    """Return the refusal of a request that comes after too many others."""
    return Refused(
        429,
        Fault(
            "too-many",
            f"Забагато запитів за хвилину. Повторіть через {seconds} с; про термінове дзвоніть 102.",
            f"Too many requests within a minute. Repeat in {seconds} s; call 102 about what is urgent.",
        ),
        retry_after=seconds,
    )


def too_large(most: int) -> Refused:
    """Return the refusal of a body that is larger than the door takes."""
    return Refused(
        413,
        Fault(
            "too-large",
            f"Повідомлення завелике: приймаємо до {most // 1024} КіБ.",
            f"The message is too large: up to {most // 1024} KiB are taken.",
        ),
    )
