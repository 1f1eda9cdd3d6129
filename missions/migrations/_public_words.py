"""Triggers: the page version and the public stamps move with public words only.

A change moves them where a column that the public reads differs, in a row that the public may read before it or after
it. A part of a whole is public where the whole is. A number of the page version is the moment of the change in
microseconds, or one more than before where that is not more: a database that was restored from a backup never gives the
same numbers to other words.

On SQLite a later change of one of these tables makes the table anew, loses its triggers, and fails while those of its
parts name it: such a migration begins with ``take_off`` and ends with ``make_again``, both with the name of the table,
without ``missions_``.
"""

PUBLIC = [  # the tables that public pages read
    "agendaitem",
    "agreement",
    "agreement_sources",
    "attendance",
    "body",
    "body_sources",
    "bodystep",
    "caseactor",
    "closedmonth",
    "commitment",
    "contactpoint",
    "contactpoint_sources",
    "country",
    "coverage",
    "coverage_sources",
    "difficultytype",
    "discrepancy",
    "discrepancy_bodies",
    "discrepancy_sources",
    "district",
    "district_sources",
    "earliercase",
    "earliercase_countries_also",
    "earliercase_sources",
    "legalprovision",
    "legalprovision_sources",
    "localinformation",
    "localinformation_sources",
    "meeting",
    "meeting_sources",
    "membership",
    "membership_sources",
    "ministry",
    "ministry_sources",
    "mission",
    "mission_covers",
    "mission_sources",
    "organisation",
    "organisation_sources",
    "party",
    "publicentry",
    "publicfile",
    "publicholiday",
    "publishedcase",
    "publishedcase_sources",
    "region",
    "reportedresult",
    "reportedresult_sources",
    "sector",
    "service",
    "service_sources",
    "service_types",
    "source",
    "supportprogramme",
    "supportprogramme_organisations",
    "supportprogramme_sources",
    "supportprogramme_types",
]
VERBS = ["insert", "update", "delete"]
PRIVATE = {  # columns that the public does not read
    "localinformation": ["distributed_on"],
    "publishedcase": ["drafted_by_id", "drafted_at", "approved_by_id"],
    "reportedresult": ["counted_by_id"],
}
SHOWN = {  # which rows the public reads; all of other tables
    "earliercase": "NOT {row}.title_only",
    "localinformation": "{row}.is_published",
    "meeting": "{row}.is_published",
    "publishedcase": "{row}.state = 'published'",
}
STAMPED = ["body", "earliercase", "localinformation", "meeting", "mission", "organisation", "publishedcase"]
PARTS = {  # parts whose change is one of the whole
    "agendaitem": ("meeting", "meeting_id"),
    "attendance": ("meeting", "meeting_id"),
    "bodystep": ("body", "body_id"),
    "caseactor": ("publishedcase", "case_id"),
    "earliercase_countries_also": ("earliercase", "earliercase_id"),
    "membership": ("body", "body_id"),
    "mission_covers": ("mission", "mission_id"),
    "publicfile": ("localinformation", "information_id"),
    **{f"{name}_sources": (name, f"{name}_id") for name in STAMPED},
}
# A case prints the names that it keeps: which rows these were taken from rewords nothing.
UNPRINTED = {"caseactor": ["organisation_id"]}
REWORDING = {name: part for name, part in PARTS.items() if name != "publishedcase_sources"}

# A row is locked once a transaction and as its last act, when the deferred triggers run: whoever waits for it waits for a
# commit, and a transaction that waits for another's row holds no lock here. Which of the rows it is goes by the
# connection, so that others mostly have another one. The setting that says it was done is undone together with it by a
# rollback to a savepoint.
SPREAD = 16
MOVE = [
    f"""
    CREATE FUNCTION missions_pageversion_move() RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        moment bigint := extract(epoch FROM clock_timestamp()) * 1000000;
    BEGIN
        IF current_setting('missions.moved_published', true) IS DISTINCT FROM txid_current()::text THEN
            INSERT INTO missions_pageversion AS current (id, published)
            VALUES (1 + pg_backend_pid() % {SPREAD}, moment)
            ON CONFLICT (id) DO UPDATE SET published = greatest(current.published + 1, moment);
            PERFORM set_config('missions.moved_published', txid_current()::text, true);
        END IF;
    END $$
    """,
    """
    CREATE FUNCTION missions_pageversion_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM missions_pageversion_move(); RETURN NULL; END $$
    """,
]


def shown(name, row):
    """The condition that the public may read a row."""
    if name in SHOWN:
        return SHOWN[name].format(row=row)
    whole, column = PARTS.get(name, ("", ""))
    if whole not in SHOWN:
        return "TRUE"
    condition = SHOWN[whole].format(row="whole")
    return f"EXISTS (SELECT 1 FROM missions_{whole} AS whole WHERE whole.id = {row}.{column} AND {condition})"


def hidden(name, *further):
    """The columns whose change moves nothing."""
    return ["updated_at", *PRIVATE.get(name, []), *further]


def on_postgresql(name):
    """The triggers of one table. The page version moves at the commit, stamps at once."""
    table = f"missions_{name}"

    def same(*further):
        left_out = f"ARRAY[{', '.join(repr(column) for column in hidden(name, *further))}]"
        return f"to_jsonb(old) - {left_out} = to_jsonb(new) - {left_out}"

    yield f"""
        CREATE FUNCTION {table}_moved() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' THEN IF {same()} THEN RETURN NULL; END IF; END IF;
            IF TG_OP <> 'INSERT' THEN IF {shown(name, "old")} THEN PERFORM missions_pageversion_move(); END IF; END IF;
            IF TG_OP <> 'DELETE' THEN IF {shown(name, "new")} THEN PERFORM missions_pageversion_move(); END IF; END IF;
            RETURN NULL;
        END $$
    """
    yield f"""
        CREATE CONSTRAINT TRIGGER {table}_version AFTER INSERT OR UPDATE OR DELETE ON {table}
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {table}_moved()
    """
    yield f"""
        CREATE TRIGGER {table}_version_emptied AFTER TRUNCATE ON {table}
        FOR EACH STATEMENT EXECUTE FUNCTION missions_pageversion_emptied()
    """
    if name in STAMPED:
        yield f"""
            CREATE FUNCTION {table}_reworded() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NOT ({same("reworded_at")}) AND ({shown(name, "old")} OR {shown(name, "new")}) THEN
                    new.reworded_at := clock_timestamp();
                END IF;
                RETURN new;
            END $$
        """
        yield f"""
            CREATE TRIGGER {table}_reworded BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_reworded()
        """
    if name in REWORDING:
        whole, column = REWORDING[name]
        reword = (
            f"UPDATE missions_{whole} SET reworded_at = clock_timestamp() WHERE {shown(whole, f'missions_{whole}')}"
        )
        yield f"""
            CREATE FUNCTION {table}_reworded() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'UPDATE' THEN IF {same(*UNPRINTED.get(name, []))} THEN RETURN NULL; END IF; END IF;
                IF TG_OP <> 'INSERT' THEN {reword} AND id = old.{column}; END IF;
                IF TG_OP <> 'DELETE' THEN {reword} AND id = new.{column}; END IF;
                RETURN NULL;
            END $$
        """
        yield f"""
            CREATE TRIGGER {table}_reworded AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION {table}_reworded()
        """


def on_sqlite(name, columns):
    """The triggers of one table with these columns."""
    table = f"missions_{name}"

    def conditions(*further):
        differs = " OR ".join(f'old."{x}" IS NOT new."{x}"' for x in columns if x not in hidden(name, *further))
        return {
            "insert": shown(name, "new"),
            "update": f"({shown(name, 'old')} OR {shown(name, 'new')}) AND ({differs})",
            "delete": shown(name, "old"),
        }

    for verb, condition in conditions().items():
        yield f"""
            CREATE TRIGGER {table}_version_{verb} AFTER {verb} ON {table} WHEN {condition}
            BEGIN
                INSERT INTO missions_pageversion (id, published)
                    SELECT 1, 0 WHERE NOT EXISTS (SELECT 1 FROM missions_pageversion);
                UPDATE missions_pageversion SET published =
                    max(published + 1, CAST((julianday('now') - 2440587.5) * 86400000000.0 AS INTEGER));
            END
        """
    moment = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    if name in STAMPED:
        yield f"""
            CREATE TRIGGER {table}_reworded AFTER UPDATE ON {table} WHEN {conditions("reworded_at")["update"]}
            BEGIN UPDATE {table} SET reworded_at = {moment} WHERE id = new.id; END
        """
    if name in REWORDING:
        whole, column = REWORDING[name]
        rows = {"insert": ["new"], "update": ["old", "new"], "delete": ["old"]}
        for verb, condition in conditions(*UNPRINTED.get(name, [])).items():
            keys = ", ".join(f"{row}.{column}" for row in rows[verb])
            yield f"""
                CREATE TRIGGER {table}_reworded_{verb} AFTER {verb} ON {table} WHEN {condition}
                BEGIN
                    UPDATE missions_{whole} SET reworded_at = {moment}
                    WHERE id IN ({keys}) AND {shown(whole, f"missions_{whole}")};
                END
            """


def with_parts(names):
    """The names of some tables and of those whose triggers name them."""
    parts = [part for part, (whole, _column) in PARTS.items() if whole in names]
    return [*names, *(part for part in parts if part not in names)]


def take_off(schema_editor, *names):
    """Drop the triggers of some tables and of their parts on SQLite, before it makes the tables anew."""
    for name in with_parts(names) if schema_editor.connection.vendor == "sqlite" else ():
        _drop_on_sqlite(schema_editor, name)


def make_again(schema_editor, *names):
    """Make the triggers of some tables and of their parts on SQLite; PostgreSQL keeps its own."""
    connection = schema_editor.connection
    if connection.vendor != "sqlite":
        return
    for name in with_parts(names):
        with connection.cursor() as cursor:
            described = connection.introspection.get_table_description(cursor, f"missions_{name}")
        _drop_on_sqlite(schema_editor, name)
        for statement in on_sqlite(name, [column.name for column in described]):
            schema_editor.execute(statement, params=None)


def _drop_on_sqlite(schema_editor, name):
    for kind in ("version", "reworded"):
        for ending in ("", *(f"_{verb}" for verb in VERBS)):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS missions_{name}_{kind}{ending}", params=None)


def make(schema_editor):
    make_again(schema_editor, *PUBLIC)
    if schema_editor.connection.vendor == "postgresql":
        for statement in (*MOVE, *(statement for name in PUBLIC for statement in on_postgresql(name))):
            schema_editor.execute(statement, params=None)


def undo(schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        take_off(schema_editor, *PUBLIC)
        return
    for name in PUBLIC:
        for function in ("moved", *(["reworded"] if name in [*STAMPED, *REWORDING] else [])):
            schema_editor.execute(f"DROP FUNCTION missions_{name}_{function} CASCADE", params=None)
    schema_editor.execute("DROP FUNCTION missions_pageversion_emptied CASCADE", params=None)
    schema_editor.execute("DROP FUNCTION missions_pageversion_move", params=None)
