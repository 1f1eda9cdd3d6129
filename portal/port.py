"""Whether a server could listen at an address; ``./run`` asks before it sets anything up. Needs nothing but Python."""

import errno
import socket
import sys


def refusal(host, port):
    """The error with which the system refuses to let a server listen there; None where one can."""
    try:
        family, kind, *_, place = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
            probe.bind(place)
    except OSError as error:
        return error
    return None


def complaint(address):
    """What is wrong with an address, and what helps; empty where a server can start."""
    host, colon, digits = address.rpartition(":")
    if not (host and colon and digits.isdecimal() and int(digits) < 65536):
        return f"{address} is no address. One looks like this: ./run serve 127.0.0.1:8001"
    error = refusal(host, int(digits))
    if error is None:
        return ""
    if error.errno != errno.EADDRINUSE:
        return f"Nothing can listen on {address}: {error.strerror}. Try another one: ./run serve 127.0.0.1:8001"
    free = next((port for port in range(int(digits) + 1, 65536) if refusal(host, port) is None), 8001)
    return f"Port {digits} is taken: another program listens there. Use another one: ./run serve {host}:{free}"


if __name__ == "__main__":
    sys.exit(complaint(sys.argv[1]) or 0)
