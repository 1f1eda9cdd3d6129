"""Who gets how far at the desk: every address of it, asked by every role and every method.

``RECORDS`` and ``PAGES`` say who may. They are written down here and not read from ``missions.roles``, so that a slip
there is seen. An address that has no line fails.
"""

import re
from collections import namedtuple

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, Max
from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve

from missions.models import Notice, PublicHoliday, ReportedResult
from missions.roles import ROLES
from missions.sheets.kinds import KINDS
from tests import make, planted

pytestmark = pytest.mark.usefixtures("programme")


def of(*roles):
    """These roles, posted to the body that holds the planted records, and posted elsewhere."""
    return {f"{role} {place}" for role in roles for place in ("here", "away")}


NOBODY = set()
ROOT = {"superuser"}
MINISTRY = of("ministry") | ROOT
OVERSEERS = MINISTRY | of("approver", "auditor")
REVIEWERS = MINISTRY | of("auditor")
SECRETARIAT = of("domestic_secretariat")
HERE = {"mission_officer here", "domestic_secretariat here"}
SIGHT = {"helper", "filer", "former holder"}  # mission officers who read the difficulty, and write nothing of it
OFFICERS = of("mission_officer", "domestic_secretariat") | SIGHT
STAFF = OVERSEERS | OFFICERS
SIGNED_IN = STAFF | {"without a role"}
OUTSIDE = {"stranger", "closed account"}
ANYONE = SIGNED_IN | OUTSIDE
OWN = OVERSEERS | HERE  # who reads a row of the body
KEEPERS = MINISTRY | HERE  # who writes one
WRITERS = MINISTRY | OFFICERS

Record = namedtuple("Record", "read add change delete")
REFERENCE = Record(STAFF, MINISTRY, MINISTRY, MINISTRY)
RECORDS = {
    **dict.fromkeys(["region", "country", "difficultytype", "sector", "ntmchapter", "hschapter"], REFERENCE),
    **dict.fromkeys(["discrepancy", "ministry", "agreement", "publicholiday"], REFERENCE),
    **dict.fromkeys(["contactpoint", "legalprovision"], REFERENCE),
    "reportedresult": REFERENCE._replace(delete=NOBODY),  # it was announced
    "source": REFERENCE._replace(add=WRITERS),
    "organisation": Record(STAFF, WRITERS, MINISTRY | SECRETARIAT, MINISTRY),
    **dict.fromkeys(
        ["supportprogramme", "earliercase", "service"],
        Record(STAFF, MINISTRY | SECRETARIAT, MINISTRY | SECRETARIAT, MINISTRY),
    ),
    "mission": Record(OWN, MINISTRY, KEEPERS, MINISTRY),
    "body": Record(OWN, MINISTRY, KEEPERS, ROOT),
    "membership": Record(OWN, WRITERS, KEEPERS, MINISTRY),
    "posting": Record(OWN, MINISTRY, MINISTRY, MINISTRY),
    "handovernote": Record(OWN, NOBODY, NOBODY, NOBODY),
    "user": Record(OWN, MINISTRY, MINISTRY, ROOT),
    "meeting": Record(OWN, WRITERS, KEEPERS, MINISTRY),
    "actionitem": Record(OWN, WRITERS, KEEPERS, KEEPERS),
    "localinformation": Record(OWN, WRITERS, KEEPERS, MINISTRY),
    "recipient": Record(MINISTRY | SECRETARIAT, MINISTRY | SECRETARIAT, MINISTRY | SECRETARIAT, ROOT),
    "publishedcase": Record(OWN, WRITERS, KEEPERS, MINISTRY),
    "company": Record(OWN | SIGHT, WRITERS, KEEPERS, ROOT),
    "difficulty": Record(OWN | SIGHT, OFFICERS, KEEPERS, NOBODY),
    "linkage": Record(OWN | SIGHT, OFFICERS | ROOT, KEEPERS, NOBODY),  # withdrawn instead
}

WITH_FILES = ("difficulty", "meeting", "localinformation")
Rule = namedtuple("Rule", "enter write")  # who gets in; for whom something may be written by a POST
PAGES = {
    "account_login": Rule(ANYONE, ANYONE),
    "account_logout": Rule(ANYONE, ANYONE),
    "account_change_password": Rule(SIGNED_IN, SIGNED_IN),
    "account_language": Rule(NOBODY, ANYONE),  # by POST only
    "account_stay": Rule(ANYONE, ANYONE),
    "account_take_away": Rule(ROOT, ROOT),
    "account_reset_password": Rule(ANYONE, ANYONE),
    "account_reset_password_done": Rule(ANYONE, NOBODY),
    "account_reset_password_from_key": Rule(ANYONE, NOBODY),
    "account_reauthenticate": Rule(SIGNED_IN, SIGNED_IN),
    "usersessions_list": Rule(SIGNED_IN, SIGNED_IN),
    "openid_connect_login": Rule(NOBODY, NOBODY),  # not set up here
    "openid_connect_callback": Rule(NOBODY, NOBODY),
    "mfa_index": Rule(SIGNED_IN, NOBODY),
    "mfa_list_webauthn": Rule(SIGNED_IN, NOBODY),
    "mfa_authenticate": Rule(SIGNED_IN, NOBODY),
    "mfa_reauthenticate": Rule(SIGNED_IN, NOBODY),
    "mfa_reauthenticate_webauthn": Rule(SIGNED_IN, NOBODY),
    "mfa_activate_totp": Rule(SIGNED_IN, SIGNED_IN),
    "mfa_deactivate_totp": Rule(NOBODY, NOBODY),  # they have none
    "mfa_add_webauthn": Rule(SIGNED_IN, SIGNED_IN),
    "mfa_edit_webauthn": Rule(NOBODY, NOBODY),  # of another person
    "mfa_remove_webauthn": Rule(NOBODY, NOBODY),
    "mfa_login_webauthn": Rule(ANYONE, ANYONE),
    "mfa_view_recovery_codes": Rule(NOBODY, NOBODY),  # they have none
    "mfa_generate_recovery_codes": Rule(SIGNED_IN, SIGNED_IN),
    "admin:login": Rule(ANYONE, ANYONE),
    "admin:logout": Rule(ANYONE, ANYONE),
    "admin:auth_user_password_change": Rule(MINISTRY, MINISTRY),
    "admin:password_change": Rule(SIGNED_IN, SIGNED_IN),
    "admin:password_change_done": Rule(SIGNED_IN, NOBODY),
    "admin:index": Rule(SIGNED_IN, NOBODY),
    "admin:app_list": Rule(STAFF, NOBODY),
    "admin:jsi18n": Rule(SIGNED_IN, NOBODY),
    "admin:language": Rule(SIGNED_IN, SIGNED_IN),
    "admin:autocomplete": Rule(STAFF, NOBODY),
    "admin:messages": Rule(SIGNED_IN, SIGNED_IN),
    "admin:messages_delivery": Rule(SIGNED_IN, SIGNED_IN),
    "admin:messages_mails": Rule(ROOT, ROOT),
    "operation:page": Rule(ROOT, NOBODY),
    "admin:help": Rule(SIGNED_IN, SIGNED_IN),  # the tour is put away
    "admin:help_page start": Rule(SIGNED_IN, NOBODY),
    "admin:views": Rule(SIGNED_IN, NOBODY),  # nothing is named
    "admin:search": Rule(SIGNED_IN, NOBODY),
    "admin:health": Rule(OVERSEERS, NOBODY),
    "admin:english": Rule(WRITERS, NOBODY),  # nothing is ticked
    "admin:accesses": Rule(REVIEWERS, REVIEWERS),
    "admin:keys": Rule(REVIEWERS, NOBODY),
    "admin:counters": Rule(STAFF, NOBODY),
    "admin:counted": Rule(STAFF, NOBODY),
    "admin:reports": Rule(STAFF, NOBODY),
    "admin:report_draft": Rule(STAFF, NOBODY),  # which one is not said
    "admin:report": Rule(OWN, NOBODY),
    "admin:missions_company_contact": Rule(OWN, OWN),
    "admin:missions_recipient_contact": Rule(MINISTRY | SECRETARIAT, MINISTRY | SECRETARIAT),
    "admin:missions_company_history": Rule(OWN, NOBODY),  # the firm agreed to nothing
    "admin:missions_difficulty_similar": Rule(NOBODY, OFFICERS),  # by POST only
    "admin:missions_difficulty_bulk relay": Rule(OFFICERS | ROOT, OFFICERS | ROOT),
    "admin:missions_difficulty_bulk assign": Rule(WRITERS, WRITERS),
    "admin:missions_difficulty_step close": Rule(OWN | SIGHT, HERE),
    "admin:missions_difficulty_step assign": Rule(OWN | SIGHT, KEEPERS),
    "admin:missions_difficulty_step answer": Rule(OWN | SIGHT, {"helper"}),
    "admin:missions_difficulty_case": Rule(OWN | SIGHT, NOBODY),  # it is open
    "admin:missions_difficulty_receipt": Rule(OWN | SIGHT, NOBODY),
    "admin:missions_difficulty_files": Rule(KEEPERS | SIGHT, KEEPERS | SIGHT),
    **dict.fromkeys(["admin:missions_meeting_files", "admin:missions_localinformation_files"], Rule(KEEPERS, KEEPERS)),
    "admin:missions_difficulty_file": Rule(OWN | SIGHT, NOBODY),
    **dict.fromkeys(["admin:missions_meeting_file", "admin:missions_localinformation_file"], Rule(OWN, NOBODY)),
    **dict.fromkeys([f"admin:missions_{model}_removal" for model in WITH_FILES], Rule(KEEPERS, KEEPERS)),
    "admin:missions_difficulty_case_file": Rule(OWN | SIGHT, NOBODY),
    "admin:missions_localinformation_way send": Rule(OWN, KEEPERS),
    "admin:missions_localinformation_way publish": Rule(OWN, NOBODY),  # it is a draft
    "admin:missions_meeting_agenda": Rule(KEEPERS, NOBODY),  # it was held
    "admin:missions_mission_import": Rule(MINISTRY, MINISTRY),
    "admin:missions_posting_handover": Rule(MINISTRY, MINISTRY),
    "admin:missions_publishedcase_publication approve": Rule(OWN, NOBODY),  # it is a draft
    "admin:<path:object_id>/": Rule(SIGNED_IN, NOBODY),  # leads on to the page of the row
    "admin:(?P<url>.*)$": Rule(NOBODY, NOBODY),
}
for model, may in RECORDS.items():
    page = f"admin:missions_{model}_"
    PAGES[f"{page}changelist"] = Rule(may.read, may.read) if model == "recipient" else Rule(STAFF, STAFF)
    PAGES[f"{page}add"] = Rule(may.add, may.add)
    PAGES[f"{page}change"] = Rule(may.read, may.change)
    PAGES[f"{page}delete"] = Rule(may.delete, may.delete)
    PAGES.setdefault(f"{page}history", Rule(may.read, NOBODY))
    if model in KINDS:
        readers = may.read if model == "recipient" else STAFF
        PAGES[f"{page}export"] = Rule(readers, readers)
        PAGES[f"{page}export_file"] = PAGES[f"{page}export_content"] = Rule(NOBODY, NOBODY)  # there is none
    if model in KINDS and KINDS[model].imported:
        PAGES[f"{page}import"] = Rule(may.add, may.add)
        PAGES[f"{page}import_template"] = Rule(may.add, NOBODY)
        PAGES[f"{page}import_batch"] = Rule(NOBODY, NOBODY)  # there is none
UNSEEN = {
    f"admin:missions_{model}_{page}": STAFF - may.read
    for model, may in RECORDS.items()
    for page in ("change", "history", *(["files", "file", "removal"] if model in WITH_FILES else []))
}

NAMES = {"step": ["close", "assign", "answer"], "bulk": ["relay", "assign"], "publication": ["approve"]}
NAMES["page"] = ["start"]
NAMES["way"] = ["send", "publish"]
FILLED = {"key": "meetings", "provider_id": "desk", "app_label": "missions", "url": "nothing/here/", "uidb36": "1"}
CHOOSER = "app_label=missions&model_name=discussion&field_name=difficulty&term="
SESSIONS = {"django_session", "usersessions_usersession"}
RARE = ["head", "options", "put", "delete"]  # the desk answers them as GET, so not everybody asks
SEEN = re.compile(r"/admin/missions/(difficulty|company)/")  # of this the helper asks by all


def routes(resolver=None, before="", space=""):
    """Every route below the desk, with the name of its rule."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern).lstrip("^")
        if not isinstance(one, URLPattern):
            yield from routes(one, route, space + (f"{one.namespace}:" if one.namespace else ""))
        elif route.startswith("admin/"):
            yield route, f"{space}{one.name or one.pattern}"


def kept_row(scene, route):
    """The row behind an address that is no record’s page."""
    if "keys/" in route:
        return scene.key
    return scene.rows["periodreport"] if "reports/" in route else scene.rows["user"]


def addresses(scene):
    """Pairs of the name of a rule and an address, of everything below the desk, filled in with the planted rows."""
    difficulty = scene.rows["difficulty"]
    query = {
        "admin:autocomplete": CHOOSER,
        "admin:missions_difficulty_step": f"leg={scene.leg.pk}",
        "admin:missions_difficulty_bulk": f"rows={difficulty.pk}",
    }
    for route, name in routes():
        model = re.match(r"admin/missions/(\w+)/", route)
        row = planted.row_of(scene, model[1]) if model else kept_row(scene, route)
        for chosen in NAMES.get(name.rpartition("_")[2], [""]):
            filled = FILLED | {"object_id": row.pk, "pk": row.pk, "id": row.pk, "name": chosen}
            filled["file"] = scene.files[model[1]].pk if model and model[1] in scene.files else 0
            plain = route.replace("(?P<uidb36>[0-9A-Za-z]{1,12})-(?P<key>[0-9A-Za-z-]{1,80})", "1-abc-def")
            plain = re.sub(r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", lambda m, f=filled: str(f[m[1] or m[2]]), plain)
            yield f"{name} {chosen}".strip(), f"/{plain.rstrip('$')}?{query.get(name, '')}".rstrip("?")


def plant():
    """What was planted, with a row of everything that the programme has none of, and every address to ask for."""
    scene = planted.plant()
    PublicHoliday.objects.create(country_id="KR", on=make.DAY, name_ko="휴일")
    make.recipient()
    assert ReportedResult.objects.exists()
    scene.addresses = list(addresses(scene))
    return scene


@pytest.fixture(autouse=True)
def _no_contexts(monkeypatch):
    """Only the words of answers are read here, so that the test client need not copy the context of every template."""
    monkeypatch.setattr(Template, "_render", lambda template, context: template.nodelist.render(context))


class Visit:
    """One person at the desk, and what came of everything they asked for."""

    def __init__(self, scene, who):
        self.who, self.client, self.offences, self.written = who, Client(raise_request_exception=False), [], []
        self.unreadable = [planted.MAGPIE]
        self.unreadable += [] if who in OWN else [planted.OWL]
        self.unreadable += [] if who in OWN | SIGHT else [planted.RAVEN, "1234567891", "123-45-67891"]
        if who in scene.people:
            self.client.force_login(scene.people[who])
        if who == "closed account":
            scene.people[who].is_active = False
            scene.people[who].save()
        self.cookies = self.client.cookies.copy()

    def ask(self, name, address, method):
        """Ask for one address, and note what is not as its rule says. What a writer posts is taken back."""
        rule = PAGES[name]
        writes = method == "post" and self.who in rule.write
        self.written.clear()
        with transaction.atomic(), connection.execute_wrapper(self._watch):
            response = getattr(self.client, method)(address)
            body = response.getvalue().decode() if not response.streaming or "pdf" in response["Content-Type"] else ""
            transaction.set_rollback(writes)
        self.client.cookies = self.cookies.copy()
        wrong = self._reached(name, method, response)
        wrong += [f"says {word}" for word in self.unreadable if word in body]
        reads_own = {Notice._meta.db_table} if method == "get" and name.endswith("_change") else set()  # one's messages
        wrong += [] if writes else [f"writes {table}" for table in self.written if table not in reads_own]
        if method == "get" and response.status_code == 200:
            wrong += [f"offers {found}" for found in buttons(body, address) if self.who not in PAGES[found].write]
        self.offences += [f"{method} {address} ({name}): {what}" for what in wrong]

    def _watch(self, execute, sql, params, many, context):
        found = re.match(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"', sql)
        if found and found[1] not in SESSIONS:
            self.written.append(found[1])
        return execute(sql, params, many, context)

    def _reached(self, name, method, response):
        """How far they got, if that is not how far they may. A row that one may not see is not found."""
        rule, status = PAGES[name], response.status_code
        if status >= 500:
            return [f"fails with {status}"]
        at_sign_in = status == 302 and response.url.startswith("/admin/login/")
        refused = status in {403, 404, 405} or at_sign_in
        may = {"get": rule.enter, "head": rule.enter, "post": rule.write}
        if self.who in may.get(method, ()):
            wrong = refused and self.who not in OUTSIDE
        elif self.who in UNSEEN.get(name, ()):
            wrong = status != 404
        elif self.who in rule.enter | rule.write or method not in may:
            wrong = False
        else:
            wrong = not (at_sign_in or status in {404, 405} if self.who in OUTSIDE else refused)
        return [f"answers {status}"] if wrong else []


def buttons(page, address):
    """Names of the rules for what the buttons of a page post to."""
    for attributes, form in re.findall(r"<form([^>]*\bmethod=\"post\"[^>]*)>(.*?)</form>", page, re.DOTALL):
        if 'type="submit"' in form:
            action = re.search(r'action="([^"?]*)', attributes)
            match = resolve(action[1] if action and action[1] else address.partition("?")[0])
            name = match.view_name if match.url_name else f"admin:{match.route}"
            yield f"{name} {match.kwargs['name']}" if "name" in match.kwargs else name


def rows():
    """How many rows each table of the programme has, and when one was changed last; histories too."""
    found = {}
    for model in apps.get_app_config("missions").get_models(include_auto_created=True):
        moment = next((f.name for f in model._meta.fields if f.name in {"updated_at", "history_date"}), "pk")
        found[model.__name__] = model._base_manager.aggregate(Count("pk"), Max(moment))
    return found


def test_every_address_of_the_desk_has_a_rule_and_every_rule_an_address(scene):
    named = {name for name, _address in scene.addresses}

    assert {"add a rule to PAGES or RECORDS": named - PAGES.keys(), "gone": PAGES.keys() - named} == {
        "add a rule to PAGES or RECORDS": set(),
        "gone": set(),
    }


def test_every_role_is_asked(scene):
    assert {*scene.people, "stranger"} == ANYONE
    assert {f"{role} here" for role in ROLES} < ANYONE


def methods(who, name, address):
    """By which methods somebody asks for an address: all of them where it could matter for them, to stay quick."""
    model = re.match(r"/admin/missions/(\w+)/", address)
    if model and RECORDS[model[1]].read == STAFF and (who.endswith(" away") or who in SIGHT):
        return []  # it is no body's, and the same role asks for it from here
    if who in OWN and (who.endswith(" away") or name.endswith(("_changelist", "_history"))):
        return ["get"]  # they see every row from anywhere; of lists and histories a POST shows the same again
    is_rare = who == "stranger" or (who == "helper" and SEEN.match(address))
    return ["get", "post"] + (RARE if is_rare else [])


@pytest.mark.parametrize("who", sorted(ANYONE))
def test_everybody_gets_as_far_as_the_table_says_and_reads_and_writes_no_more(scene, who):
    visit, before = Visit(scene, who), rows()
    for name, address in scene.addresses:
        for method in methods(who, name, address):
            visit.ask(name, address, method)

    assert not visit.offences, "\n".join(visit.offences)
    assert rows() == before
