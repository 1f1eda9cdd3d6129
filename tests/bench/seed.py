"""Fill the database of ``DATABASE_URL``: ``python -m tests.bench.seed CASES DIFFICULTIES``.

One row of each is made as staff make it and then copied within the database, each copy with words of its own from a
pool of invented sentences. Prints the session of a member of staff who may see everything.
"""

import datetime
import random
import sys

import django

POOL = 20_000
AT_ONCE = 50_000
CHECKED = 500
YEARS = range(2024, 2030)


def progress(done, total, what):
    """A bar that grows."""
    bar = "#" * (30 * done // total)
    print(f"\r{what} [{bar:<30}] {done:,} of {total:,}", end="\n" if done == total else "", file=sys.stderr, flush=True)


def pool(cursor):
    """Sentences of some twenty words, with the tokens by which the search finds them and their beginnings."""
    from missions.search.tokens import tokens
    from tests.search_speed import ENDINGS, WORDS, vocabulary

    chance = random.Random(1)
    words, weights = vocabulary(chance)
    cursor.execute("CREATE TEMP TABLE pool (id int PRIMARY KEY, text text, tokens text, title text, titled text)")
    with cursor.copy("COPY pool FROM STDIN") as rows:
        for number in range(POOL):
            said = [word + chance.choice(ENDINGS) for word in chance.choices(words, cum_weights=weights, k=20)]
            said += [word for word, share in WORDS.items() if chance.random() * 5000 < share]
            chance.shuffle(said)
            text = " ".join(said)
            title = text[:40]
            rows.write_row((number, text, " ".join(tokens(text)), title, " ".join(tokens(title))))
    cursor.execute("ANALYZE pool")


def sentences(number):
    """Joins: the sentences ``p`` to ``s`` of the copy with a number, an expression."""
    return " ".join(
        f"JOIN pool {alias} ON {alias}.id = ({number} * {step} + {number} / 7) % {POOL}"
        for alias, step in [("p", 7919), ("q", 104729), ("r", 1299709), ("s", 15485863)]
    )


def copies(cursor, row, count, changes, what):
    """Copy a row, with other values in some columns; ``n`` is the number of the copy, ``p`` to ``s`` its sentences."""
    columns = [field.column for field in row._meta.local_concrete_fields if not field.primary_key]
    table = row._meta.db_table
    values = ", ".join(changes.get(column, f'model."{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    for start in range(1, count + 1, AT_ONCE):
        end = min(start + AT_ONCE - 1, count)
        cursor.execute(
            f"INSERT INTO {table} ({named}) SELECT {values} FROM {table} model, "
            f"generate_series({start}, {end}::bigint) n {sentences('n')} WHERE model.id = {row.pk} ORDER BY n"
        )
        progress(end, count, what)


def one_of(model):
    """An expression: the keys of a model in turn."""
    keys = list(model.objects.order_by("pk").values_list("pk", flat=True))
    quoted = ", ".join(f"'{key}'" if isinstance(key, str) else str(key) for key in keys)
    return lambda step: f"(ARRAY[{quoted}])[1 + (n / {step}) % {len(keys)}]"


def fill(cases, difficulties):
    """Published cases over three years, the same at every count; difficulties filed through every body."""
    from django.db import connection

    from missions.models import Body, DifficultyType, Outcome, PublishedCase, Sector, Stage
    from tests import make

    body = make.body()
    case, record = make.case(body), make.difficulty(body)
    PublishedCase.objects.update(approved_at=datetime.datetime(2024, 4, 30, tzinfo=datetime.UTC))  # written first
    types, sectors, bodies = one_of(DifficultyType), one_of(Sector), one_of(Body)
    countries = "(ARRAY['VN','US','JP','DE','SG','IN','CN','ID','MX','PL','AE','GB','FR','BR','TH'])[1 + n % 15]"
    outcomes = ", ".join(f"'{value}'" for value in Outcome.values)
    approved = f"(timestamptz '2024-05-01' + interval '900 days' * n / {max(cases, 1)})"
    of_a_case = {
        "reference": "'bench-' || n",
        "country_id": countries,
        "type_id": types(2),
        "sector_id": sectors(3),
        "body_id": bodies(5),
        "outcome": f"(ARRAY[{outcomes}])[1 + (n / 4) % {len(Outcome.values)}]",
        "approved_at": approved,
        "closed_month": f"CASE WHEN n % 4 > 0 THEN date_trunc('month', {approved} - interval '40 days')::date END",
        "title_ko": "p.title",
        "title_en": "''",
        "happened_ko": "q.text || '. ' || r.text",
        "done_ko": "s.text",
    }
    for name, table, key in [
        ("country", "country", "code"),
        ("type", "difficultytype", "code"),
        ("sector", "sector", "code"),
        ("body", "body", "id"),
    ]:
        for language in ("ko", "en"):
            row = f"missions_{table} kept WHERE kept.{key} = {of_a_case[f'{name}_id']}"
            of_a_case[f"{name}_name_{language}"] = f"(SELECT kept.name_{language} FROM {row})"
    of_a_difficulty = {
        "reference": "'BEN-26-' || n",
        "title": "p.title",
        "account": "q.text || '. ' || r.text || '. ' || s.text",
        "country_id": countries,
        "type_id": types(2),
        "stage": f"(ARRAY['{Stage.RECEIVED}', '{Stage.IN_REVIEW}', '{Stage.IN_PROGRESS}'])[1 + n % 3]",
        "due_on": f"date '2026-01-05' + (900 * n / {max(difficulties, 1)})::int",
        "holder_id": bodies(5),
        "filed_through_id": bodies(5),
        "reported_on": f"date '2024-05-01' + (900 * n / {max(difficulties, 1)})::int",
    }
    with connection.cursor() as cursor:
        pool(cursor)
        cursor.execute("SET session_replication_role = replica")
        copies(cursor, case, cases, of_a_case, "cases")
        copies(cursor, record, difficulties, of_a_difficulty, "difficulties")
        index(cursor, cases)
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("VACUUM ANALYZE")


def index(cursor, cases):
    """What the public search holds of the cases, from the tokens of their sentences and of what they refer to."""
    from missions.models import POSTGRESQL_INDEX, POSTGRESQL_MAKES, Body, Country, DifficultyType, Outcome, Sector
    from missions.search.index import condition_token
    from missions.search.kinds import KINDS
    from missions.search.paths import texts_at
    from missions.search.tokens import WHOLE, tokens

    held = [("outcome", value, set()) for value in Outcome.values] + [("year", str(year), set()) for year in YEARS]
    for name, model in {"country": Country, "type": DifficultyType, "sector": Sector, "body": Body}.items():
        found_by = [
            path.removeprefix(f"{name}__") for path in KINDS["publishedcase"].paths if path.startswith(f"{name}__")
        ]
        found_by += ["name"] if f"{name}_name" in KINDS["publishedcase"].paths else []
        for row in model.objects.all():
            said = [text for path in found_by for text in texts_at(row, path)]
            held.append((name, str(row.pk), tokens(*said)))
    months = ["none", *(f"{year}-{month:02}" for year in YEARS for month in range(1, 13))]
    held += [("closed", month, set()) for month in months]
    cursor.execute("CREATE TEMP TABLE held (name text, value text, tokens text, PRIMARY KEY (name, value))")
    with cursor.copy("COPY held FROM STDIN") as rows:
        for name, value, names in held:
            rows.write_row((name, value, " ".join(names | {condition_token(name, value)})))
    named = {name: f"c.{name}_id::text" for name in ("country", "type", "sector", "body")}
    named["closed"] = "coalesce(to_char(c.closed_month, 'YYYY-MM'), 'none')"
    named |= {"outcome": "c.outcome", "year": "to_char(c.approved_at AT TIME ZONE 'Asia/Seoul', 'YYYY')"}
    joined = " ".join(
        f"JOIN held {name} ON ({name}.name, {name}.value) = ('{name}', {at})" for name, at in named.items()
    )
    parts = " || ' ' || ".join(
        [
            "p.titled",
            "q.tokens",
            "r.tokens",
            "s.tokens",
            *(f"{name}.tokens" for name in named),
            "'{always}'",
            "{number}",
        ]
    )
    always = " ".join(tokens("bench") | {condition_token("kind", "publishedcase")})
    spelt = "translate(encode(convert_to({}, 'UTF8'), 'hex'), '0123456789abcdef', 'abcdefghijklmnop')"
    beginning, whole = spelt.format("left(n::text, at)"), spelt.format(f"'{WHOLE}' || n")
    number = f"(SELECT string_agg({beginning}, ' ') FROM generate_series(1, length(n::text)) at) || ' ' || {whole}"
    cursor.execute(f"DROP INDEX {POSTGRESQL_INDEX}")
    first = 1
    while first <= cases:
        cursor.execute(
            "INSERT INTO missions_publicentry (kind, record, day, title, tokens) "
            "SELECT 'publishedcase', c.id, (c.approved_at AT TIME ZONE 'Asia/Seoul')::date, ' ' || p.titled || ' ', "
            f"{parts.format(always=always, number=number)} "
            f"FROM generate_series({first}, {first + AT_ONCE - 1}::bigint) n "
            f"JOIN missions_publishedcase c ON c.reference = 'bench-' || n {sentences('n')} {joined} ORDER BY c.id"
        )
        first += AT_ONCE
        progress(min(first - 1, cases), cases, "words of cases")
    cursor.execute("SET maintenance_work_mem = '1GB'")
    for statement in POSTGRESQL_MAKES:
        cursor.execute(statement)
    check()


def check():
    """The newest cases are in the index as the portal itself writes them."""
    from missions.models import PublicEntry, PublishedCase
    from missions.search.index import keep

    newest = list(PublishedCase.objects.published().filter(reference__startswith="bench-")[:CHECKED])
    entries = PublicEntry.objects.filter(kind="publishedcase", record__in=[case.pk for case in newest])
    made = {entry.record: (entry.day, set(entry.title.split()), set(entry.tokens.split())) for entry in entries}
    assert len(made) == len(newest)
    keep(*newest)
    for entry in entries.all():
        assert made[entry.record] == (entry.day, set(entry.title.split()), set(entry.tokens.split())), entry


def session(user=None):
    """The key of a session of a member of staff, or of somebody who may see everything."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from tests import make

    user = user or make.staff(is_superuser=True)
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.update(
        {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
    )
    store.save()
    return store.session_key


if __name__ == "__main__":
    django.setup()
    fill(int(sys.argv[1]), int(sys.argv[2]))
    print(session())
