"""HiGHS, the solver, without its greeting."""

import os
import sys
from functools import lru_cache

import highspy


def quiet() -> highspy.Highs:
    """Return a solver that prints nothing."""
    _greet()
    made = highspy.Highs()  # type: ignore[no-untyped-call]
    made.setOptionValue("output_flag", False)
    return made


@lru_cache(maxsize=1)
def _greet() -> None:
    """Let the first solver of the process print its name, whatever its options say: to stderr.

    What is printed for programs stays JSON.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        highspy.Highs()  # type: ignore[no-untyped-call]
    finally:
        os.dup2(kept, 1)
        os.close(kept)
