"""Panels of the front page: difficulties and relays that wait for somebody."""

from operator import attrgetter

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from missions.admin.difficulty.questions import QUESTIONS, legs_replied, legs_sent, legs_to_answer
from missions.admin.front.panels import due, panel, question_address, remark
from missions.difficulties.workflow import OVERSEE
from missions.fields.dates import today_in
from missions.models import Difficulty, Mention


def of_difficulties(user, today):
    """What waits on this person and on others, what is late or due soon. Those who see all bodies see all that is open.

    A difficulty is without an owner only where a posting ran out, or where its owner had left when it was reopened.
    """
    if user.has_perm("missions.view_every_body"):
        order = [*([_turn] if user.has_perm(OVERSEE) else []), _open, _relays, _late, _soon, _unowned]
    else:
        order = [_turn, _answers, _relays, _late, _soon, _with_others, _sent, _unowned, _unconfirmed]
    return [_mentions(user), *(show(user, today) for show in order)]


def _mentions(user):
    """Notes that told this person by name, until they take a step with that difficulty."""
    rows = Mention.objects.waiting_for(user, timezone.now()).select_related("difficulty__holder__mission", "event")
    return panel(
        _("Mentioned in a note"),
        rows.order_by("-event"),
        lambda mention: remark(False, mention.event.by_name, _on(mention.event.at, mention.difficulty.holder)),
        "",
        question_address("mentioned"),
        row=lambda mention: mention.difficulty,
        name=lambda mention: str(mention.difficulty),
    )


def _question(name, user, today):
    rows = Difficulty.objects.visible_to(user).with_names().with_standing()
    return QUESTIONS[name][1](rows, user, today)


def _open(user, today):
    return panel(
        _("Open difficulties"),
        _question("open", user, today).new_first(),
        _standing,
        _("No difficulty is open."),
        question_address("open"),
    )


def _turn(user, today):
    return panel(
        _("My turn"),
        _question("my_turn", user, today).new_first(),
        _standing,
        _("No difficulty waits on you."),
        question_address("my_turn"),
    )


def _with_others(user, today):
    return panel(
        _("Waiting on others"),
        _question("with_others", user, today).soonest_first(),
        lambda record: remark(record.is_urgent, _waits(record), _since(record), *_until(record)),
        "",
        question_address("with_others"),
    )


def _late(user, today):
    return panel(
        _("Late"),
        _question("late", user, today).soonest_first(),
        lambda record: _standing(record),
        _("Nothing is late."),
        question_address("late"),
    )


def _soon(user, today):
    return panel(
        _("Due within a week"),
        _question("due_soon", user, today).soonest_first(),
        lambda record: _standing(record),
        _("Nothing is due within a week."),
        question_address("due_soon"),
    )


def _unowned(user, today):
    return panel(
        _("Without an owner who is posted"),
        _question("unowned", user, today),
        lambda record: _standing(record),
        "",
        question_address("unowned"),
    )


def _unconfirmed(user, today):
    return panel(
        _("Closed, not confirmed by the firm"),
        _question("unconfirmed", user, today),
        lambda record: remark(False, record.get_outcome_display(), record.get_confirmation_display()),
        "",
        question_address("unconfirmed"),
    )


def _relays(user, today):
    return _legs(
        _("Relays to acknowledge or answer"),
        legs_to_answer(user).soonest_first(),
        lambda leg: remark(leg.difficulty.is_urgent, _next_of(leg), *due(leg.due_on, leg.receiver.time_zone)),
        _("No relay is waiting."),
        question_address("relayed"),
    )


def _sent(user, today):
    return _legs(
        _("Relays awaiting an answer"),
        legs_sent(user).soonest_first(),
        lambda leg: remark(
            leg.difficulty.is_urgent, leg.receiver, _next_of(leg), *due(leg.due_on, leg.receiver.time_zone)
        ),
        "",
        question_address("asked"),
    )


def _answers(user, today):
    return _legs(
        _("Answers that arrived"),
        legs_replied(user, today).order_by("-ended_at", "-pk"),
        lambda leg: remark(
            leg.difficulty.is_urgent,
            leg.receiver,
            leg.get_ending_display(),
            _on(leg.ended_at, leg.receiver),
        ),
        "",
        question_address("answered"),
    )


def _legs(title, legs, text, empty, link):
    names = {"row": lambda leg: leg.difficulty, "name": lambda leg: f"{leg.difficulty.reference} {leg}"}
    return panel(title, legs.with_names(), text, empty, link, **names)


def _standing(record):
    """Stage, holder and country; on whom it waits where that is not the holder; until when, and whose day that is."""
    parts = [record.get_stage_display(), record.holder.code, record.country]
    parts += [_waits(record, attrgetter("code")), *_until(record)]
    return remark(record.is_urgent, *parts)


def _waits(record, name=str):
    on = record.waits_on(record.open_legs, name)
    return on and _("waits on %(whom)s") % {"whom": on}


def _since(record):
    return record.since and _("since %(day)s") % {"day": _on(record.since, record.holder)}


def _until(record):
    day, body, whose = record.next_due(record.open_legs)
    return due(day, body.time_zone, f"{whose} " if whose else "")


def _next_of(leg):
    return _("to be answered") if leg.acknowledged_at else _("to be acknowledged")


def _on(moment, body):
    return date_format(today_in(body.time_zone, moment), "DATE_FORMAT")
