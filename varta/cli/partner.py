"""`varta partner`: systems of other bodies that send to Varta, and their keys."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from varta.api.partners.rights import CHANNELS, RIGHTS
from varta.cli import django_ready

CHECKOUT = Path(__file__).resolve().parents[2]


@click.group()
def command() -> None:
    """Let systems of other bodies in (112, partners), and give, list and revoke their keys."""


@command.command()
@click.argument("code")
@click.option("--name", required=True, help="What the body is called, in Ukrainian: its entries bear it.")
@click.option("--may", "rights", required=True, multiple=True, type=click.Choice(list(RIGHTS)))
@click.option("--place", required=True, help="Code of the territory that its messages may concern.")
@click.option("--unit", required=True, help="Code of the unit that answers for them.")
@click.option("--channel", default="other_body", show_default=True, type=click.Choice(CHANNELS))
@click.option("--per-minute", default=60, show_default=True, type=click.IntRange(1, 100_000))
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 3660), help="The key holds.")
@click.option("--made-by", help="Login of the administrator who decided.")
def add(
    code: str,
    name: str,
    rights: tuple[str, ...],
    place: str,
    unit: str,
    channel: str,
    per_minute: int,
    days: int,
    made_by: str | None,
) -> None:
    """Let a partner's system in, and print its key, once."""
    django_ready(process="varta partner")
    from varta.api.models import Partner
    from varta.api.partners import actions
    from varta.lib.clock import now
    from varta.people.scope import Reader, reading
    from varta.places import queries

    territory, serving = queries.territory(place), queries.unit(unit)
    if territory is None or serving is None:
        raise click.ClickException(f"There is no {'place' if territory is None else 'unit'} with this code.")
    with reading(Reader.system()) as by:
        if Partner.objects.filter(code=code).exists():
            raise click.ClickException(f"There is a partner {code} already: `varta partner renew {code}`.")
        _, key = actions.add(
            by=by,
            at=now(),
            code=code,
            name=name,
            rights=sorted(set(rights)),
            channel=channel,
            place=territory,
            unit=serving,
            per_minute=per_minute,
            days=days,
            made_by=_officer(made_by) if made_by else None,
        )
    _tell(key, days)


@command.command()
@click.argument("code")
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 3660), help="The key holds.")
def renew(code: str, days: int) -> None:
    """Give a partner one more key; the earlier ones hold until they lapse or are revoked."""
    django_ready(process="varta partner")
    from varta.api.partners import actions
    from varta.lib.clock import now
    from varta.people.scope import Reader, reading

    with reading(Reader.system()) as by:
        key = actions.give_key(by=by, at=now(), partner=_partner(code), days=days)
    _tell(key, days)


@command.command()
@click.argument("code")
@click.option("--key", "name", help="Only the key of this name, as `varta partner list` shows it.")
def revoke(code: str, name: str | None) -> None:
    """Revoke a partner's keys at once: all of them, or one."""
    django_ready(process="varta partner")
    from varta.api.partners import actions
    from varta.lib.clock import now
    from varta.people.scope import Reader, reading

    with reading(Reader.system()) as by:
        count = actions.revoke(by=by, at=now(), partner=_partner(code), name=name)
    click.echo(f"{count} revoked.")


@command.command("list")
def listed() -> None:
    """List partners with their rights, their scope, their limit, and the names of their keys."""
    django_ready(process="varta partner")
    from varta.api.models import Partner
    from varta.lib.clock import now
    from varta.people.scope import Reader, reading

    moment = now()
    with reading(Reader.system()):
        for partner in Partner.objects.select_related("account").prefetch_related("keys"):
            scope = f"{partner.place_id} {partner.unit_id}"
            rights = ",".join(partner.rights)
            click.echo(f"{partner.code}  {partner}  {rights}  {scope}  {partner.per_minute}/min")
            for key in partner.keys.all():
                click.echo(f"  {key.name}  {_state(key, moment)}")


@command.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=CHECKOUT / "docs" / "reference",
    show_default="docs/reference",
    help="Folder for exchange-uk.md and exchange-en.md.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail if the printed pages are not up to date.")
def tables(out: Path, check: bool) -> None:
    """Print what of CAP and Open311 becomes what here."""
    from varta.api.reference import pages

    for name, text in pages().items():
        file = out / name
        if check and (not file.exists() or file.read_text("utf-8") != text):
            raise click.ClickException(f"Not up to date: {file}. Run `varta partner tables` and commit.")
        if not check:
            out.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            click.echo(file)


def _state(key: Any, moment: datetime) -> str:
    if key.revoked_at:
        return f"revoked on {key.revoked_at:%Y-%m-%d}"
    return f"{'lapsed on' if key.until <= moment else 'holds until'} {key.until:%Y-%m-%d}"


def _partner(code: str) -> Any:
    from varta.api.models import Partner

    found = Partner.objects.filter(code=code).first()
    if found is None:
        raise click.ClickException(f"There is no partner {code}: see `varta partner list`.")
    return found


def _officer(login: str) -> Any:
    from varta.people.models import Officer

    found = Officer.objects.filter(login__iexact=login).first()
    if found is None:
        raise click.ClickException(f"There is no account {login}.")
    return found


def _tell(key: str, days: int) -> None:
    click.echo(key)
    click.echo(f"It holds for {days} days and is not shown again: hand it over by a safe way.")
