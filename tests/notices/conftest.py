"""The mail server is there for every test of this folder that asks for it."""

from tests.notices.post_office import post

__all__ = ["post"]
