"""How a posting ends: each open difficulty of the person gets a new owner, and what was open is written down.

``docs/adr/0012-handing-over.md`` says who may do it and what it refuses.
"""

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from missions.difficulties.open_work import HORIZON, open_work, owned_at
from missions.difficulties.workflow import HANDLE, StepRefused, assign
from missions.fields.validators import is_key
from missions.models import Difficulty, HandoverNote, Posting, User


def fingerprint(posting, work):
    """What a page of this work shows: the posting's last change and the latest event of each difficulty."""
    return {"posting": posting.updated_at.isoformat()} | {str(row.pk): row.latest for row in work.difficulties}


def changes(posting, work, seen, user):
    """What moved since somebody saw it, in sentences; none where all is as it was."""
    current = fingerprint(posting, work)
    found = []
    if seen.get("posting") != current["posting"]:
        day = date_format(posting.until_on, "DATE_FORMAT") if posting.until_on else _("not set")
        found.append(_("Somebody else has changed this posting meanwhile. Its last day: %(day)s.") % {"day": day})
    moved = [row.reference for row in work.difficulties if seen.get(str(row.pk)) != row.latest]
    gone = [key for key in seen.keys() - current.keys() if is_key(key)]
    moved += Difficulty.objects.visible_to(user).filter(pk__in=gone).values_list("reference", flat=True)
    if moved:
        sentence = _("Something happened to %(references)s since you opened this page. Look at the list, then go on.")
        found.append(sentence % {"references": ", ".join(sorted(moved))})
    return found


def may_hand_over(user, posting):
    """Whether somebody may end a posting: one that they see, and that is theirs to end."""
    return may_end(user, posting) and _visible(user, posting)


def may_end(user, posting):
    """Whether a posting that somebody sees is theirs to end: all for those who keep the postings, an officer's own."""
    return user.has_perm("missions.change_posting") or (posting.user_id == user.pk and user.has_perm(HANDLE))


def _visible(user, posting):
    return Posting.objects.visible_to(user).filter(pk=posting.pk).exists()


@transaction.atomic
def hand_over(posting, *, by, until_on, owners, seen, words=""):
    """End a posting: its difficulties go to ``owners`` (by key), and the note is written. Returns the note.

    ``seen``: the ``fingerprint`` of what ``by`` decided on. Raises ``StepRefused`` or another ``ValidationError``
    with nothing changed.
    """
    if not may_hand_over(by, posting):
        raise StepRefused(_("This posting is not yours to end."))
    posting = _locked(posting, owners)
    work = open_work(posting)
    if found := changes(posting, work, seen, by):
        raise StepRefused(found)
    _check_last_day(posting, until_on, work.today)
    for row in work.difficulties:
        if owners.get(row.pk) in (None, posting.user):
            raise StepRefused(_("%(reference)s needs a new owner.") % {"reference": row.reference})
    note = HandoverNote(body=posting.body, user=posting.user, until_on=until_on, written_by=by, words=words.strip())
    note.written_at = timezone.now()
    note.facts = _facts(note, work, owners)
    for row in work.difficulties:
        try:
            assign(row, by=by, owner=owners[row.pk], seen=row.latest)
        except StepRefused as refused:
            raise StepRefused(f"{row.reference}: {' '.join(refused.messages)}") from None
    if posting.until_on != until_on:
        posting.until_on = until_on
        posting.full_clean()
    posting.save()
    note.save()
    return note


def rehearse(posting, **given):
    """What ``hand_over`` would write and refuse, with nothing written."""
    with transaction.atomic():
        note = hand_over(posting, **given)
        transaction.set_rollback(True)
    return note


def _locked(posting, owners):
    """The stored posting, after all that it leaves is locked: difficulties first, in the order of every step."""
    list(owned_at(posting.user_id, posting.body_id).select_for_update(of=("self",)).order_by("pk"))
    people = {posting.user_id, *(owner.pk for owner in owners.values())}
    list(User.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    held = Posting.objects.select_for_update(of=("self",), no_key=True).filter(body=posting.body_id, user__in=people)
    rows = {row.pk: row for row in held.order_by("pk")}
    if posting.pk not in rows:
        raise StepRefused(_("This posting is no longer there. Go back to the list of postings."))
    return rows[posting.pk]


def _check_last_day(posting, until_on, today):
    if posting.until_on and posting.until_on < today and until_on != posting.until_on:
        raise StepRefused(_("This posting has ended already. Its last day stays as it is."))
    if until_on > today + HORIZON:
        raise StepRefused(_("Choose a last day within the next 60 days."))
    if until_on < posting.since_on:
        raise StepRefused(_("A posting cannot end before it begins."))


def _facts(note, work, owners):
    """The text of the note, in Korean."""
    with translation.override("ko"):
        rows = [(row, row.waits_on(row.binding_legs), owners[row.pk]) for row in work.difficulties]
        context = {"note": note, "rows": rows, "work": work, "days": work.days()}
        return render_to_string("admin/missions/handovernote/facts.txt", context).strip() + "\n"
