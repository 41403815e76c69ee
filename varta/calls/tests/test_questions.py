from datetime import date

import pytest

from varta.calls import questions
from varta.calls.questions import ANSWERS, TreeFault, editions, read, tree_on
from varta.procedures.call import KIND

TREE = editions()[-1]
GOOD = """
edition = "test-1"
valid_from = 2026-01-01
[questions.a]
uk = "А?"
en = "A?"
yes = "alpha"
because = { uk = "а", en = "a" }
[questions.b]
uk = "Б?"
en = "B?"
after = { a = "yes" }
[questions.c]
uk = "В?"
en = "C?"
""" + "\n".join(f'[[kinds]]\ncodes = ["{kind}"]\nbegins = "gamma"\nasks = ["a", "b", "c"]' for kind in KIND)


@pytest.mark.parametrize("tree", editions(), ids=lambda tree: tree.edition)
def test_every_shipped_edition_asks_about_every_kind_in_both_languages(tree):
    for kind in KIND:
        asked = tree.asked(kind, {})
        assert 2 <= len(asked) <= questions.MOST
        assert all(set(one.text) == {"uk", "en"} for one in asked)
        assert tree.propose(kind, {}).category in questions.URGENCY


def test_nobody_has_looked_through_the_first_edition_and_it_says_so():
    assert editions()[0].edition == "2026-1"
    assert not editions()[0].as_json()["verified"]


def test_danger_makes_an_alpha_and_the_sentence_says_why():
    found = TREE.propose("conflict", {"danger": "yes", "weapon": "no", "children": "yes"})

    assert found.category == "alpha"
    assert found.why["uk"] == "Альфа, бо комусь зараз загрожує небезпека."
    assert found.why["en"] == "Alpha, because somebody is in danger right now."


def test_without_answers_the_kind_alone_proposes():
    found = TREE.propose("noise", {})

    assert found.category == "gamma"
    assert "порушення тиші" in found.why["uk"]


def test_no_answer_lowers_what_the_kind_begins_with():
    assert TREE.propose("fire", {"people_inside": "no", "injured": "no", "trapped": "no"}).category == "alpha"


@pytest.mark.parametrize("kind", KIND)
def test_every_further_yes_keeps_the_category_or_raises_it(kind):
    rank = questions.URGENCY.index
    answers: dict[str, str] = {}
    before = rank(TREE.propose(kind, answers).category)
    for one in TREE.asked(kind, dict.fromkeys(TREE.questions, "yes")):
        answers[one.code] = "yes"
        now = rank(TREE.propose(kind, answers).category)
        assert now >= before
        before = now


def test_a_question_that_waits_for_another_is_asked_only_after_its_answer():
    codes = [[one.code for one in TREE.asked("theft", {"just_now": answer})] for answer in ("yes", "no")]

    assert "direction" in codes[0]
    assert "direction" not in codes[1]


def test_no_kind_proposes_nothing():
    assert TREE.propose("", {"danger": "yes"}) is None


def test_answers_are_kept_with_their_edition_and_read_back():
    written = TREE.written("noise", {"danger": "no", "repeated": "yes", "strange": "yes"})

    assert written == f"{TREE.edition} danger=no repeated=yes"
    assert [answer["uk"] for _, answer in questions.told(written)] == ["ні", "так"]


@pytest.mark.parametrize(
    "odd", ["", "?", "2026-1 danger", "none danger=yes", "2026-1 danger=perhaps nothing=yes"]
)
def test_answers_that_no_edition_knows_are_left_out(odd):
    assert questions.told(odd) == []


def test_before_the_first_edition_the_first_one_counts():
    assert tree_on(date(2015, 1, 1)) is editions()[0]


def test_a_good_file_is_read(tmp_path):
    tree = read(written_to(tmp_path, GOOD))

    assert tree.propose("noise", {"a": "yes"}).why["en"] == "Alpha, because a."
    assert [one.code for one in tree.asked("noise", {})] == ["a", "c"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("edition = ", "edition "), "is not TOML"),
        (('edition = "test-1"', ""), "needs `edition`"),
        (("valid_from = 2026-01-01", 'valid_from = "soon"'), "needs `valid_from`"),
        (('en = "A?"', ""), "both languages"),
        (('yes = "alpha"', 'yes = "omega"'), "“omega” is no category"),
        (('yes = "alpha"', 'maybe = "alpha"'), "what nobody knows: maybe"),
        (('because = { uk = "а", en = "a" }', ""), "needs both"),
        (('asks = ["a", "b", "c"]', 'asks = ["a", "b"]'), "must ask 3 to 5"),
        (('asks = ["a", "b", "c"]', 'asks = ["a", "b", "x"]'), "what is no question: x"),
        (('asks = ["a", "b", "c"]', 'asks = ["b", "a", "c"]'), "must stand before it"),
        (('codes = ["noise"]', 'codes = ["loud"]'), "“loud” is no kind"),
        (('codes = ["noise"]', 'codes = ["fire"]'), "twice"),
        (
            ('[[kinds]]\ncodes = ["other"]\nbegins = "gamma"\nasks = ["a", "b", "c"]', ""),
            "nothing is asked about",
        ),
        (('uk = "А?"', f'uk = "{"А" * 90}"'), "nobody reads it out"),
        (("valid_from = 2026-01-01", 'valid_from = 2026-01-01\nverified = { by = "" }'), "`verified` needs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_file_is_refused_with_the_place_and_the_remedy(tmp_path, change, said):
    assert change[0] in GOOD

    with pytest.raises(TreeFault, match=r"tree\.toml") as refused:
        read(written_to(tmp_path, GOOD.replace(change[0], change[1], 1)))

    assert said in str(refused.value)


def written_to(folder, text):
    file = folder / "tree.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_words_for_answers_are_in_both_languages():
    assert all(set(one) == {"uk", "en"} for one in ANSWERS.values())
