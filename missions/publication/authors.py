"""Who stands behind a public text: everybody who wrote a part of it, and everybody who set up their accounts."""

from missions.models import CaseActor, LocalInformation, PublishedCase, User

BY_STEP = "step"  # how the history's reason begins for a change that a step made, not a writer


def writers(case):
    """Keys of all who wrote any version of a text or of its acting organisations, from their histories."""
    versions = PublishedCase.objects.filter(reference=case.reference)
    found = set(versions.values_list("drafted_by", flat=True))
    texts = PublishedCase.history.filter(reference=case.reference)
    parts = CaseActor.history.filter(case_id__in=versions.values("pk"))
    return found | _typed(texts) | _typed(parts)


def writers_of_information(item):
    """Keys of all who wrote some of an item of local information, from its history."""
    return {item.drafted_by_id} - {None} | _typed(LocalInformation.history.filter(id=item.pk))


def _typed(versions):
    """Keys of those who typed some versions; a step writes one too, and types nothing."""
    written = versions.exclude(history_change_reason__startswith=BY_STEP).exclude(history_user=None)
    return set(written.values_list("history_user", flat=True))


def behind_both(wrote, user):
    """A person who could act both as one of those who wrote a text and as this user; None where nobody could.

    ``wrote`` has the keys of the writers.
    Somebody who set up or changed an account may know its password. So may somebody who set up theirs, and so on.
    Superusers run the portal and make the first accounts: they count only where they are the writer or the user.
    """
    shared = _origins(wrote) & _origins({user.pk})
    people = User.objects.filter(pk__in=shared).order_by("pk")
    return next((person for person in people if not person.is_superuser or person.pk in wrote | {user.pk}), None)


def _origins(keys):
    """The keys of accounts, and of everybody who set them up or changed them, directly or through others."""
    found, further = set(keys), set(keys)
    while further:
        makers = User.history.filter(id__in=further).exclude(history_user=None)
        further = set(makers.order_by().values_list("history_user", flat=True).distinct()) - found
        found |= further
    return found
