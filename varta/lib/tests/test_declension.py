"""Ukrainian words beside numbers and prepositions, as an editor would put them."""

import pytest

from varta.lib.text.declension import in_case, oblique, plural, preposition

OFFICERS = {"one": "поліцейський офіцер", "few": "поліцейські офіцери", "many": "поліцейських офіцерів"}
OBLASTS = {  # nominative: genitive, locative
    "Автономна Республіка Крим": ("Автономної Республіки Крим", "Автономній Республіці Крим"),
    "Вінницька область": ("Вінницької області", "Вінницькій області"),
    "Дніпропетровська область": ("Дніпропетровської області", "Дніпропетровській області"),
    "Запорізька область": ("Запорізької області", "Запорізькій області"),
    "Івано-Франківська область": ("Івано-Франківської області", "Івано-Франківській області"),
    "Черкаська область": ("Черкаської області", "Черкаській області"),
    "м. Київ": ("м. Києва", "м. Києві"),
    "м. Севастополь": ("м. Севастополя", "м. Севастополі"),
}
UNIVERSITIES = {
    "Дніпропетровський державний університет внутрішніх справ":
        "Дніпропетровському державному університеті внутрішніх справ",
    "Львівський державний університет внутрішніх справ":
        "Львівському державному університеті внутрішніх справ",
    "Національна академія внутрішніх справ": "Національній академії внутрішніх справ",
    "Харківський національний університет внутрішніх справ":
        "Харківському національному університеті внутрішніх справ",
}  # fmt: skip
HROMADAS = {
    "Обухівська громада": "Обухівській громаді",
    "Нив’янська громада": "Нив’янській громаді",
    "Слов'янська громада": "Слов'янській громаді",
    "Білоцерківська громада": "Білоцерківській громаді",
    "Асканія-Нова громада": "Асканія-Нова громаді",
}


@pytest.mark.parametrize(
    ("number", "form"),
    [(1, "one"), (2, "few"), (4, "few"), (5, "many"), (11, "many"), (12, "many"), (21, "one"), (33, "few"),
     (48, "many"), (111, "many"), (173, "few"), (0, "many")],
)  # fmt: skip
def test_the_form_beside_a_number_is_cldrs(number, form):
    assert plural(number, "uk", **OFFICERS) == OFFICERS[form]


def test_english_has_two_forms():
    assert [plural(number, "en", one="officer", other="officers") for number in (0, 1, 2, 21)] == [
        "officers",
        "officer",
        "officers",
        "officers",
    ]


@pytest.mark.parametrize(
    ("number", "form"), [(1, "області"), (7, "областях"), (11, "областях"), (21, "області")]
)
def test_in_other_cases_a_number_ending_in_one_takes_the_singular(number, form):
    assert oblique(number, one="області", more="областях") == form


@pytest.mark.parametrize("name", OBLASTS)
def test_oblasts_in_the_genitive_and_the_locative(name):
    assert (in_case(name, "gent"), in_case(name, "loct")) == OBLASTS[name]


@pytest.mark.parametrize("name", UNIVERSITIES)
def test_universities_in_the_locative_keep_what_depends_on_the_noun(name):
    assert in_case(name, "loct") == UNIVERSITIES[name]


def test_two_universities_share_their_words_in_the_plural():
    assert in_case("державний університет внутрішніх справ", "loct", many=True) == (
        "державних університетах внутрішніх справ"
    )


@pytest.mark.parametrize("name", HROMADAS)
def test_hromadas_keep_their_apostrophes_and_capitals(name):
    assert in_case(name, "loct") == HROMADAS[name]


def test_a_name_that_the_dictionary_does_not_know_stands_as_it_is():
    assert in_case("Хххщщ", "loct") == "Хххщщ"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "7", "у"),  # семи
        ("", "1", "в"),  # одній
        ("", "8", "у"),  # восьми
        ("", "11", "в"),  # одинадцяти
        ("", "21", "у"),  # двадцяти одній
        ("", "Одеській", "в"),
        ("", "Дніпропетровській", "у"),
        ("навчання", "Дніпропетровському", "в"),
        ("навчання", "Львівському", "у"),
        ("офіцерів", "Київській", "у"),
    ],
)
def test_u_or_v_as_it_is_easier_to_say(before, after, expected):
    assert preposition(before, after) == expected
