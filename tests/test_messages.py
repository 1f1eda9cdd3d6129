"""The Korean messages that are shipped compiled."""

from tests import messages


def test_the_compiled_messages_say_what_the_catalogue_says():
    assert messages.outdated() == []
