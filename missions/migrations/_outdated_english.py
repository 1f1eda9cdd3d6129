"""Triggers: English is out of date once the Korean that it stands for has changed.

They hold for every change of a row, by whatever makes it. Rows that are there count as current. Another spacing alone
is no change: it is corrected often, and the English stands. Writing the English of a pair, or taking it out, settles
the pair; so does whoever takes its name from the column.

On SQLite a migration that makes one of these tables anew takes its triggers with it, and ends with ``make_again``, as
it does with that of ``_public_words``; the names are those of the tables, without ``missions_``.
``tests/publication/test_outdated_english.py`` says which table lacks them.
"""

TERM = ["name"]
PAIRS = {
    "agendaitem": ["topic"],
    "agreement": ["name", "place", "note"],
    "body": ["name", "former_name", "purpose", "contact", "note"],
    "bodystep": ["detail"],
    "caseactor": ["what"],
    "commitment": ["text"],
    "contactpoint": ["name", "city", "address", "note"],
    "country": TERM,
    "coverage": ["note"],
    "difficultytype": ["name", "covers", "prepare"],
    "discrepancy": ["topic", "claims", "shown"],
    "district": ["name", "extent", "note"],
    "earliercase": ["sector", "dated_note", "happened", "done", "by_whom", "ending", "lesson", "note"],
    "hschapter": TERM,
    "legalprovision": ["law", "article", "topic", "summary", "note"],
    "localinformation": ["title", "text", "note"],
    "meeting": ["label", "venue", "participants", "summary", "note"],
    "membership": ["person", "title", "helps", "note"],
    "ministry": ["name", "short", "note"],
    "mission": ["name", "city", "address", "note"],
    "ntmchapter": TERM,
    "organisation": ["name", "note"],
    "party": ["person", "title"],
    "publishedcase": ["title", "happened", "done", "lesson", "note"],
    "region": TERM,
    "reportedresult": ["scope", "note"],
    "sector": TERM,
    "service": ["name", "purpose", "users", "note"],
    "source": ["note"],
    "supportprogramme": ["name", "summary", "applicants", "note"],
}


def on_postgresql(name, pairs):
    """One trigger a table. It runs before the one that moves the public stamp: they run by the alphabet."""
    table = f"missions_{name}"
    lines = "".join(
        f"""
            IF new.{pair}_en = '' OR new.{pair}_en <> old.{pair}_en THEN
                names := array_remove(names, '{pair}');
            ELSIF regexp_replace(new.{pair}_ko, '\\s', '', 'g') <> regexp_replace(old.{pair}_ko, '\\s', '', 'g') THEN
                names := array_append(array_remove(names, '{pair}'), '{pair}');
            END IF;
        """
        for pair in pairs
    )
    yield f"""
        CREATE FUNCTION {table}_outdated() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            names text[] := string_to_array(new.outdated_english, ' ');
        BEGIN
            {lines}
            new.outdated_english := array_to_string(names, ' ');
            RETURN new;
        END $$
    """
    yield f"""
        CREATE TRIGGER {table}_outdated BEFORE UPDATE ON {table}
        FOR EACH ROW EXECUTE FUNCTION {table}_outdated()
    """


def on_sqlite(name, pairs):
    """Two triggers a pair: a trigger there cannot change the row before it is written."""
    table = f"missions_{name}"

    def bare(text):
        for sign in (32, 9, 10, 13):
            text = f"replace({text}, char({sign}), '')"
        return text

    for pair in pairs:
        same = f"new.{pair}_en IS old.{pair}_en"
        named = f"instr(' ' || new.outdated_english || ' ', ' {pair} ') > 0"
        yield f"""
            CREATE TRIGGER {table}_outdated_{pair} AFTER UPDATE ON {table}
            WHEN new.{pair}_en <> '' AND {same} AND NOT {named}
                AND {bare(f"new.{pair}_ko")} <> {bare(f"old.{pair}_ko")}
            BEGIN
                UPDATE {table} SET outdated_english = trim(outdated_english || ' {pair}') WHERE rowid = new.rowid;
            END
        """
        yield f"""
            CREATE TRIGGER {table}_renewed_{pair} AFTER UPDATE ON {table}
            WHEN (new.{pair}_en = '' OR NOT {same}) AND {named}
            BEGIN
                UPDATE {table} SET outdated_english = trim(replace(' ' || outdated_english || ' ', ' {pair} ', ' '))
                WHERE rowid = new.rowid;
            END
        """


def take_off(schema_editor, *names):
    """Drop the triggers of some tables."""
    for name in names:
        table = f"missions_{name}"
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_outdated CASCADE", params=None)
            continue
        for pair in PAIRS[name]:
            for what in ("outdated", "renewed"):
                schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{what}_{pair}", params=None)


def make_again(schema_editor, *names):
    """Make the triggers of some tables, in place of those that are there."""
    take_off(schema_editor, *names)
    made = on_postgresql if schema_editor.connection.vendor == "postgresql" else on_sqlite
    for name in names:
        for statement in made(name, PAIRS[name]):
            schema_editor.execute(statement, params=None)


def make(schema_editor):
    make_again(schema_editor, *PAIRS)


def undo(schema_editor):
    take_off(schema_editor, *PAIRS)
