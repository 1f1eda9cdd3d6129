"""Who stands behind a public text: whoever wrote any of it, and whoever set up the accounts of these."""

from missions.models import CaseActor, PublishedCase, User

BY_STEP = "step"  # how the history's reason begins for a change that a step made, not a writer


def writers(case):
    """Keys of all who wrote any version of a text or of its acting organisations, from their histories."""
    versions = PublishedCase.objects.filter(reference=case.reference)
    found = set(versions.values_list("drafted_by", flat=True))
    texts = PublishedCase.history.filter(reference=case.reference)
    texts = texts.exclude(history_change_reason__startswith=BY_STEP)
    parts = CaseActor.history.filter(case_id__in=versions.values("pk"))
    for rows in (texts, parts):
        found.update(rows.exclude(history_user=None).values_list("history_user", flat=True))
    return found


def behind_both(case, user):
    """A person who could act as a writer of a text and as this user as well; None where nobody could.

    Whoever set up or changed an account may know its password, and so may whoever set up theirs. Superusers, who
    run the portal and make the first accounts, count only where they are the writer or the user.
    """
    wrote = writers(case)
    shared = _origins(wrote) & _origins({user.pk})
    people = User.objects.filter(pk__in=shared).order_by("pk")
    return next((person for person in people if not person.is_superuser or person.pk in wrote | {user.pk}), None)


def _origins(keys):
    """Keys of accounts, of all who set these up or changed them, of those who set up these, and so on."""
    found, further = set(keys), set(keys)
    while further:
        makers = User.history.filter(id__in=further).exclude(history_user=None)
        further = set(makers.order_by().values_list("history_user", flat=True).distinct()) - found
        found |= further
    return found
