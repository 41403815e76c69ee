"""Ukrainian text: what is the same, what comes first, and what was meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varta.lib import text

UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
words = st.text(alphabet=UKRAINIAN + UKRAINIAN.upper() + "'’ʼ- ", max_size=20)


@pytest.mark.parametrize("apostrophe", "'’ʼ`")
def test_every_apostrophe_is_the_same_name(apostrophe):
    assert text.fold(f"Знам{apostrophe}янка") == text.fold("Знамянка")


def test_stress_marks_and_case_do_not_matter():
    assert text.fold("ЗАМО́К") == text.fold("замок")


def test_hyphen_is_a_space():
    assert text.fold("Нечуй-Левицький") == text.fold("Нечуй Левицький")


def test_ge_with_upturn_is_ge():
    assert text.fold("Ґалаґан") == text.fold("Галаган")


def test_latin_look_alikes_in_a_cyrillic_word_are_cyrillic():
    assert text.fold("Kиїв") == "київ"
    assert text.fold("Вiйтовецька") == "війтовецька"


def test_one_cyrillic_letter_in_a_latin_word_is_latin():
    assert text.fold("Dniprо") == "dnipro"


def test_i_and_yi_are_the_same_only_loosely():
    assert text.fold("Киів") != text.fold("Київ")
    assert text.fold_loosely("Киів") == text.fold_loosely("Київ")


def test_strange_input_folds_to_nothing():
    assert text.fold("  —…!  ") == ""
    assert text.grams("") == []
    assert text.variants(" ") == []


@given(words)
def test_folding_twice_is_folding_once(word):
    assert text.fold(text.fold(word)) == text.fold(word)


@given(words, words)
def test_what_is_the_same_strictly_is_the_same_loosely(one, other):
    if text.fold(one) == text.fold(other):
        assert text.fold_loosely(one) == text.fold_loosely(other)
        assert text.grams(one) == text.grams(other)
        assert text.similarity(one, other) == 1.0


@given(words, words)
def test_likeness_is_mutual_and_never_certain_for_different_names(one, other):
    likeness = text.similarity(one, other)

    assert likeness == text.similarity(other, one)
    assert 0 <= likeness <= 1
    assert (likeness == 1) == (text.fold(one) == text.fold(other))


def test_names_stand_in_the_order_of_the_ukrainian_alphabet():
    letters = sorted(UKRAINIAN, key=text.sort_key)

    assert letters == list(UKRAINIAN)


def test_names_are_sorted_as_a_reader_expects():
    expected = [
        "№ 2", "№ 10", "Біла", "Біла Церква", "Білогірськ", "Вюн", "В’юн", "Гоща", "Ґалаґан",
        "Дніпро", "Євпаторія", "Ізюм", "Їжаківка", "Йосипівка", "Яготин", "Dnipro",
    ]  # fmt: skip

    shuffled = sorted(expected)

    assert sorted(shuffled, key=text.sort_key) == expected


def test_apostrophe_does_not_part_neighbours():
    names = ["Вязів", "В'юн", "Вюнок", "Вʼюни"]

    assert sorted(names, key=text.sort_key) == ["В'юн", "Вʼюни", "Вюнок", "Вязів"]


@given(words, words)
def test_different_names_have_different_keys(one, other):
    same = " ".join(one.split()) == " ".join(other.split())

    assert (text.sort_key(one) == text.sort_key(other)) == same


@given(st.text(max_size=30))
def test_any_text_has_a_key_that_a_database_can_store(anything):
    if "\x00" not in anything:
        assert "\x00" not in text.sort_key(anything)


# The examples of resolution 55 of the Cabinet of Ministers, 27.01.2010, and those that people get wrong.
@pytest.mark.parametrize(
    ("ukrainian", "latin"),
    [
        ("Алушта", "Alushta"), ("Борщагівка", "Borshchahivka"), ("Вінниця", "Vinnytsia"),
        ("Гадяч", "Hadiach"), ("Ґалаґан", "Galagan"), ("Донецьк", "Donetsk"), ("Рівне", "Rivne"),
        ("Єнакієве", "Yenakiieve"), ("Гаєвич", "Haievych"), ("Короп’є", "Koropie"),
        ("Житомир", "Zhytomyr"), ("Закарпаття", "Zakarpattia"), ("Медвин", "Medvyn"),
        ("Іванків", "Ivankiv"), ("Їжакевич", "Yizhakevych"), ("Кадиївка", "Kadyivka"),
        ("Мар’їне", "Marine"), ("Йосипівка", "Yosypivka"), ("Стрий", "Stryi"), ("Олексій", "Oleksii"),
        ("Київ", "Kyiv"), ("Лебедин", "Lebedyn"), ("Миколаїв", "Mykolaiv"), ("Ніжин", "Nizhyn"),
        ("Полтава", "Poltava"), ("Ромни", "Romny"), ("Суми", "Sumy"), ("Тетерів", "Teteriv"),
        ("Ужгород", "Uzhhorod"), ("Фастів", "Fastiv"), ("Харків", "Kharkiv"),
        ("Біла Церква", "Bila Tserkva"), ("Чернівці", "Chernivtsi"), ("Шостка", "Shostka"),
        ("Гоща", "Hoshcha"), ("Юрій", "Yurii"), ("Крюківка", "Kriukivka"), ("Яготин", "Yahotyn"),
        ("Ічня", "Ichnia"), ("Згорани", "Zghorany"), ("Розгон", "Rozghon"), ("Згурський", "Zghurskyi"),
        ("Знам'янка", "Znamianka"), ("Знам’янка", "Znamianka"), ("Знамʼянка", "Znamianka"),
        ("Івано-Франківськ", "Ivano-Frankivsk"), ("ЩАСТЯ", "SHCHASTIA"), ("Щастя", "Shchastia"),
        ("Юзівка-Яма", "Yuzivka-Yama"), ("вул. Єдності, 5", "vul. Yednosti, 5"),
    ],
)  # fmt: skip
def test_transliteration_is_the_official_one(ukrainian, latin):
    assert text.transliterate(ukrainian) == latin


@given(words)
def test_transliterated_ukrainian_has_no_cyrillic(word):
    assert not any("\u0400" <= letter <= "\u04ff" for letter in text.transliterate(word))


def test_keys_pressed_in_the_wrong_layout():
    assert text.swap_layout("ghbdsn") == "привіт"
    assert text.swap_layout("Rbїd") != "Київ"
    assert text.swap_layout("Rb]d") == "Київ"
    assert text.swap_layout("руддщ") == "hello"


@given(st.text(alphabet=UKRAINIAN.replace("ґ", ""), min_size=1))
def test_switching_the_layout_twice_changes_nothing(word):
    assert text.swap_layout(text.swap_layout(word)) == word


@pytest.mark.parametrize(
    ("typed", "meant", "reason"),
    [
        ("Київ", "київ", "typed"),
        ("lysghj", "дніпро", "layout"),
        ("Dnipro", "дніпро", "latin"),
        ("Киев", "київ", "russian"),
        ("Ровенская", "ровенська", "russian"),
        ("Кривой Рог", "кривий рог", "russian"),
    ],
)
def test_a_reading_says_why_it_was_tried(typed, meant, reason):
    assert text.Variant(meant, reason) in text.variants(typed)


def test_what_was_typed_is_tried_first():
    assert text.variants("Khmelnytskyi")[0] == text.Variant("khmelnytskyi", "typed")


@pytest.mark.parametrize(
    ("russian", "ukrainian", "stranger"),
    [
        ("Днепр", "Дніпро", "Деражня"),
        ("Харьков", "Харків", "Херсон"),
        ("Николаев", "Миколаїв", "Нікополь"),
        ("Кривой Рог", "Кривий Ріг", "Кривчиці"),
        ("Запорожье", "Запоріжжя", "Запруддя"),
        ("Елена", "Олена", "Ольга"),
    ],
)
def test_russian_spelling_is_nearer_to_its_ukrainian_name_than_a_stranger_is(russian, ukrainian, stranger):
    assert set(text.grams(russian)) & set(text.grams(ukrainian))
    assert text.similarity(russian, ukrainian) > text.similarity(russian, stranger)
