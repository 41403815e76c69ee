"""What a notice says: a template in the reader's language, neutral to whoever looks over a shoulder.

The first line of a template is the subject of an e-mail, the rest the text; `<name>.sms.txt` is the whole
text of an SMS. A room keeps the templates of its notices in its own `templates/notices/<language>/`.
"""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

from varta.notices.models import Channel, Notice

_stopping = Signer(salt="varta.notices.stop")


@dataclass(frozen=True)
class Letter:
    """What a provider is given. `stop` is the address at which notices are stopped, if it is known."""

    key: UUID
    to: str
    subject: str
    text: str
    language: str
    stop: str


def template_of(name: str, *, channel: str, language: str) -> Any:
    """Return the template of a notice. Raises TemplateDoesNotExist."""
    kind = "sms.txt" if channel == Channel.SMS else "txt"
    return get_template(f"notices/{language}/{name}.{kind}")


def letter_of(notice: Notice) -> Letter:
    """Return the notice as it is sent."""
    stop = stop_address(notice.key)
    template = template_of(notice.template, channel=notice.channel, language=notice.language)
    with translation.override(notice.language):
        page = template.render({**notice.context, "stop": stop, "home": settings.VARTA_PUBLIC_URL})
    if notice.channel == Channel.SMS:
        return Letter(notice.key, notice.to, "", page.strip(), notice.language, stop)
    subject, _, text = page.strip().partition("\n")
    return Letter(notice.key, notice.to, subject.strip(), tidy(text), notice.language, stop)


def tidy(text: str) -> str:
    """Return the text with at most one empty line between two lines."""
    return re.sub(r"\n\s*\n+", "\n\n", text).strip()


def stop_address(key: UUID) -> str:
    """Return the whole address of the page that stops notices, nothing where Varta's own is not set."""
    if not settings.VARTA_PUBLIC_URL:
        return ""
    return settings.VARTA_PUBLIC_URL + reverse("notices:stop", args=[_stopping.sign(key.hex)])


def key_of(token: str) -> UUID | None:
    """Return the notice that a stopping address names, None for an address that we did not write."""
    try:
        return UUID(hex=_stopping.unsign(token))
    except (BadSignature, ValueError):
        return None
