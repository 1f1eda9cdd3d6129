"""``./run drill NAME``: what takes too long for the suite, or needs more of a machine than it has."""

import importlib
import pkgutil
import sys

from tests import drills


def main(arguments):
    """Run the drill that is named; without one, say which there are and what each shows."""
    names = sorted(found.name for found in pkgutil.iter_modules(drills.__path__) if not found.name.startswith("_"))
    if len(arguments) != 1 or arguments[0] not in names:
        for name in names:
            told = importlib.import_module(f"tests.drills.{name}").__doc__.strip().partition("\n")[0]
            print(f"./run drill {name:<16}{told}")
        return 2
    return importlib.import_module(f"tests.drills.{arguments[0]}").main()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
