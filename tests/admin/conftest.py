"""Who asks for a long list is there for every test of this folder that says so."""

from tests.admin.long_lists import before, body, officer, other, short_steps

__all__ = ["before", "body", "officer", "other", "short_steps"]
