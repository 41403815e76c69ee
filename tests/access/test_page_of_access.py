"""The page that explains access says what the code does."""

from pathlib import Path

from varta.people.roles import ROLES, Role

PAGE = Path(__file__).parents[2] / "docs/explanation/access.md"


def row(role: Role) -> str:
    cells = (
        f"{role.code}: {role.title['en']}",
        f"up to {role.reads}" if role.reads else "none",
        ", ".join(sorted(role.also)),
        ", ".join(sorted(role.pages)),
        "yes" if role.registers else "",
        "yes" if role.exports else "",
    )
    return "|" + "|".join(f" {cell} " if cell else " " for cell in cells) + "|"


def test_the_table_of_roles_is_that_of_the_code():
    lines = PAGE.read_text().splitlines()
    first, last = (
        next(n for n, line in enumerate(lines) if line.startswith(mark))
        for mark in ("<!-- roles", "<!-- /roles")
    )

    assert lines[first + 3 : last] == [row(role) for role in ROLES.values()]
