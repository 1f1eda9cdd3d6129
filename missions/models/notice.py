"""What people are told of what others did, and the mails that carry it."""

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """What a notice is about. People choose by kind how it reaches them."""

    ARRIVED = "arrived", _("relay or request arrived")
    ANSWERED = "answered", _("request answered or taken over")
    RETURNED = "returned", _("relay returned or recalled")
    LATE = "late", _("due day passed")
    ASSIGNED = "assigned", _("difficulty assigned, reopened or closed")
    MENTIONED = "mentioned", _("mentioned in a note")
    TO_APPROVE = "to_approve", _("public text to approve")
    TEXT_DECIDED = "text_decided", _("public text approved, sent back or withdrawn")
    INFORMATION_SENT = "info_sent", _("local information sent home")
    INFORMATION_DECIDED = "info_decided", _("local information published, sent back or withdrawn")
    MEETING = "meeting", _("meeting announced or moved")
    CALLED_OFF = "called_off", _("meeting called off")
    INFECTED = "infected", _("virus found in a file")
    POSTING_ENDS = "posting_ends", _("posting ends")


class Because(models.TextChoices):
    """Why a notice came to its reader."""

    RECEIVER = "receiver", _("because the relay is addressed to your body")
    SENDER = "sender", _("because your body sent this relay")
    OWNER = "owner", _("because you are the owner of this difficulty")
    FORMER = "former", _("because you were the owner of this difficulty until then")
    HOLDER = "holder", _("because your body holds this difficulty and it has no owner")
    MINISTRY = "ministry", _("because a ministry is to answer and you work for one")
    MENTIONED = "mentioned", _("because a note mentions you")
    APPROVER = "approver", _("because you approve public texts")
    AUTHOR = "author", _("because you wrote some of this text")
    HOME = "home", _("because you publish local information at the domestic body")
    SECOND = "second", _("because it is urgent and you may publish it for your body")
    POSTED = "posted", _("because you are posted to this body")
    BETWEEN = "between", _("because it is between the ministries and you work for one")
    OWN_POSTING = "own_posting", _("because this posting is yours")
    COLLEAGUE = "colleague", _("because you are posted to the same body")
    ADDED = "added", _("because you added this file")
    TOLD = "told", _("because you were told of this meeting")


class Delivery(models.TextChoices):
    """How a notice reaches its reader, besides the desk, where all of them stand."""

    AT_ONCE = "at_once", _("by e-mail at once")
    DIGEST = "digest", _("in the e-mail of the morning")
    DESK = "desk", _("in the desk only")


AT_ONCE = {
    *(NoticeKind.ARRIVED, NoticeKind.RETURNED, NoticeKind.LATE, NoticeKind.ASSIGNED, NoticeKind.MENTIONED),
    *(NoticeKind.MEETING, NoticeKind.CALLED_OFF, NoticeKind.INFECTED),
}  # what is sent at once to whoever has chosen nothing; all others wait for the morning


class DeliveryChoice(models.Model):
    """How a person wants to be told of one kind, where they chose something."""

    user = models.ForeignKey("User", models.CASCADE, verbose_name=_("user"), related_name="delivery_choices")
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind)
    delivery = models.CharField(_("delivery"), max_length=7, choices=Delivery)

    class Meta:
        verbose_name = _("chosen delivery")
        verbose_name_plural = _("chosen deliveries")
        ordering = ["user", "kind"]
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="delivery_chosen_once_a_kind")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_delivery_display()}"


class MailState(models.TextChoices):
    """Where a mail stands. ``missions.messages.outbox`` moves it."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    EMPTY = "empty", _("not sent: nothing in it that its reader may see")
    REFUSED = "refused", _("refused")
    UNCERTAIN = "uncertain", _("perhaps sent")
    SETTLED = "settled", _("settled")


class MailQuerySet(models.QuerySet):
    def due(self, now):
        """Mails that wait, and whose pause is over."""
        return self.filter(state=MailState.WAITING, next_at__lte=now)

    def undelivered(self):
        """Mails that nobody sends any more unless a superuser says so."""
        return self.filter(state__in=[MailState.REFUSED, MailState.UNCERTAIN])


class Mail(models.Model):
    """An e-mail to one reader with one notice, or with those of a day (``digest_on``).

    It holds no text: what it says is written when it is sent, from what its reader may see then. ``address`` is where
    it was sent last.
    """

    reader = models.ForeignKey("User", models.CASCADE, verbose_name=_("reader"), related_name="mails")
    digest_on = models.DateField(_("digest of"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=MailState, default=MailState.WAITING)
    made_at = models.DateTimeField(_("made at"), default=timezone.now)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    refusals = models.PositiveSmallIntegerField(_("temporary refusals"), default=0)
    next_at = models.DateTimeField(_("next try at"), default=timezone.now)
    claimed_at = models.DateTimeField(_("last try at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=254, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reader", "digest_on"], condition=Q(digest_on__isnull=False), name="mail_one_digest_a_day"
            ),
            models.CheckConstraint(
                name="mail_sent_at_when_sent",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | ~Q(state=MailState.SENT) & Q(sent_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["next_at", "id"], condition=Q(state=MailState.WAITING), name="mail_waiting"),
            models.Index(
                fields=["state"], condition=~Q(state__in=[MailState.SENT, MailState.WAITING]), name="mail_unsettled"
            ),
        ]

    def __str__(self):
        return f"{self.reader} · {self.made_at:%Y-%m-%d}"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own notices, whatever else one may see."""
        return self.filter(reader=user)

    def unread(self):
        """Notices that their reader has not marked as read."""
        return self.filter(read_at=None)

    def mark_read(self):
        """Note that their reader has read these, and send them no more in the morning. Returns how many."""
        return self._end(Q(delivery=Delivery.DIGEST))

    def settle(self):
        """Note that nothing is left to do about these. A mail that has not left would tell of what is over."""
        waiting = self.filter(mail=None).exclude(delivery=Delivery.DESK)  # one sent at once leaves though it was read
        waiting.update(delivery=Delivery.DESK)
        return self._end(Q())

    def _end(self, unsent):
        delivery = Case(When(unsent, mail=None, then=Value(Delivery.DESK)), default=F("delivery"))
        return self.unread().update(read_at=timezone.now(), delivery=delivery)

    def unsent(self, delivery):
        """Notices to be sent in a way that no mail carries yet."""
        return self.filter(delivery=delivery, mail=None)


class Notice(models.Model):
    """What one person is told of one event (알림): which record, what happened to it, and why they are told.

    It names its record by model and key and holds no text of it, so it gives nothing away once its reader may not see
    the record any more. ``event`` names what happened: nobody is told of it twice. ``day_on`` is the day that the
    sentence speaks of. It is the outbox too: a notice whose ``mail`` is empty and that is not for the desk only is
    still to be put into a mail.
    """

    reader = models.ForeignKey("User", models.CASCADE, verbose_name=_("reader"), related_name="notices")
    kind = models.CharField(_("kind"), max_length=12, choices=NoticeKind)
    step = models.CharField(_("step"), max_length=20)
    because = models.CharField(_("reason"), max_length=11, choices=Because)
    event = models.CharField(_("event"), max_length=60)
    model = models.CharField(_("kind of record"), max_length=30)
    record = models.BigIntegerField(_("key of the record"))
    day_on = models.DateField(_("day"), null=True, blank=True)
    by = models.ForeignKey(
        "User", models.SET_NULL, verbose_name=_("by"), null=True, blank=True, related_name="+"
    )  # a deadline that passes is nobody's act
    at = models.DateTimeField(_("at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    delivery = models.CharField(_("delivery"), max_length=7, choices=Delivery)
    mail = models.ForeignKey(
        Mail, models.SET_NULL, verbose_name=_("e-mail"), null=True, blank=True, related_name="notices"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["reader", "event"], name="notice_once_a_person_and_event"),
            models.CheckConstraint(name="notice_not_of_own_acts", condition=Q(by=None) | ~Q(by=models.F("reader"))),
        ]
        indexes = [
            models.Index(fields=["reader"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["delivery", "id"], condition=Q(mail=None) & ~Q(delivery=Delivery.DESK), name="notice_unsent"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.model} {self.record}"
