"""What a guess of the kind reaches: on the demonstration's words, on those it was made with, and on unseen ones."""

import tomllib
from pathlib import Path

import pytest

from varta.calls import guessing
from varta.calls.demo.calls import KINDS
from varta.calls.guessing import WordsFault, guess

HERE = Path(__file__).parent


def told(name: str) -> list[tuple[str, str]]:
    return [
        (kind, text) for kind, texts in tomllib.loads((HERE / name).read_text()).items() for text in texts
    ]


def reached(pairs: list[tuple[str, str]]) -> tuple[float, float, float]:
    """Return the shares: guessed first, among the three, guessed wrongly."""
    guesses = [(kind, guess(text)) for kind, text in pairs]
    right = sum(found[:1] == [kind] for kind, found in guesses)
    among = sum(kind in found for kind, found in guesses)
    wrong = sum(bool(found) and found[0] != kind for kind, found in guesses)
    return right / len(pairs), among / len(pairs), wrong / len(pairs)


def test_every_text_of_the_demonstration_is_recognised():
    assert reached([(kind, one[4]) for kind, one in KINDS.items()])[0] == 1


def test_the_words_that_the_list_was_made_with_are_recognised():
    assert reached(told("told_by_callers.toml"))[0] >= 0.97


def test_of_unseen_words_more_than_half_are_recognised_and_few_mistaken():
    right, among, wrong = reached(told("told_unseen.toml"))

    assert right >= 0.6
    assert among >= 0.62
    assert wrong <= 0.15


@pytest.mark.parametrize("odd", ["", "   ", "42", "щось незрозуміле", "😀", "\x00", "а" * 10_000, "<script>"])
def test_what_says_nothing_is_not_guessed(odd):
    assert guess(odd) == []


def test_a_denied_injury_is_an_accident_without_injuries():
    assert guess("ДТП, потерпілих немає")[0] == "traffic"
    assert guess("ДТП, є потерпілі")[0] == "traffic_injury"


def test_apostrophes_and_capitals_do_not_matter():
    assert guess("П'ЯНИЙ ЛЕЖИТЬ") == guess("пʼяний лежить") == guess("п’яний лежить")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[loud]\nwords = ["a"]', "no kind of event called loud"),
        ('[noise]\nwords = ["шум |", ""]', "nothing that can be"),
    ],
)
def test_a_faulty_list_is_refused(tmp_path, text, said):
    file = tmp_path / "kinds.toml"
    file.write_text(text)

    with pytest.raises(WordsFault, match=said):
        guessing.read(file)
