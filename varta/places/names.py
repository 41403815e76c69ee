"""How places are called in full: the word of the category beside the name, in both languages."""

from varta.places.oblasts import OBLASTS

WORDS = {
    "O": ("{} область", "{} oblast"),  # these two come from the table of oblasts
    "K": ("м. {}", "{} city"),
    "P": ("{} район", "{} raion"),
    "H": ("{} громада", "{} hromada"),
    "M": ("м. {}", "{} city"),
    "T": ("смт {}", "{} town"),
    "X": ("с-ще {}", "{} settlement"),
    "C": ("с. {}", "{} village"),
    "B": ("{} район міста", "{} city district"),
}


def titles(*, code: str, category: str, name: str, name_en: str) -> dict[str, str]:
    """Return the full name in both languages; other countries' places keep their bare names."""
    if category not in WORDS or not code.startswith("UA"):
        return {"uk": name, "en": name_en}
    if category in "OK":
        oblast = OBLASTS[code[2:4]]
        return {"uk": oblast.title, "en": oblast.title_en}
    uk, en = WORDS[category]
    return {"uk": uk.format(name), "en": en.format(name_en)}
