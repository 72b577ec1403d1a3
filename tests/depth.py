"""How far the tests go that search for the odd case: a part of the way for every change, all of it by THOROUGH=1."""

import os

THOROUGH = bool(os.environ.get("THOROUGH"))  # `make test-thorough`: once a night, or before a release


def examples(most):
    """How many of `most` examples are tried."""
    return most if THOROUGH else max(most * 2 // 5, 10)
