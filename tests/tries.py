"""Random tries and rounds of races: each database gets its own share, with a seed of its own."""

from django.db import connection

ON_POSTGRESQL = connection.vendor == "postgresql"
SEED = 2 if ON_POSTGRESQL else 1  # the passes try different things
PASSES = 2


def here(tries):
    """The tries of this pass, where both passes together make so many."""
    return tries // PASSES


def rounds(on_postgresql, on_sqlite=10):
    """Rounds of a race. SQLite lets one writer in at a time, so that little is left to chance there."""
    return on_postgresql if ON_POSTGRESQL else on_sqlite
