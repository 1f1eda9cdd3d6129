"""The order of names, the same on every database."""

from django.db.models.functions import Collate


class InOrder(Collate):
    """Text to sort by, sign by sign, whatever the locale of the database: Korean syllables so stand in 가나다 order.

    The locales of some machines sort Korean names by their length first.
    """

    def __init__(self, expression, collation="C"):
        super().__init__(expression, collation)

    def as_sqlite(self, compiler, connection, **context):
        """SQLite has this order under another name."""
        return self.as_sql(compiler, connection, collation=connection.ops.quote_name("BINARY"), **context)
