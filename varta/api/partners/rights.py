"""What a partner's system may be allowed to do. Data only, no framework."""

from collections.abc import Mapping

RIGHTS: Mapping[str, Mapping[str, str]] = {
    "cap_in": {"uk": "надсилати повідомлення CAP", "en": "send CAP alerts"},
    "cap_out": {"uk": "читати термінові виклики як CAP", "en": "read urgent calls as CAP"},
    "open311": {"uk": "надсилати нетермінові питання Open311", "en": "send non-urgent Open311 requests"},
    "calls": {"uk": "передавати виклики, як 112", "en": "pass calls on, as 112 does"},
}
TAKES: Mapping[str, frozenset[str]] = {  # the steps that each right allows
    "cap_in": frozenset({"call.receive", "call.close"}),
    "cap_out": frozenset(),
    "open311": frozenset({"call.receive", "appeal.receive"}),
    "calls": frozenset({"call.receive"}),
    "any": frozenset(),  # only asks after what it sent
}
CHANNELS = ("line_112", "other_body")  # how a partner's calls are said to have come
DOORS = ("cap", "open311", "call")


def procedures_of(right: str) -> frozenset[str]:
    """Return the procedures whose cases a partner's system may meet; what it sees of them is its own."""
    return frozenset(step.split(".")[0] for step in TAKES[right]) or frozenset({"call"})
