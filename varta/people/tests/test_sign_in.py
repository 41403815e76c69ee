"""Signing in: what lets an officer in, and what keeps everybody else out."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client

from varta.people.doors import Door
from varta.people.middleware import SEEN, SignedIn
from varta.people.models import Look, Officer
from varta.people.scope import Reader, reading

PASSWORD = "голосний-шпак-у-квітні-47"
LOGIN = "/account/login/"
ME = "/people/me/"


@pytest.fixture
def account(andrii):
    """Andrii with a password, and nobody's failed attempts counted."""
    cache.clear()
    andrii.set_password(PASSWORD)
    with reading(Reader.system()):
        andrii.save()
    return andrii


@pytest.fixture
def in_earnest(settings):
    settings.DEMO = False


@pytest.fixture
def in_demonstration(settings):
    settings.DEMO = True


def sign_in(client: Client, login: str = "andrii", password: str = PASSWORD):
    return client.post(LOGIN, {"login": login, "password": password})


def looks(action: str) -> list[Look]:
    with reading(Reader.system()):
        return list(Look.objects.filter(action=action))


def code_of(secret: str) -> str:
    counter = next(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret, counter))


def test_the_right_password_signs_in_and_the_log_says_so(client, account, in_demonstration):
    answer = sign_in(client)

    assert answer.status_code == 302
    assert client.get(ME).status_code == 200
    [look] = looks("sign-in")
    assert (look.officer_id, look.role) == (account.pk, "hromada_officer")


def test_a_login_is_the_same_in_any_letter_case(client, account, in_demonstration):
    assert sign_in(client, "Andrii").status_code == 302


def test_an_unknown_login_and_a_wrong_password_get_the_same_answer(client, account):
    wrong = sign_in(client, password="не той").content.decode()
    unknown = sign_in(client, "andrij", password="не той").content.decode()

    def comparable(page: str) -> list[str]:
        lines = [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]
        return [line.replace("andrij", "").replace("andrii", "") for line in lines]

    assert comparable(wrong) == comparable(unknown)
    assert [look.subject_key for look in looks("sign-in-failed")].count(str(account.pk)) == 1


@pytest.mark.parametrize("login", ["andrii", "nobody"])
def test_guessing_closes_the_door_for_known_and_unknown_logins_alike(client, account, login):
    for _ in range(5):
        sign_in(client, login, "не той")

    sixth = sign_in(client, login, PASSWORD)

    assert sixth.status_code == 200
    assert str(Door.error_messages["too_many_login_attempts"]) in sixth.content.decode()
    assert client.get(ME).status_code == 302


def test_guessing_one_account_leaves_others_open(client, account, maria, in_demonstration):
    for _ in range(6):
        sign_in(client, "maria", "не той")

    assert sign_in(client).status_code == 302


def test_twenty_failures_a_minute_close_the_door_for_an_address(client, account):
    for number in range(20):
        sign_in(client, f"guess{number}", "не той")

    assert sign_in(client).status_code == 200
    assert sign_in(Client(REMOTE_ADDR="10.0.0.2")).status_code == 302


def test_a_locked_account_does_not_sign_in(client, account):
    with reading(Reader.system()):
        Officer.objects.filter(pk=account.pk).update(is_active=False)

    sign_in(client)

    assert client.get(ME).status_code == 302


def test_a_lock_ends_the_sessions_at_the_next_request(client, account, in_demonstration):
    sign_in(client)
    with reading(Reader.system()):
        Officer.objects.filter(pk=account.pk).update(is_active=False)

    assert client.get(ME).status_code == 302


def test_a_demo_account_is_refused_in_earnest(client, account, in_earnest):
    with reading(Reader.system()):
        Officer.objects.filter(pk=account.pk).update(is_demo=True)

    answer = sign_in(client)

    assert answer["Location"] == "/account/inactive/"
    assert client.get(ME).status_code == 302


def test_a_demo_session_ends_when_earnest_begins(client, account, settings):
    with reading(Reader.system()):
        Officer.objects.filter(pk=account.pk).update(is_demo=True)
    settings.DEMO = True
    sign_in(client)
    assert client.get(ME).status_code == 200

    settings.DEMO = False

    assert client.get(ME).status_code == 302


def test_in_earnest_nothing_opens_before_a_second_factor(client, account, in_earnest):
    sign_in(client)

    for page in (ME, "/people/", "/"):
        assert client.get(page)["Location"] == "/account/2fa/"
    assert client.get("/account/2fa/totp/activate/").status_code == 200


def test_a_code_of_the_application_is_asked_after_the_password(client, account, in_earnest):
    secret = generate_totp_secret()
    TOTP.activate(account, secret)

    answer = sign_in(client)
    before = client.get(ME).status_code
    done = client.post("/account/2fa/authenticate/", {"code": code_of(secret)})

    assert answer["Location"] == "/account/2fa/authenticate/"
    assert before == 302
    assert done.status_code == 302
    assert client.get(ME).status_code == 200


def test_a_wrong_code_does_not_sign_in(client, account, in_earnest):
    TOTP.activate(account, generate_totp_secret())
    sign_in(client)

    client.post("/account/2fa/authenticate/", {"code": "000000"})

    assert client.get(ME).status_code == 302


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(account):
    secret = generate_totp_secret()

    TOTP.activate(account, secret)

    assert secret not in str(Authenticator.objects.get(user=account).data)


def test_a_given_password_must_be_changed_first(client, account, in_demonstration):
    with reading(Reader.system()):
        Officer.objects.filter(pk=account.pk).update(must_change_password=True)
    sign_in(client)

    assert client.get(ME)["Location"] == "/account/password/change/"
    new = "тихий-одуд-на-дзвіниці-12"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert client.get(ME).status_code == 200
    assert len(looks("password")) == 1


def test_the_first_day_in_earnest(client, account, in_earnest, django_capture_on_commit_callbacks):
    """A given password, an own one, an application with codes, recovery codes; then the work opens."""
    with reading(Reader.system()):
        Officer.objects.filter(pk=account.pk).update(must_change_password=True)
    sign_in(client)
    new = "тихий-одуд-на-дзвіниці-12"
    client.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get(ME)["Location"] == "/account/2fa/"

    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        added = client.post("/account/2fa/totp/activate/", {"code": code_of(secret)})
    codes = client.get(added["Location"]).context["unused_codes"]

    assert len(codes) == 10
    assert client.get(ME).status_code == 200
    assert {"added": "totp"} in [look.detail for look in looks("second-factor")]


def test_a_recovery_code_opens_the_door_once(client, account, in_earnest):
    TOTP.activate(account, generate_totp_secret())
    codes = RecoveryCodes.activate(account).get_unused_codes()
    sign_in(client)
    client.post("/account/2fa/authenticate/", {"code": codes[0]})
    assert client.get(ME).status_code == 200

    other = Client()
    sign_in(other)
    other.post("/account/2fa/authenticate/", {"code": codes[0]})

    assert other.get(ME).status_code == 302


def test_changing_a_second_factor_asks_for_the_password_again(client, account, in_demonstration):
    client.force_login(account)

    answer = client.get("/account/2fa/totp/activate/")

    assert answer["Location"].startswith("/account/reauthenticate/")


def test_a_short_password_is_refused(client, account, in_demonstration):
    sign_in(client)

    client.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "a1b2c3", "password2": "a1b2c3"}
    )

    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_given_password_lapses(client, account):
    lapsed = datetime.now(UTC) - timedelta(minutes=1)
    with reading(Reader.system()):
        Officer.objects.filter(pk=account.pk).update(password_until=lapsed)

    assert sign_in(client).status_code == 200


def test_half_an_hour_without_a_request_ends_the_session(client, account, in_demonstration):
    sign_in(client)
    assert client.get(ME).status_code == 200
    session = client.session
    session[SEEN] = datetime.now(UTC).timestamp() - 31 * 60
    session.save()

    assert client.get(ME).status_code == 302
    assert 'class="notice"' in client.get(LOGIN).content.decode()


@pytest.mark.parametrize(("headers", "kept"), [({}, False), ({"X-Varta-Automatic": "1"}, True)])
def test_what_a_page_asks_by_itself_is_no_sign_of_the_officer(
    client, account, in_demonstration, headers, kept
):
    sign_in(client)
    session = client.session
    seen = session[SEEN] = datetime.now(UTC).timestamp() - 20 * 60
    session.save()

    assert client.get(ME, headers=headers).status_code == 200
    assert (client.session[SEEN] == seen) is kept


def test_a_part_of_a_page_leads_a_stranger_to_the_whole_door(client, db):
    answer = client.get(ME, headers={"HX-Request": "true"})

    assert (answer.status_code, answer["HX-Redirect"]) == (401, LOGIN)


def test_signing_out_everywhere_ends_the_other_device_too(client, account, in_demonstration):
    other = Client()
    sign_in(client)
    sign_in(other)

    client.post("/account/sessions/end/")

    assert client.get(ME).status_code == 302
    assert other.get(ME).status_code == 302


@pytest.mark.parametrize("page", ["signup/", "password/reset/", "email/", "confirm-email/"])
def test_nobody_signs_up_and_nobody_resets_a_password_by_mail(client, db, page):
    assert client.get(f"/account/{page}").status_code == 404


def test_a_program_without_sign_in_gets_401_and_not_a_form(rf):
    guard = SignedIn(lambda request: HttpResponse())

    answer = guard.handle_no_permission(rf.get("/api/cases"), None)

    assert answer.status_code == 401
