"""A port that is taken is told at once, with one that is free."""

import socket

import pytest

from portal.port import complaint


@pytest.fixture
def taken():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_told_with_one_that_is_free(taken):
    told = complaint(f"127.0.0.1:{taken}")

    assert told.startswith(f"Port {taken} is taken")
    assert complaint(told.rpartition(" ")[2]) == ""


def test_a_port_that_was_left_a_moment_ago_is_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), server.accept()[0]:
            pass

    assert complaint(f"127.0.0.1:{port}") == ""


@pytest.mark.parametrize("address", ["8001", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", ":8001", ""])
def test_what_is_no_address_is_told_with_one_that_is(address):
    assert "./run serve 127.0.0.1:8001" in complaint(address)


def test_an_address_of_another_machine_is_told_with_the_systems_reason():
    assert complaint("192.0.2.1:8000").startswith("Nothing can listen on 192.0.2.1:8000: Cannot assign")
