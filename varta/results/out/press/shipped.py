"""Templates that come with the demonstration: the statement of nine months, and that of the officers' programme."""

from dataclasses import dataclass

from varta.results.pack import Text


@dataclass(frozen=True)
class Shipped:
    """A template as an editor would write it."""

    code: str
    title: Text
    uk: str
    en: str


NINE_MONTHS = Shipped(
    "nine-months",
    {"uk": "Заява за підсумками періоду", "en": "Statement on the results of a period"},
    """# Поліція підсумувала превентивну роботу: {{ period }}

Протягом {{ period_of }} до поліції надійшло {{ C01.country.now | plural "виклик і повідомлення" "виклики і повідомлення" "викликів і повідомлень" }}. Їх кількість {{ C01.country.change_share | moved "зросла на" "зменшилася на" "не змінилася" }} проти {{ before_of }}. [[Найбільше їх надійшло {{ C01.first.name | where }}: {{ C01.first.now }}.]]

[[Половина нарядів прибувала не пізніше ніж за {{ C06.country.now | plural "хвилину" "хвилини" "хвилин" "хвилини" }} після виклику.]] [[У межах нормативу прибули у {{ C05.country.now }} випадків.]] [[На місці підтвердилися {{ C03.country.now }} перевірених повідомлень.]]

[[Поліція отримала {{ C09.country.now | plural "звернення" "звернення" "звернень" }} громадян, у строк розглянуто {{ C10.country.now }}.]]

[[Станом на {{ day }} у програмі «Поліцейський офіцер громади» {{ G01.country.now | word "служить" "служать" "служать" }} {{ G01.country.now | plural "офіцер" "офіцери" "офіцерів" }}, {{ G02-TRAINING.country.now | plural "особа проходить" "особи проходять" "осіб проходять" }} спеціальне навчання у Дніпропетровському та Львівському державних університетах внутрішніх справ.]]

Кожне число цієї заяви взято із зафіксованого звіту: його можна відкрити до записів, з яких воно пораховане, і перерахувати через роки.""",
    """# Police sum up preventive work: {{ period }}

In this period {{ C01.country.now | plural "call and report was" "calls and reports were" }} registered. Their number {{ C01.country.change_share | moved "rose by" "fell by" "did not change" }} against {{ before }}.

[[Half of the crews came within {{ C06.country.now | plural "minute" "minutes" }} of the call.]] [[In {{ C05.country.now }} of cases they came within the norm.]]

[[As of {{ day }}, {{ G01.country.now | plural "hromada officer is" "hromada officers are" }} serving, and {{ G02-TRAINING.country.now | plural "person is" "people are" }} in special training.]]

Every figure comes from a frozen report and can be counted again.""",
)

PRESENT = "G01+G02-CANDIDATE+G02-INTERNSHIP+G02-TRAINING"  # who is in the programme
PROGRAMME = Shipped(
    "programme",
    {"uk": "Заява про програму «Поліцейський офіцер громади»",
     "en": "Statement on the Hromada Police Officer programme"},
    f"""# Поліцейський офіцер громади: як триває програма

Станом на {{{{ day }}}} програма «Поліцейський офіцер громади» діє {{{{ {PRESENT}.country.places | within "регіоні" "регіонах" }}}} України. У громадах {{{{ G01.first.name | case "родовий" }}}} {{{{ G01.first.now | word "служить" "служать" "служать" }}}} {{{{ G01.first.now | plural "поліцейський офіцер" "поліцейські офіцери" "поліцейських офіцерів" }}}}. [[Ще {{{{ G02-INTERNSHIP.country.now | plural "особа проходить" "особи проходять" "осіб проходять" }}}} стажування.]]

[[Спеціальне навчання у Дніпропетровському та Львівському державних університетах внутрішніх справ {{{{ G02-TRAINING.country.now | word "проходить" "проходять" "проходять" }}}} {{{{ G02-TRAINING.country.now | plural "особа" "особи" "осіб" }}}}.]] [[Відбір {{{{ G02-CANDIDATE.country.now | word "проходить" "проходять" "проходять" }}}} {{{{ G02-CANDIDATE.country.now | plural "кандидат" "кандидати" "кандидатів" }}}}.]]""",
    f"""# Hromada police officers: how the programme goes on

As of {{{{ day }}}}, the Hromada Police Officer programme works {{{{ {PRESENT}.country.places | within "region" "regions" }}}} of Ukraine. In the hromadas of {{{{ G01.first.name }}}} {{{{ G01.first.now | plural "officer is" "officers are" }}}} serving. [[{{{{ G02-INTERNSHIP.country.now | plural "person is" "people are" }}}} on internship.]]

[[{{{{ G02-TRAINING.country.now | plural "person is" "people are" }}}} in special training at the Dnipropetrovsk and the Lviv State University of Internal Affairs.]]""",
)  # fmt: skip
SHIPPED = (NINE_MONTHS, PROGRAMME)
