"""Pages that a room has for a procedure of its own, and words for what its fields keep in short.

The room names them when it starts, and lists lead there. Where no room has any, the generic pages serve.
"""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.urls import reverse

_new: dict[str, str] = {}
_case: dict[str, str] = {}
_steps: dict[tuple[str, str], str] = {}
_words: dict[tuple[str, str], Callable[[str], str]] = {}


def own_pages(procedure: str, *, new: str = "", case: str, steps: Mapping[str, str]) -> None:
    """Name the addresses under which a room opens cases, shows them (`key`), and takes some steps (`key`).

    Without `new` cases are opened on the generic page.
    """
    _case[procedure] = case
    if new:
        _new[procedure] = new
    _steps.update({(procedure, step): name for step, name in steps.items()})


def new_address(procedure: str) -> str:
    """Return where a case under the procedure is opened."""
    own = _new.get(procedure)
    return reverse(own) if own else reverse("cases:new", args=[procedure])


def case_address(procedure: str, key: UUID) -> str:
    """Return where a case is shown."""
    return reverse(_case.get(procedure, "cases:case"), kwargs={"key": key})


def step_address(procedure: str, step: str, key: UUID) -> str:
    """Return where a step of a case is taken."""
    own = _steps.get((procedure, step))
    if own is None:
        return reverse("cases:take", kwargs={"key": key, "step": step})
    return reverse(own, kwargs={"key": key})


def has_own(procedure: str, step: str) -> bool:
    """Return whether a room takes the step on a page of its own."""
    return (procedure, step) in _steps


def own_words(procedure: str, field: str, told: Callable[[str], str]) -> None:
    """Let a room put into words, in the reader's language, what a text field of its procedure keeps in short."""
    _words[procedure, field] = told


def in_words(procedure: str, field: str, kept: str) -> str:
    """Return what a field keeps as its room says it; as it is where no room has words for it."""
    told = _words.get((procedure, field))
    return told(kept) if told else kept
