"""E-mail through the server that VARTA_EMAIL_URL names."""

from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage

from varta.notices.letters import Letter
from varta.notices.providers import NotSent, Refused

PERMANENT = 500  # replies of SMTP from here on are final


class Mail:
    """Sends plain text: nothing is loaded when it is opened, so nobody learns that it was."""

    def send(self, letter: Letter) -> str:
        """Send the letter and return its message id, which is the same for a repeat."""
        sender = settings.DEFAULT_FROM_EMAIL
        identity = f"<{letter.key}@{sender.rpartition('@')[2].strip('<> ')}>"
        headers = {"Message-ID": identity, "Auto-Submitted": "auto-generated"}
        if letter.stop:
            headers |= {
                "List-Unsubscribe": f"<{letter.stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        message = EmailMessage(letter.subject, letter.text, sender, [letter.to], headers=headers)
        try:
            message.send()
        except SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise (Refused if code >= PERMANENT else NotSent)(f"SMTP {code}") from None
        except (SMTPException, OSError) as error:
            raise NotSent(f"SMTP: {type(error).__name__}") from None
        return identity
