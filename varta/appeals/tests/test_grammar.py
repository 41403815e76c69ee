"""Names in letters: the right case for the right sex, what is guessed is said, what was corrected is kept."""

import pytest

from varta.appeals.grammar import Form, Name, full_name, greeting, in_case, initials, key_of, learned


@pytest.mark.parametrize(
    ("surname", "genitive"),
    [("Клименко", "Клименка"), ("Павлюк", "Павлюка"), ("Шевчук", "Шевчука"), ("Кравець", "Кравця")],
)
def test_a_mans_surname_is_declined_though_its_first_reading_is_a_womans(surname, genitive):
    assert in_case("surname", surname, sex="m", case="gent") == Form(genitive, True)
    assert in_case("surname", surname, sex="f", case="gent") == Form(surname, True)


@pytest.mark.parametrize(
    ("name", "dative"),
    [
        (Name("Шевчук", "Іван", "Петрович"), "Шевчуку Івану Петровичу"),
        (Name("Шевчук", "Оксана", "Петрівна"), "Шевчук Оксані Петрівні"),
        (Name("Кобилянська", "Ольга", "Юріївна"), "Кобилянській Ользі Юріївні"),
        (Name("Клименко", "Ілля", sex="m"), "Клименку Іллі"),
        (Name("В’юнник", "В’ячеслав", "Сергійович"), "В’юннику В’ячеславу Сергійовичу"),
        (Name("Ґудзик", "Володимир", "Богданович"), "Ґудзику Володимиру Богдановичу"),
        (Name("Сковорода", "Дарʼя", sex="f"), "Сковороді Дарʼї"),
        (Name("ШЕВЧУК", "ІВАН", sex="m"), "ШЕВЧУКУ ІВАНУ"),
        (Name("Зелений", "Лев", sex="m"), "Зеленому Леву"),
        (Name("Вигаданенко", "Ганна", sex="f"), "Вигаданенко Ганні"),
    ],
)
def test_a_whole_name_stands_in_the_dative(name, dative):
    assert full_name(name, "datv").text == dative


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (Name("Шевчук", "Іван", "Петрович"), "Шановний пане Іване!"),
        (Name("Шевчук", "Наталія", sex="f"), "Шановна пані Наталіє!"),
        (Name("Шевчук", "Микола", sex="m"), "Шановний пане Миколо!"),
        (Name("Шевчук", "Ігор", sex="m"), "Шановний пане Ігорю!"),
        (Name("Шевчук", sex="m"), "Шановний пане Шевчук!"),
        (Name("Шевчук", "Женя"), "Доброго дня!"),
        (Name(), "Доброго дня!"),
    ],
)
def test_a_letter_greets_by_the_sex_that_is_known_and_neutrally_where_it_is_not(name, said):
    assert greeting(name).text == said


def test_the_patronymic_tells_the_sex_and_the_given_name_does_not():
    assert Name("Клименко", "Женя", "Ілліч").declined_as == "m"
    assert Name("Клименко", "Женя", "Ігорівна").declined_as == "f"
    assert Name("Клименко", "Іван").declined_as == ""
    assert Name("Клименко", "Саша", "Ігорівна", sex="m").declined_as == "m"


def test_without_the_sex_a_name_stays_as_it_is_and_is_not_sure():
    assert full_name(Name("Клименко", "Женя"), "datv") == Form("Клименко Женя", False)


def test_what_the_rules_guess_is_not_sure():
    assert full_name(Name("Ґудзик", "Іван", sex="m"), "datv") == Form("Ґудзику Івану", False)
    assert full_name(Name("Мороз", "Іван", "Богданович"), "datv").sure
    assert full_name(Name("Вигаданенко", "Іван", sex="m"), "datv").sure
    assert full_name(Name("В’юнник", "Ганна", sex="f"), "datv").sure


def test_a_corrected_form_comes_before_the_dictionary_and_teaches_only_what_changed():
    name = Name("Швець", "Іван", sex="m")

    kept = learned(name, "datv", full_name(name, "datv").text, "Шевцю Івану")

    assert kept == {key_of("surname", "Швець", sex="m", case="datv"): "шевцю"}
    assert full_name(name, "datv", remembered=kept) == Form("Шевцю Івану", True)
    assert full_name(Name("ШВЕЦЬ", "Олег", sex="m"), "datv", remembered=kept).text == "ШЕВЦЮ Олегу"


@pytest.mark.parametrize("written", ["Швецю", "Пану Швецю Івану", "", "Швецю Івану"])
def test_another_text_teaches_nothing(written):
    assert learned(Name("Швець", "Іван", sex="m"), "datv", "Швецю Івану", written) == {}


def test_initials_stand_before_a_surname():
    assert initials(Name("Шевчук", "Іван", "Петрович")) == "І. П."
    assert initials(Name("Шевчук")) == ""
