"""Addresses of gateways: what is not safe is refused when Varta starts."""

import pytest

from varta.lib import gateways


@pytest.mark.parametrize("wrong", ["http://sms.example/send", "ftp://sms.example", "sms.example", "https://"])
def test_an_address_that_is_not_https_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("VARTA_SMS_URL", wrong)

    with pytest.raises(ValueError, match="https"):
        gateways.web_address("VARTA_SMS_URL")


def test_a_gateway_on_this_machine_may_speak_http(monkeypatch):
    monkeypatch.setenv("VARTA_SMS_URL", "http://127.0.0.1:9000/send/")

    assert gateways.web_address("VARTA_SMS_URL") == "http://127.0.0.1:9000/send"


def test_a_server_of_mail_is_read_from_one_address(monkeypatch):
    monkeypatch.setenv("VARTA_EMAIL_URL", "smtps://varta:p%40ss@mail.example?from=varta@mail.example")

    found = gateways.smtp("VARTA_EMAIL_URL")

    assert found["EMAIL_HOST"] == "mail.example"
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (465, True, False)
    assert (found["EMAIL_HOST_PASSWORD"], found["DEFAULT_FROM_EMAIL"]) == ("p@ss", "varta@mail.example")


def test_mail_leaves_this_machine_only_encrypted(monkeypatch):
    monkeypatch.setenv("VARTA_EMAIL_URL", "smtp://mail.example?from=varta@mail.example")

    assert gateways.smtp("VARTA_EMAIL_URL")["EMAIL_USE_TLS"] is True


@pytest.mark.parametrize("wrong", ["mail.example", "http://mail.example", "smtp://mail.example"])
def test_an_address_of_mail_that_says_too_little_is_refused(monkeypatch, wrong):
    monkeypatch.setenv("VARTA_EMAIL_URL", wrong)

    with pytest.raises(ValueError, match="VARTA_EMAIL_URL"):
        gateways.smtp("VARTA_EMAIL_URL")


def test_without_an_address_there_is_no_gateway(monkeypatch):
    monkeypatch.delenv("VARTA_EMAIL_URL", raising=False)

    assert (gateways.smtp("VARTA_EMAIL_URL"), gateways.web_address("VARTA_SMS_URL")) == ({}, "")
