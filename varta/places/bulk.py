"""Many rows at once: COPY for new rows, one UPDATE from a copied table for changed ones."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from psycopg import sql


def copy_in(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into the model's table in the order of `columns`."""
    _copy(sql.Identifier(model._meta.db_table), columns, rows)


def update_from(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Set columns[1:] of the rows whose key is columns[0]; return how many rows there were."""
    table = sql.Identifier(model._meta.db_table)
    names = [sql.Identifier(column) for column in columns]
    assignments = sql.SQL(", ").join(sql.SQL("{0} = changed.{0}").format(name) for name in names[1:])
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE changed ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(
                sql.SQL(", ").join(names), table
            )
        )
        _copy(sql.Identifier("changed"), columns, rows)
        cursor.execute(
            sql.SQL("UPDATE {0} SET {1} FROM changed WHERE {0}.{2} = changed.{2}").format(
                table, assignments, names[0]
            )
        )
        updated: int = cursor.rowcount
        cursor.execute("DROP TABLE changed")
    return updated


def _copy(table: sql.Identifier, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
