"""A small report that holds one of everything: zero, unknown, hidden, a break, a remark, a name that is a formula."""

from datetime import UTC, date, datetime

from varta.results.pack import Chapter, Figure, Head, Line, Pack, Remark, Table

MADE = datetime(2019, 10, 25, 9, 30, tzinfo=UTC)
COUNT = Head(
    "C01",
    {"uk": "Зареєстровано викликів", "en": "Calls registered"},
    {"uk": "викликів", "en": "calls"},
    {"uk": "Кількість повідомлень за період.", "en": "Reports in the period."},
    "neither",
    0,
    percent=False,
    additive=True,
    breaks=({"uk": "З 01.06.2019 облік ведуть інакше.", "en": "Kept otherwise since 01.06.2019."},),
)
FEW = Head(
    "C04",
    {"uk": "Протоколи за неправдивий виклик", "en": "False-call protocols"},
    {"uk": "протоколів", "en": "protocols"},
    {"uk": "Складено протоколів.", "en": "Protocols drawn up."},
    "neither",
    0,
    percent=False,
    additive=True,
)
SHARE = Head(
    "C05",
    {"uk": "Прибуття у норматив", "en": "Arrival within norm"},
    {"uk": "частка", "en": "share"},
    {"uk": "Частка прибуттів у норматив.", "en": "Share of arrivals within the norm."},
    "more",
    1,
    percent=True,
    additive=False,
)
SERVING = Head(
    "G01",
    {"uk": "Поліцейські офіцери громад, що служать", "en": "Hromada officers serving"},
    {"uk": "офіцерів", "en": "officers"},
    {"uk": "Станом на останній день.", "en": "On the last day."},
    "more",
    0,
    percent=False,
    additive=True,
)
DNIPRO, LVIV, KYIV = "UA12000000000090473", "UA46000000000026241", "UA80000000000093317"
UNKNOWN = Figure(None, "unknown")


def counted(now, before, whole, **more):
    change = now - before
    return Figure(
        now,
        "known",
        before=before,
        before_state="known",
        change=change,
        change_share=change / before if before else None,
        share=now / whole if whole else None,
        **more,
    )


def line(code, uk, en, people, **figures):
    return Line(code, {"uk": uk, "en": en}, people, figures)


def calls():
    """Return the chapter of calls: by oblast, one figure of each kind in it."""
    rate = Figure(0.9123, "known", 5201.0, 0.895, "known", 0.0173, 0.0193, 0.904, 0.919, "up", target=0.95)
    lines = (
        line(
            DNIPRO,
            "Дніпропетровська область",
            "Dnipropetrovsk oblast",
            3_200_000,
            C01=counted(12345, 11000, 13_579, rank=1, notable="up"),
            C04=Figure(None, "hidden", before=12.0, before_state="known"),
            C05=rate,
        ),
        line(
            KYIV,
            "=HYPERLINK(1)",
            "=HYPERLINK(1)",
            None,
            C01=counted(0, 0, 13_579),
            C04=counted(7, 9, 18),
            C05=UNKNOWN,
        ),
        line(
            LVIV,
            "Львівська область",
            "Lviv oblast",
            2_500_000,
            C01=counted(1234, 1300, 13_579, rank=2),
            C04=counted(9, 8, 18),
            C05=Figure(0.5, "known", 2.0, None, "unknown"),
        ),
    )
    total = line(
        "*",
        "Усього",
        "Total",
        None,
        C01=counted(13_579, 12_300, 13_579),
        C04=counted(18, 29, 18),
        C05=rate,
    )
    told = Remark(
        "C01",
        DNIPRO,
        {"uk": "ГУНП у Дніпропетровській області", "en": "Main Directorate in Dnipropetrovsk oblast"},
        {"uk": "Зʼявився новий канал.\x0b Об'єднано ґанок.", "en": "A new channel."},
        MADE,
    )
    return Chapter(
        "calls",
        {"uk": "Виклики та реагування", "en": "Calls and response"},
        (Table("oblast", (COUNT, FEW, SHARE), lines, total),),
        (told,),
    )


def programme():
    """Return the chapter of the programme by oblast: 33 serve, all in one of three."""
    numbers = {DNIPRO: 33, LVIV: 0, KYIV: 0}
    names = {
        DNIPRO: ("Дніпропетровська область", "Dnipropetrovsk oblast"),
        LVIV: ("Львівська область", "Lviv oblast"),
        KYIV: ("місто Київ", "Kyiv city"),
    }
    lines = tuple(
        line(code, *names[code], None, G01=counted(number, 0, 33)) for code, number in numbers.items()
    )
    total = line("*", "Усього", "Total", None, G01=counted(33, 0, 33))
    title = {"uk": "Поліцейський офіцер громади", "en": "Hromada police officers"}
    return Chapter("programme", title, (Table("oblast", (SERVING,), lines, total),))


def small(**other):
    """Return the report of nine months of 2019."""
    given = {
        "name": "nine-months-2019",
        "title": {"uk": "Звіт за дев’ять місяців 2019 року", "en": "Report for nine months of 2019"},
        "edition": 1,
        "first": date(2019, 1, 1),
        "last": date(2019, 9, 30),
        "before_first": date(2018, 1, 1),
        "before_last": date(2018, 9, 30),
        "place": None,
        "unit": None,
        "chapters": (calls(), programme()),
        "made_at": MADE,
        "counted_at": "2019-10-25T09:00:00+00:00",
        "watermark": 4242,
        "version": "0.1.0",
        "law": "ab" * 32,
        "files": {"call.receive/2019-01.parquet": "cd" * 32},
    }
    return Pack(**given | other)
