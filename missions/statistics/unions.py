"""Unions of querysets whose SQL never changes, so that Django compiles it only once."""

from functools import cache

from django.db import connections, router


@cache
def union(make, *arguments):
    """A function that returns the rows of all querysets of ``make(*arguments)``, as tuples.

    Django needs longer to compile a union than a database needs to answer it. The querysets must return values, and
    must not contain anything that changes between two calls, such as a day.
    """
    words = {}

    def ask():
        connection = connections[router.db_for_read(None)]
        if connection.vendor not in words:
            words[connection.vendor] = _in_sql(connection, *make(*arguments))
        sql, parameters, converters = words[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            rows = cursor.fetchall()
        return [_converted(row, converters, connection) for row in rows] if converters else rows

    return ask


def _in_sql(connection, first, *others):
    compiler = first.union(*others, all=True).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    return sql, parameters, compiler.get_converters([column for column, *_ in compiler.select])


def _converted(row, converters, connection):
    values = list(row)
    for place, (functions, column) in converters.items():
        for function in functions:
            values[place] = function(values[place], column, connection)
    return values
