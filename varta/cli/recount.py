"""`varta recount`: a frozen report counted again, over the entries, by another path."""

from typing import TYPE_CHECKING

import click

from varta.cli import django_ready

if TYPE_CHECKING:
    from varta.results.models import FrozenReport


@click.command()
@click.argument("name")
@click.option(
    "--cluster", metavar="MASTER", help="Instead count on Spark, for example spark://10.0.0.1:7077."
)
def command(name: str, cluster: str | None) -> None:
    """Count the frozen report NAME again and list what differs; end with 1 if anything does.

    The second path is plain SQL over the entries in PostgreSQL, written by hand for each indicator, without the
    lake and the engine of reports; it counts the entries of the moment of freezing. Rates
    divide by the people that the frozen row names. Deadlines (C05, C10, D15, G06, I01) are those of the cases now.
    On a cluster the engine's own statements are counted by Spark, over the files that the report was frozen from.
    """
    django_ready(process="varta recount")
    from varta.people.scope import Reader, reading
    from varta.results.freezing import differences, law_edition
    from varta.results.models import FrozenReport

    with reading(Reader.system()):
        frozen = FrozenReport.objects.filter(name=name).first()
        if frozen is None:
            raise click.ClickException(
                f"There is no frozen report “{name}”. `varta report … --freeze NAME` makes one."
            )
        found = _by_spark(frozen, cluster) if cluster else list(differences(frozen))
    if frozen.law != law_edition():
        click.echo("Procedures or indicators have changed since: the second path counts by today's.")
    for difference in found:
        click.echo(difference)
    if found:
        raise click.ClickException(f"{len(found)} figures differ.")
    click.echo(
        f"Identical: {name}, frozen {frozen.made_at:%Y-%m-%d %H:%M} UTC, up to transaction {frozen.watermark}."
    )


def _by_spark(frozen: "FrozenReport", master: str) -> list[str]:
    from varta.figures import spark
    from varta.results import on_cluster
    from varta.results.report import ReportRefused

    try:
        with spark.session(master) as session:
            return list(on_cluster.differences(frozen, spark.counter(session)))
    except ImportError as lacking:
        raise click.ClickException('This needs pyspark and Java: pip install "varta[cluster]".') from lacking
    except ReportRefused as refused:
        raise click.ClickException(refused.texts["en"]) from refused
