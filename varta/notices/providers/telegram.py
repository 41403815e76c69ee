"""Telegram through a bot: who sends it the code of a receipt gets the notices of that matter."""

from datetime import datetime
from typing import Any

from django.conf import settings

from varta.notices import actions
from varta.notices.letters import Letter
from varta.notices.models import SEALED_WITH, Chat
from varta.notices.providers import NotSent, Refused, web
from varta.people.scope import Reader, reading
from varta.people.sealed import unseal


class Bot:
    """Writes to a linked chat."""

    def send(self, letter: Letter) -> str:
        """Send the text and return Telegram's number of the message."""
        with reading(Reader.system()):
            chat = Chat.objects.filter(key=letter.to).first()
        if chat is None or chat.stopped_at:
            raise Refused("the chat is not there any more")
        if chat.linked_at is None:
            raise NotSent("the chat is not linked yet")
        body = {
            "chat_id": unseal(chat.chat_sealed, key=SEALED_WITH),
            "text": letter.text,
            "protect_content": True,
            "link_preview_options": {"is_disabled": True},
        }
        answer = _ask("sendMessage", body)
        return str(answer.get("message_id", ""))


def link_of(code: str) -> str:
    """Return the address that opens the bot with the code, nothing where the bot's name is not set."""
    return f"https://t.me/{settings.VARTA_TELEGRAM_BOT}?start={code}" if settings.VARTA_TELEGRAM_BOT else ""


def hear(at: datetime) -> None:
    """Take in what was written to the bot: /start with a code links the chat, /stop ends its notices.

    What was taken in is confirmed last, so a killed worker takes it in again, to the same effect.
    """
    if not settings.VARTA_TELEGRAM_TOKEN:
        return
    heard = _ask("getUpdates", {"timeout": 0, "allowed_updates": ["message"]})
    for update in heard:
        _take_in(update.get("message") or {}, at)
    if heard:
        _ask("getUpdates", {"offset": heard[-1]["update_id"] + 1, "limit": 1, "timeout": 0})


def _take_in(message: dict[str, Any], at: datetime) -> None:
    chat, words = str((message.get("chat") or {}).get("id", "")), str(message.get("text", "")).split()
    if not chat or not words:
        return
    if words[0] == "/stop":
        actions.stop_chat(chat=chat, at=at)
    elif words[0] == "/start" and len(words) == 2:
        actions.link_chat(code=words[1], chat=chat, at=at)


def _ask(method: str, body: dict[str, Any]) -> Any:
    address = f"{settings.VARTA_TELEGRAM_URL}/bot{settings.VARTA_TELEGRAM_TOKEN}/{method}"
    return web.ask("POST", address, body=body).get("result", {})
