"""``./run drill NAME``: what takes too long for the suite, or needs more of a machine than it has."""

import importlib
import pkgutil
import signal
import sys

from tests import drills


def main(name="", *arguments):
    """Run the drill that is named with what follows its name; without one, say which there are and what each shows."""
    names = sorted(found.name for found in pkgutil.iter_modules(drills.__path__) if not found.name.startswith("_"))
    if name in names:
        return importlib.import_module(f"tests.drills.{name}").main(*arguments)
    for known in names:
        told = importlib.import_module(f"tests.drills.{known}").__doc__.strip().partition("\n")[0]
        print(f"./run drill {known:<16}{told}")
    return 2


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is stopped
    sys.exit(main(*sys.argv[1:]))
