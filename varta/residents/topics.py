"""What a resident may report in plain words, and what the desk reads: kind of event and category."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from varta.calls.guessing import guess
from varta.calls.questions import tree_on
from varta.lib.text import fold


@dataclass(frozen=True)
class Topic:
    """One choice of the form. `kind` and `category` are codes of procedures/call.py."""

    title: str | Promise
    kind: str
    category: str = "gamma"


TOPICS: Mapping[str, Topic] = {
    "noise": Topic(_("Noise, disturbed quiet"), "noise", "delta"),
    "order": Topic(_("Rude conduct, drinking in public"), "public_order"),
    "dispute": Topic(_("A dispute with neighbours or relatives"), "conflict"),
    "damage": Topic(_("Something is broken or painted over"), "damage"),
    "theft": Topic(_("Something was stolen"), "theft"),
    "fraud": Topic(_("I was deceived, by telephone or online too"), "fraud"),
    "traffic": Topic(_("Parking, dangerous driving, road signs"), "traffic", "delta"),
    "suspicious": Topic(_("Suspicious people, cars or things"), "suspicious"),
    "drugs": Topic(_("Drugs are sold or used"), "drugs"),
    "animals": Topic(_("Dangerous or mistreated animals"), "animals", "delta"),
    "violence": Topic(_("Violence in the family"), "domestic_violence", "beta"),
    "child": Topic(_("A child needs protection"), "child", "beta"),
    "other": Topic(_("Something else"), "other", "delta"),
}

# Of such a matter nothing is shown and nothing sent, unless the resident chose a way that is safe.
DISCREET = frozenset({"domestic_violence", "sexual", "child", "suicide"})

AT_ONCE = ("alpha", "beta")
# Beginnings of words that tell that it happens now; fold() leaves no capitals and no apostrophes.
NOW = tuple(
    fold(word)
    for word in ("зараз", "щойно", "сейчас", "допоможіть", "помогите", "рятуйте", "кров", "горить", "горит",
                 "непритом", "right now", "help me", "bleed", "unconscious", "on fire")
)  # fmt: skip


def is_urgent(words: str, *, topic: str, on: date) -> bool:
    """Return whether it sounds as if minutes counted: then the form advises to call before it sends.

    By the kind of event that the desk's own list of words guesses, by words that tell that it happens
    now, and by the topic. A wrong "yes" costs a sentence of advice.
    """
    if TOPICS[topic].category in AT_ONCE:
        return True
    tree = tree_on(on)
    guessed = [tree.branches[kind].begins for kind in guess(words, most=1)]
    told = f" {fold(words[:600])}"
    return any(begins in AT_ONCE for begins in guessed) or any(f" {word}" in told for word in NOW)


def is_discreet(words: str, *, topic: str) -> bool:
    """Return whether nothing about it may be shown to a passer-by, by the topic or by the words."""
    return bool(DISCREET & {TOPICS[topic].kind, *guess(words, most=2)})
