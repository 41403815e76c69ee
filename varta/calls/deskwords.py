"""What the scripts of the desk say, in the reader's language: they bring no words of their own."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from varta.cases import wording
from varta.procedures.call import CATEGORY, ZONE

EXAMPLES = {"one": 1, "few": 2, "many": 5, "other": 5}  # a number for each plural form that a browser names


def words() -> dict[str, Any]:
    """Return the texts by name; `{…}` is filled in by the script, and a form of `many` is chosen by the number."""
    return {
        "here": _("The server is there"),
        "away": _("No server since {time}. Calls are kept in this browser and sent when it is back."),
        "awayUnkept": _("No server since {time}. This browser cannot keep calls: write them on paper."),
        "unknown": _("Looking for the server…"),
        "signedOut": _("The session has ended."),
        "signIn": _("Sign in to go on"),
        "waiting": _forms(lambda n: ngettext("{n} call waits to be sent.", "{n} calls wait to be sent.", n)),
        "locked": _("What was kept before opens after sign-in. New calls can be taken."),
        "unkept": _("This browser keeps no drafts here: Varta is not served over HTTPS."),
        "stranger": _(
            "Nobody has signed in at this browser yet, so it cannot keep calls without the server."
        ),
        "saved": _("saved {time}"),
        "draft": _("Call {n}"),
        "newDraft": _("Another call"),
        "fresh": _("a new one"),
        "mend": _("to be mended"),
        "discard": _("Discard this draft"),
        "discardSure": _("Discard the draft? What was typed cannot be brought back."),
        "registered": _("Registered under the number {number}."),
        "kept": _("Kept in this browser. It will be sent when the server is back."),
        "refused": _("The server refused a call that waited. It is kept: mend it and register it again."),
        "openCall": _("Open the call"),
        "slip": _("Slip"),
        "noPhone": _("This is no telephone number. Write its digits, or leave it empty."),
        "choosePlace": _("Choose which place is meant."),
        "noPlace": _("Where is it? A settlement, coordinates or a landmark."),
        "noKind": _("What kind of event is it? Enter takes the first one."),
        "noReason": _("Say why a lower category was chosen."),
        "noCategory": _("Choose a category."),
        "tooLong": _("This is longer than 10,000 signs: shorten it."),
        "landmark": _("No place is called exactly so: the words are kept as a landmark of your area."),
        "outside": _("Register it here, with the place in words"),
        "answersHere": _("Answers there:"),
        "officer": _("Officer of the hromada:"),
        "zone": _("Zone:"),
        "address": _("Address:"),
        "point": _("Coordinates:"),
        "several": _("Several places of your area bear this name. Choose one."),
        "doubtful": _(
            "A settlement is called so, or a street. Choose the settlement, or leave it: the words are kept as a "
            "landmark of your area."
        ),
        "nearest": _(
            "The nearest settlement whose point is known, {km} km away. Choose another if it is wrong."
        ),
        "nowhere": _("No settlement of your area is near this point."),
        "resembling": _(
            "No place is called exactly so. Choose one, or leave it: the words are kept as a landmark of your area."
        ),
        "kindTyped": _("Kind of event: letters or a number"),
        "byWords": _("by the words"),
        "because": _(", because "),
        "usual": _("{category}: the usual category for “{kind}”."),
        "proposed": _("Proposed: {why}"),
        "alikeTitle": _("Perhaps reported already"),
        "alikeAsk": _("Is it the same event? Registered it will be in any case."),
        "join": _("Join to {number}"),
        "other": _("Another event"),
        "joins": _("After registration it will be joined to the call {number}."),
        "undo": _("Do not join"),
        "closed": _("closed"),
        "categories": {code: wording.brief(wording.said(text)) for code, text in CATEGORY.items()},
        "zones": {code: wording.said(text) for code, text in ZONE.items()},
        "answers": [("yes", _("yes")), ("no", _("no")), ("unknown", _("not known"))],
    }


def _forms(said: Callable[[int], str]) -> dict[str, str]:
    """Return the text for each plural form of the language."""
    return {name: said(number) for name, number in EXAMPLES.items()}
