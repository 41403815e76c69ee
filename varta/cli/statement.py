"""`varta statement`: what Varta says of a line of work, in words and from records."""

import json
from datetime import datetime
from urllib.parse import urlencode

import click

from varta.cli import django_ready


@click.group()
def command() -> None:
    """Write a statement from records, in Ukrainian or English."""


@command.command()
@click.option("--on", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day.  [default: today]")
@click.option("--lang", default="uk", show_default=True, type=click.Choice(["uk", "en"]))
@click.option("--links", is_flag=True, help="After the text, each number and the page of what it counts.")
@click.option("--json", "as_json", is_flag=True, help="Sentences with their numbers, and what each counts.")
def programme(on: datetime | None, lang: str, links: bool, as_json: bool) -> None:
    """Tell the state of the Hromada Police Officer programme on a day.

    A person counts in a stage on each day from its first to the one before its end.
    """
    django_ready(process="varta statement")
    from varta.lib.clock import kyiv_day, now
    from varta.officers import statement
    from varta.officers.telling import DayRefused, state_of
    from varta.people.scope import Reader, reading

    today = kyiv_day(now())
    try:
        with reading(Reader.system()) as system:
            state = state_of(system, on.date() if on else today, today=today)
    except DayRefused as refused:
        raise click.ClickException(refused.texts[lang]) from refused
    sentences = statement.write(state, lang)
    if as_json:
        click.echo(json.dumps(_plain(state, sentences), ensure_ascii=False, indent=2))
        return
    click.echo(statement.text(sentences))
    if links:
        click.echo()
        for sentence in sentences:
            for part in sentence:
                if isinstance(part, statement.Figure):
                    click.echo(f"{part.number:>8}  {_address(state, part)}")


def _address(state, figure) -> str:
    from django.urls import reverse

    return f"{reverse('officers:counted')}?{urlencode(figure.query(state.day))}"


def _plain(state, sentences) -> dict[str, object]:
    return {
        "on": state.day.isoformat(),
        "sentences": [
            [
                part if isinstance(part, str) else {"number": part.number} | part.query(state.day)
                for part in sentence
            ]
            for sentence in sentences
        ],
    }
