"""The register of walks: each is a function that takes a permit and returns the Walk it made."""

from collections.abc import Callable
from functools import cache

LEVIED, FREE = "TRY", "SIPB"  # neither is visited
LEVIED_VISIT, FREE_VISIT = "IMB", "IUTM"  # two agencies each
BOTH, BOTH_VISITED = (LEVIED, FREE), (LEVIED_VISIT, FREE_VISIT)
REGISTER: dict[str, tuple[Callable, str]] = {}


def scenario(*permits):
    """Register a walk for each of these permits under `<name>[<permit>]`."""

    def register(function):
        for permit in permits:
            name = f"{function.__name__}[{permit}]"
            assert name not in REGISTER, f"two walks are called {name}"
            REGISTER[name] = (function, permit)
        return function

    return register


@cache
def walked(name):
    """The walk of that name; made once per process, for its own test and for the coverage."""
    function, permit = REGISTER[name]
    return function(permit)
