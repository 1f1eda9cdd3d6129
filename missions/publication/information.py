"""The way of local information home: draft, sent home, published by another hand or returned, distributed.

``INFORMATION_STEPS`` is the one table: buttons, checks and tests read it. Each verb locks the item, checks the step,
writes the change and one ``InformationEvent`` in one transaction, or raises ``PublicationRefused``.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from missions.files import publishing as public_files
from missions.files.unfit import Unfit
from missions.messages import of_texts
from missions.models import (
    Body,
    Distribution,
    InformationEvent,
    InformationState,
    LocalInformation,
    Recipient,
    Scope,
)
from missions.publication import gate
from missions.publication.authors import BY_STEP, behind_both, writers_of_information
from missions.publication.workflow import PublicationRefused
from missions.search import staff as staff_search

WRITE, PUBLISH = "missions.change_localinformation", "missions.publish_localinformation"
DRAFT, SENT, PUBLISHED = InformationState
DECIDING = ("publish", "send_back")  # steps for another hand than the author's


@dataclass(frozen=True)
class InformationStep:
    """A move of an item. ``asks`` is the label of the note that it demands.

    ``who``: own (those who write for its body), home (the domestic secretariat, and ministry staff for it), or second
    (a second officer of its body, where it is urgent).
    """

    name: str
    label: str
    sources: tuple
    who: tuple
    asks: str = ""


INFORMATION_STEPS = {
    step.name: step
    for step in [
        InformationStep("send", gettext_lazy("Send home"), (DRAFT,), ("own",)),
        InformationStep(
            "take_back",
            gettext_lazy("Take back what was sent"),
            (SENT,),
            ("own",),
            gettext_lazy("Why it is taken back"),
        ),
        InformationStep("publish", gettext_lazy("Publish"), (SENT,), ("home", "second")),
        InformationStep(
            "send_back",
            gettext_lazy("Send back"),
            (SENT,),
            ("home", "second"),
            gettext_lazy("What the author is to change"),
        ),
        InformationStep(
            "withdraw", gettext_lazy("Withdraw"), (PUBLISHED,), ("home", "own"), gettext_lazy("Why it is withdrawn")
        ),
        InformationStep("distribute", gettext_lazy("Distribute"), (PUBLISHED,), ("home",)),
        InformationStep("receive", gettext_lazy("Record a receipt"), tuple(InformationState), ("home",)),
    ]
}


def information_steps(item, user):
    """The steps this user may take with this item."""
    return [step for step in INFORMATION_STEPS.values() if why_not(step, item, user) is None]


def why_not(step, item, user):
    """Why this user may not take a step with an item they may see, in a sentence; None where they may."""
    may = {"own": may_write, "home": lambda item, user: at_home(user), "second": _is_second}
    if not any(may[who](item, user) for who in step.who):
        return _("You may not take this step.")
    if item.state not in step.sources:
        return _("This item is “%(state)s”; the step is not possible. Reload the page to see where it stands.") % {
            "state": item.state.label
        }
    if step.name in DECIDING and (own := _not_another_hand(step, item, user)):
        return own
    if step.name == "receive" and not item.distributions.filter(received_on=None).exists():
        return _("No distribution of this item is without a receipt.")
    return None


def may_write(item, user):
    """Whether a user writes for the body of an item."""
    return user.has_perm(WRITE) and Body.objects.visible_to(user).filter(pk=item.body_id).exists()


def at_home(user):
    """Whether a user publishes and distributes at home: posted to the domestic body, or overseeing every body."""
    oversees = user.has_perm("missions.view_every_body")
    posted = Body.objects.staffed_by(user).filter(scope=Scope.DOMESTIC)
    return user.has_perm(PUBLISH) and (oversees or posted.exists())


def may_translate(item, user):
    """Whether a user may write the English that a published item lacks: who could have published it."""
    lacks = (item.title_ko and not item.title_en) or (item.text_ko and not item.text_en)
    written = lacks and item.state == PUBLISHED and at_home(user) and user.has_perm(WRITE)
    return bool(written) and user.pk not in writers_of_information(item)


def _is_second(item, user):
    return item.is_urgent and user.has_perm(PUBLISH) and Body.objects.staffed_by(user).filter(pk=item.body_id).exists()


def _not_another_hand(step, item, user):
    wrote = writers_of_information(item)
    if user.pk in wrote:
        if step.name == "send_back":
            return _("You wrote some of this item yourself: take it back instead of sending it back.")
        return _("Whoever wrote an item cannot publish it. Ask a colleague.")
    if step.name == "publish" and (person := behind_both(wrote, user)):
        return _(
            "%(name)s stands behind both the account of a writer of this item and yours: each is that person’s own, "
            "or was set up or changed by them. Ask somebody else."
        ) % {"name": person}
    return None


@transaction.atomic
def send(item, *, by, urgent="", seen=None):
    """Send a draft home. ``urgent`` says why a second officer of the body may publish it; empty where none may.

    Raises ``PublicationRefused`` for words that the gate would refuse, so that the author hears of them first.
    """
    item = _locked("send", item, by, seen)
    texts = [(name, text) for name, _label, text in gate.texts_of(item) if text]
    if found := [said for _words, said, _places in gate.what_is_wrong(texts)]:
        raise PublicationRefused(found)
    item.sent_at, item.is_urgent = timezone.now(), bool(urgent.strip())
    return _moved("send", item, by, urgent)


@transaction.atomic
def take_back(item, *, by, note, seen=None):
    """Make an item a draft again before anybody decided on it, with the reason."""
    item = _locked("take_back", item, by, seen)
    item.sent_at, item.is_urgent = None, False
    return _moved("take_back", item, by, _written(note, _("Write why it is taken back.")))


@transaction.atomic
def publish(item, *, by, files=(), seen=None):
    """Publish what somebody else wrote, with copies of some of its ``files``, given by their keys.

    Raises ``PublicationRefused`` where the gate refuses its words, or a file is not for the public.
    """
    item = _locked("publish", item, by, seen)
    home = Body.objects.filter(scope=Scope.DOMESTIC).first()
    item.is_published, item.published_at, item.published_by = True, timezone.now(), by
    item.published_from = home if home and at_home(by) else item.body
    try:
        gate.check(item, *public_files.make_public(item, item.attachments.present().filter(pk__in=files)))
    except gate.Refused as refused:
        raise PublicationRefused([refusal.said for refusal in refused.refusals]) from None
    except Unfit as unfit:
        raise PublicationRefused(str(unfit)) from None
    return _moved("publish", item, by)


@transaction.atomic
def send_back(item, *, by, note, seen=None):
    """Return an item to its body as a draft, with what is to change."""
    item = _locked("send_back", item, by, seen)
    item.sent_at, item.is_urgent = None, False
    return _moved("send_back", item, by, _written(note, _("Write what the author is to change.")))


@transaction.atomic
def withdraw(item, *, by, note, seen=None):
    """Take a published item off the public pages, with the reason. It is a draft again, to be corrected and sent."""
    item = _locked("withdraw", item, by, seen)
    item.is_published, item.sent_at, item.is_urgent = False, None, False
    item.published_at = item.published_by = item.published_from = None
    public_files.take_back(item)
    return _moved("withdraw", item, by, _written(note, _("Write why it is withdrawn.")))


@transaction.atomic
def distribute(item, *, by, recipients, seen=None):
    """Record that an item was sent to recipients, each once. Raises ``PublicationRefused`` where one has it already.

    The event says to how many only: whoever may see the item reads it, and the register is not open to all of them.
    """
    item = _locked("distribute", item, by, seen)
    chosen = list(Recipient.objects.to_be_told(item).filter(pk__in=[recipient.pk for recipient in recipients]))
    if not chosen or len(chosen) != len(recipients):
        raise PublicationRefused(_("Choose recipients that do not have this item yet."))
    moment = timezone.now()
    Distribution.objects.bulk_create(
        Distribution(item=item, recipient=recipient, at=moment, by=by) for recipient in chosen
    )
    told = ngettext("to %(count)d recipient", "to %(count)d recipients", len(chosen)) % {"count": len(chosen)}
    return _moved("distribute", item, by, told)


@transaction.atomic
def receive(item, *, by, distribution, received_on, receipt="", seen=None):
    """Record that a recipient said that an item arrived. ``receipt`` is how: a letter's number, an answer by e-mail."""
    item = _locked("receive", item, by, seen)
    row = item.distributions.filter(pk=distribution.pk, received_on=None).first()
    if row is None:
        raise PublicationRefused(_("This receipt has been recorded already."))
    if received_on < timezone.localdate(row.at):
        raise PublicationRefused(_("A receipt cannot be earlier than its distribution."))
    if received_on > timezone.localdate():
        raise PublicationRefused(_("A receipt cannot be in the future."))
    row.received_on, row.receipt = received_on, receipt.strip()
    row.save()
    return _moved("receive", item, by, row.receipt)


def _locked(name, item, by, seen):
    """The stored row, locked. Raises ``PublicationRefused`` where the step is not allowed.

    ``seen`` is the ``fingerprint`` of the item on the page where the step was decided. The step is refused where the
    item has changed since.
    """
    if not LocalInformation.objects.visible_to(by).filter(pk=item.pk).exists():
        raise PublicationRefused(_("You may not take this step."))
    item = LocalInformation.objects.select_for_update().get(pk=item.pk)
    if seen is not None and seen != item.fingerprint:
        raise PublicationRefused(
            _("This item was changed or moved since you opened its page. Open it again, read it, then decide.")
        )
    if refused := why_not(INFORMATION_STEPS[name], item, by):
        raise PublicationRefused(refused)
    return item


def _written(text, sentence):
    """A note that must not be empty. Raises ``PublicationRefused`` with the sentence where it is."""
    if not (text or "").strip():
        raise PublicationRefused(sentence)
    return text


def _moved(name, item, by, note=""):
    """Write an item and the event of its step; the history says by which step."""
    item._change_reason = f"{BY_STEP}: {name}"
    item.save()
    event = InformationEvent.objects.create(
        item=item, at=timezone.now(), by=by, by_name=str(by)[:150], step=name, note=note.strip()
    )
    staff_search.keep(item)
    of_texts.tell_of_information(event, writers_of_information(item))
    return item
