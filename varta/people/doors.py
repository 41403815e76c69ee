"""How Varta signs officers in through django-allauth, and what each sign-in leaves in the log."""

import time

from allauth.account import app_settings
from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa import signals as factor_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth import signals as auth_signals
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from varta.lib.clock import kyiv_day, now
from varta.people import looks
from varta.people.middleware import ENROLLED, admitted
from varta.people.models import Officer
from varta.people.scope import Reader, reading
from varta.people.sealed import seal, unseal


class Door(DefaultAccountAdapter):
    """Sign-in with login and password; nobody signs up, and nobody resets a password by mail."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("The login or the password is not right."),
        "too_many_login_attempts": _(
            "Too many attempts. Sign-in is closed for a few minutes; ask the administrator if it was not you."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by the administrator."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: object) -> AbstractBaseUser | None:
        """Return the officer with this login and password, unless a given password has lapsed."""
        officer = super().authenticate(request, **credentials)
        if officer is None or not _lapsed(officer):
            return officer
        self.authentication_failed(request, **credentials)
        return None

    def authentication_failed(self, request: HttpRequest, **credentials: object) -> None:
        """Write the failed attempt into the log, with the account if there is one."""
        officer = Officer.objects.filter(login__iexact=credentials.get("username", "")).first()
        subject = {"subject_kind": "officer", "subject_key": officer.pk} if officer else {}
        looks.note_request(request, "sign-in-failed", **subject)

    def pre_login(self, request: HttpRequest, user: Officer, **kwargs: object) -> HttpResponse | None:
        """Refuse a locked account, and a demo account outside demonstration."""
        if not admitted(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str) -> bool:
        """Ask for the password again unless it was given a few minutes ago."""
        request = context.request
        records = get_authentication_records(request, request.user)
        return not any(time.time() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in records)


class SecondFactor(DefaultMFAAdapter):
    """Second factors, their secrets unreadable in a copy of the database."""

    def encrypt(self, text: str) -> str:
        """Return the text sealed with a key that is kept outside the database."""
        return seal(text, key="second-factor")

    def decrypt(self, encrypted_text: str) -> str:
        """Return the sealed text in the clear."""
        return unseal(encrypted_text, key="second-factor")

    def get_totp_issuer(self) -> str:
        """Return the name that an authenticator application shows."""
        return "Varta"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return who asks for a passkey: this host, under the name of Varta."""
        return super().get_public_key_credential_rp_entity() | {"name": "Varta"}


def _lapsed(officer: Officer) -> bool:
    return officer.password_until is not None and officer.password_until < now()


def _note(request: HttpRequest, officer: Officer, action: str, **detail: object) -> None:
    """Write a look in the name of the officer, who is not yet, or no longer, the reader."""
    by = Reader.of(officer, on=kyiv_day(now()))
    with reading(by):
        looks.note(
            by=by,
            at=now(),
            action=action,
            subject_kind="officer",
            subject_key=officer.pk,
            detail=detail,
            origin=looks.origin_of(request),
        )


def _signed_in(request: HttpRequest, user: Officer, **kwargs: object) -> None:
    methods = [one["method"] for one in get_authentication_records(request, user)]
    _note(request, user, "sign-in", methods=methods)


def _signed_out(request: HttpRequest, user: Officer | None, **kwargs: object) -> None:
    if user is not None:
        _note(request, user, "sign-out")


def _password_changed(request: HttpRequest, user: Officer, **kwargs: object) -> None:
    user.must_change_password = False
    user.password_until = None
    user.save(update_fields=["must_change_password", "password_until"])
    _note(request, user, "password")


def _factor_added(request: HttpRequest, user: Officer, authenticator: object, **kwargs: object) -> None:
    _note(request, user, "second-factor", added=str(authenticator.type))


def _factor_removed(request: HttpRequest, user: Officer, authenticator: object, **kwargs: object) -> None:
    request.session.pop(ENROLLED, None)
    _note(request, user, "second-factor", removed=str(authenticator.type))


def listen() -> None:
    """Hear what django-allauth does, so that every use of an account is logged."""
    account_signals.user_logged_in.connect(_signed_in, dispatch_uid="varta.signed_in")
    auth_signals.user_logged_out.connect(_signed_out, dispatch_uid="varta.signed_out")
    account_signals.password_changed.connect(_password_changed, dispatch_uid="varta.password_changed")
    factor_signals.authenticator_added.connect(_factor_added, dispatch_uid="varta.factor_added")
    factor_signals.authenticator_removed.connect(_factor_removed, dispatch_uid="varta.factor_removed")
