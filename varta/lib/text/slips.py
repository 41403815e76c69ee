"""One slip of the finger: a letter changed, left out, put in, or two that changed places."""

EXACT, BEGINS, SLIP, SLIP_IN_BEGINNING = range(4)
LEAST_FOR_SLIP = 4  # letters: a slip in three of them is another word
LEAST_BEGINNING = 3


def nearness(asked: str, word: str) -> int | None:
    """Return how `asked` may stand for `word`, the surest first; None where it may not.

    EXACT: the same. BEGINS: the word begins with it. SLIP: one slip makes it the word.
    SLIP_IN_BEGINNING: one slip makes it the word's beginning.
    """
    at = _same_letters(asked, word)
    if at == len(asked):
        if at == len(word):
            return EXACT
        if at >= LEAST_BEGINNING:
            return BEGINS
    if len(asked) < LEAST_FOR_SLIP:
        return None
    rest, wanted = asked[at:], word[at:]
    made = (
        wanted[:1] + rest[1:],  # another letter
        wanted[:1] + rest,  # one was left out
        rest[1:],  # one too many
        rest[1:2] + rest[:1] + rest[2:],  # two changed places
    )
    if wanted in made:
        return SLIP
    return SLIP_IN_BEGINNING if any(wanted.startswith(one) for one in made) else None


def _same_letters(one: str, other: str) -> int:
    """Return how many letters both begin with."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return place
    return min(len(one), len(other))
