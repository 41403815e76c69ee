"""`varta verify`: has anything been changed behind Varta's back?"""

import json
from dataclasses import asdict

import click

from varta.cli import django_ready


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def command(as_json: bool) -> None:
    """Find every entry and every look that was changed, added or removed, and name it.

    Recomputes the hash of each row, the chain of each case, the journals' numbers and the projection,
    and compares all of it with the signed seals outside the database. Ends with 1 if anything is wrong.
    """
    django_ready(process="varta verify")
    from rich.console import Console
    from rich.status import Status

    from varta.cases.verify import verify

    console = Console(stderr=True)
    with Status("Reading", console=console) as status:
        counted: dict[str, int] = {}

        def progress(stage: str, done: int) -> None:
            counted[stage] = done
            status.update(f"{stage}: {done:,}")

        findings = verify(progress=progress)
    if as_json:
        click.echo(json.dumps({"read": counted, "findings": [asdict(one) for one in findings]}, indent=2))
    else:
        for one in findings:
            click.echo(f"{one.kind}: {one.subject}: {one.detail}")
        read = ", ".join(f"{done:,} {stage}" for stage, done in counted.items())
        click.echo(
            f"Read {read}. " + (f"{len(findings)} findings." if findings else "All as it was written.")
        )
    if findings:
        raise SystemExit(1)
