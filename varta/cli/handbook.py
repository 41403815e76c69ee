"""`varta handbook`: the printed handbook of procedures, in both languages."""

from pathlib import Path

import click

CHECKOUT = Path(__file__).resolve().parents[2]


@click.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=CHECKOUT / "docs" / "reference",
    show_default="docs/reference",
    help="Folder for handbook-uk.md and handbook-en.md.",
)
@click.option(
    "--specs",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=CHECKOUT / "tests" / "spec",
    show_default="tests/spec",
    help="Folder of the tests whose facts are printed.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail if the printed pages are not up to date.")
def command(out: Path, specs: Path, check: bool) -> None:
    """Print the procedures, their terms and articles, and the facts that tests prove."""
    stale = []
    for language, text in pages(specs).items():
        file = out / f"handbook-{language}.md"
        if check and (not file.exists() or file.read_text("utf-8") != text):
            stale.append(str(file))
        elif not check:
            out.mkdir(parents=True, exist_ok=True)
            file.write_text(text, "utf-8")
            click.echo(file)
    if stale:
        raise click.ClickException(f"Not up to date: {', '.join(stale)}. Run `varta handbook` and commit.")


def pages(specs: Path) -> dict[str, str]:
    """Return the handbook's text by language."""
    from varta.law import discover
    from varta.law.handbook import chapters, printed
    from varta.people.roles import ROLES, SYSTEM_TITLE
    from varta.people.scope import SYSTEM

    titles = {role.code: role.title for role in ROLES.values()} | {SYSTEM: SYSTEM_TITLE}
    facts = chapters(specs)
    return {language: printed(language, discover().values(), facts, titles) for language in ("uk", "en")}
