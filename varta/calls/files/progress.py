"""What a long load shows on the terminal, and how it says that it stopped."""

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from varta.places.errors import LoadRefused


def bar(unit: str) -> Progress:
    """Return a progress bar with its rate; on something that is no terminal it shows its end alone."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(f"{unit}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )


def told(refused: LoadRefused) -> click.ClickException:
    """Return the refusal as a message in both languages."""
    return click.ClickException(f"{refused.text('uk')}\n{refused.text('en')}")
