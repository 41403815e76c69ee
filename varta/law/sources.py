"""Where a rule stands, who compared it with its source, and what those sources are."""

from dataclasses import dataclass
from datetime import date

SOURCES = {
    "focus-2021": "explanation of the police about categories and arrival, focus.ua 498258, 2021",
    "vikka-2020": "explanation of Cherkasy main directorate about operator 102, vikka.ua, 2020",
    "ndar-5": "law 393/96-ВР, articles 5 and 8, as told at ndar.loga.gov.ua",
    "propodatki-7": "law 393/96-ВР, article 7, text at propodatki.com.ua",
    "urst-20": "law 393/96-ВР, article 20, texts at urst.com.ua (st-20) and 7aac.gov.ua",
    "kodeksy-88": "law 580-VIII, article 88, text at kodeksy.com.ua",
    "bilopillia-2136": "law 2136-IX, article 6, in force from 24.03.2022, told at bilopillia.city 206009",
    "patrul-650": "order of the Ministry of Internal Affairs No. 650 of 28.07.2017, text at patrul.in.ua",
    "holidays-0.109": "the open package holidays 0.109, which cites the decrees on days off year by year",
}

ACTS = {
    "393/96-ВР": {
        "uk": "Закон України «Про звернення громадян» від 02.10.1996 № 393/96-ВР",
        "en": "Law of Ukraine on Citizens' Appeals, No. 393/96-ВР of 02.10.1996",
    },
    "348/97": {
        "uk": "постанова Кабінету Міністрів України від 14.04.1997 № 348 про діловодство за зверненнями громадян",
        "en": "resolution of the Cabinet of Ministers No. 348 of 14.04.1997 on records of citizens' appeals",
    },
    "55/2018": {
        "uk": "постанова Кабінету Міністрів України від 17.01.2018 № 55 про документування управлінської діяльності",
        "en": "resolution of the Cabinet of Ministers No. 55 of 17.01.2018 on documents of administration",
    },
    "4651-VI": {
        "uk": "Кримінальний процесуальний кодекс України від 13.04.2012 № 4651-VI",
        "en": "Criminal Procedure Code of Ukraine, No. 4651-VI of 13.04.2012",
    },
    "8073-X": {
        "uk": "Кодекс України про адміністративні правопорушення від 07.12.1984 № 8073-X",
        "en": "Code of Ukraine on Administrative Offences, No. 8073-X of 07.12.1984",
    },
    "940/2012": {
        "uk": "наказ МВС України від 22.10.2012 № 940 (втратив чинність)",
        "en": "order of the Ministry of Internal Affairs No. 940 of 22.10.2012 (no longer in force)",
    },
    "111/2018": {
        "uk": "наказ МВС України від 16.02.2018 № 111 (втратив чинність)",
        "en": "order of the Ministry of Internal Affairs No. 111 of 16.02.2018 (no longer in force)",
    },
    "100/2019": {
        "uk": "наказ МВС України від 08.02.2019 № 100 про єдиний облік",
        "en": "order of the Ministry of Internal Affairs No. 100 of 08.02.2019 on the unified record",
    },
    "357/2020": {
        "uk": "наказ МВС України від 27.04.2020 № 357 про реагування на заяви і повідомлення",
        "en": "order of the Ministry of Internal Affairs No. 357 of 27.04.2020 on response to reports",
    },
    "580-VIII": {
        "uk": "Закон України «Про Національну поліцію» від 02.07.2015 № 580-VIII",
        "en": "Law of Ukraine on the National Police, No. 580-VIII of 02.07.2015",
    },
    "650/2017": {
        "uk": "наказ МВС України від 28.07.2017 № 650 про дільничних офіцерів і поліцейських офіцерів громад",
        "en": "order of the Ministry of Internal Affairs No. 650 of 28.07.2017 on beat and hromada police officers",
    },
    "2229-VIII": {
        "uk": "Закон України «Про запобігання та протидію домашньому насильству» від 07.12.2017 № 2229-VIII",
        "en": "Law of Ukraine on Preventing and Combating Domestic Violence, No. 2229-VIII of 07.12.2017",
    },
    "658/2018": {
        "uk": "постанова Кабінету Міністрів України від 22.08.2018 № 658 про взаємодію щодо домашнього насильства",
        "en": "resolution of the Cabinet of Ministers No. 658 of 22.08.2018 on interaction on domestic violence",
    },
    "575/2017": {
        "uk": "наказ МВС України від 07.07.2017 № 575 про взаємодію органів досудового розслідування",
        "en": "order of the Ministry of Internal Affairs No. 575 of 07.07.2017 on interaction with investigation",
    },
}


@dataclass(frozen=True, slots=True)
class Law:
    """An act and its article, with the address where its text can be read.

    `act` is a key of ACTS, where its name stands in both languages. `article`: "20" for an article,
    "VII.4" for a point, "*" where only the act as a whole could be named.
    `first_day`: before it a step under this article is refused; None where the duty is
    older than any act that Varta names.
    """

    act: str
    article: str
    url: str
    first_day: date | str | None = None

    def __post_init__(self) -> None:
        if isinstance(self.first_day, str):
            object.__setattr__(self, "first_day", date.fromisoformat(self.first_day))

    @property
    def starts_on(self) -> date | None:
        """Return the first day of the article, if it is named."""
        return self.first_day if isinstance(self.first_day, date) else None

    def cited(self, language: str) -> str:
        """Return the act and the article in words, in "uk" or "en"."""
        act = ACTS.get(self.act, {}).get(language, self.act)
        if self.article == "*":
            return act
        if self.article[:1].isdigit():
            return f"{act}, {'ст.' if language == 'uk' else 'art.'} {self.article}"
        return f"{act}, {'п.' if language == 'uk' else 'point'} {self.article}"

    def as_json(self) -> dict[str, object]:
        """Return the plain form: act, article, both in words, address, first day as text."""
        day = self.starts_on
        return {
            "act": self.act,
            "article": self.article,
            "cited": {language: self.cited(language) for language in ("uk", "en")},
            "url": self.url,
            "first_day": day.isoformat() if day else None,
        }


@dataclass(frozen=True, slots=True)
class Check:
    """Who compared a value with its source, on what day, and with which source (a key of SOURCES)."""

    by: str
    on: date | str
    source: str

    def __post_init__(self) -> None:
        if isinstance(self.on, str):
            object.__setattr__(self, "on", date.fromisoformat(self.on))
        if self.source not in SOURCES:
            raise ValueError(f"The source {self.source!r} is not in SOURCES: add it to varta/law/sources.py.")

    def as_json(self) -> dict[str, str]:
        """Return the plain form: by, on, source in words."""
        return {"by": self.by, "on": str(self.on), "source": SOURCES[self.source]}
