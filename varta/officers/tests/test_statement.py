"""The statement in both languages, from counts alone."""

from datetime import date

from varta.officers.statement import Figure, Held, State, text, write

DAY = date(2019, 10, 31)
NAMES = {
    "D": {"uk": "Дніпропетровська область", "en": "Dnipropetrovsk oblast"},
    "K": {"uk": "Кіровоградська область", "en": "Kirovohrad oblast"},
    "O": {"uk": "Одеська область", "en": "Odesa oblast"},
    "dduvs": {
        "uk": "Дніпропетровський державний університет внутрішніх справ",
        "en": "Dnipropetrovsk State University of Internal Affairs",
    },
    "lvduvs": {
        "uk": "Львівський державний університет внутрішніх справ",
        "en": "Lviv State University of Internal Affairs",
    },
    "navs": {"uk": "Національна академія внутрішніх справ", "en": "National Academy of Internal Affairs"},
}


def state(*held, day=DAY):
    return State(day, tuple(Held(*one) for one in held), NAMES)


def told(*held, language, day=DAY):
    return text(write(state(*held, day=day), language))


STORY = (
    ("serving", "D", "h1", "", 20),
    ("serving", "D", "h2", "", 13),
    ("internship", "D", "h1", "", 48),
    ("training", "D", "h1", "dduvs", 101),
    ("training", "K", "h3", "lvduvs", 72),
)


def test_the_story_in_ukrainian():
    assert told(*STORY, language="uk") == (
        "Станом на 31 жовтня 2019 року програма «Поліцейський офіцер громади» діє в 2 регіонах України. "
        "У громадах Дніпропетровської області служать 33 поліцейські офіцери, ще 48 осіб проходять стажування. "
        "173 особи проходять спеціальне навчання в Дніпропетровському та Львівському державних університетах "
        "внутрішніх справ (відповідно 101 та 72)."
    )


def test_the_story_in_english():
    assert told(*STORY, language="en") == (
        "As of 31 October 2019 the Hromada Police Officer programme works in 2 regions of Ukraine. "
        "In the hromadas of Dnipropetrovsk oblast 33 officers are serving and 48 people are on internship. "
        "173 people are in special training at the Dnipropetrovsk and the Lviv State University of Internal "
        "Affairs (101 and 72)."
    )


def test_one_of_each_in_the_singular():
    one = (
        ("serving", "D", "h1", "", 1),
        ("internship", "D", "h1", "", 1),
        ("training", "D", "h1", "navs", 1),
    )

    assert told(*one, language="uk") == (
        "Станом на 31 жовтня 2019 року програма «Поліцейський офіцер громади» діє в 1 регіоні України. "
        "У громадах Дніпропетровської області служить 1 поліцейський офіцер, ще 1 особа проходить стажування. "
        "1 особа проходить спеціальне навчання в Національній академії внутрішніх справ."
    )
    assert "1 officer is serving and 1 person is on internship" in told(*one, language="en")


def test_several_oblasts_are_listed_the_largest_first():
    found = told(("serving", "O", "h2", "", 21), ("serving", "D", "h1", "", 331), language="uk")

    assert (
        "352 поліцейські офіцери служать у 2 громадах: у Дніпропетровській області – 331, "
        "в Одеській області – 21." in found
    )


def test_universities_whose_names_differ_are_named_in_full():
    found = told(
        ("training", "D", "h1", "dduvs", 5), ("training", "D", "h1", "navs", 2), language="uk"
    )  # fmt: skip

    assert (
        "7 осіб проходять спеціальне навчання: у Дніпропетровському державному університеті внутрішніх справ – 5, "
        "у Національній академії внутрішніх справ – 2." in found
    )


def test_before_the_programme_nobody_is_in_it():
    assert told(language="en", day=date(2011, 3, 1)) == (
        "As of 1 March 2011 nobody is in the Hromada Police Officer programme."
    )


def test_a_region_where_people_have_only_applied_counts_too():
    found = write(state(*STORY, ("candidate", "O", "h9", "", 4)), "en")

    assert Figure(3, {}, "oblast") in found[0]
    assert text(found).endswith("4 candidates are being selected.")


def test_both_languages_tell_the_same_figures():
    held = (
        *STORY,
        ("serving", "O", "h9", "", 1),
        ("leave", "D", "h1", "", 2),
        ("candidate", "K", "h3", "", 7),
    )

    figures = {
        language: [
            part
            for sentence in write(state(*held), language)
            for part in sentence
            if isinstance(part, Figure)
        ]
        for language in ("uk", "en")
    }

    assert figures["uk"] == figures["en"]


def test_each_figure_is_what_its_rows_add_up_to():
    found = state(*STORY, ("serving", "O", "h9", "", 1))

    for sentence in write(found, "uk"):
        for part in sentence:
            if isinstance(part, Figure) and not part.distinct:
                assert part.number == found.number(**part.asks)
