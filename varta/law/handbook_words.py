"""The handbook's own words in both languages."""

WORDS = {
    "title": {"uk": "Довідник процедур", "en": "Handbook of procedures"},
    "intro": {
        "uk": "Надруковано командою `varta handbook` з коду процедур і тестів; руками не правити.",
        "en": "Printed by `varta handbook` from the code of the procedures and from tests; not edited by hand.",
    },
    "marks": {
        "uk": "✓ — значення звірено з джерелом названого дня, але ще не юристом, якщо не сказано інше; "
        "⚠ — значення не підтверджено: до роботи з ним його має перевірити юрист.",
        "en": "✓: the value was compared with its source on that day, though not by a lawyer unless it says so; "
        "⚠: nobody has confirmed the value, and a lawyer must before it is relied on.",
    },
    "sensitivity": {"uk": "Чутливість", "en": "Sensitivity"},
    "ordinary": {"uk": "звичайна", "en": "ordinary"},
    "personal": {"uk": "особисті відомості", "en": "personal matters"},
    "violence": {"uk": "домашнє насильство", "en": "domestic violence"},
    "restricted": {"uk": "лише названі посади", "en": "named roles alone"},
    "norms": {"uk": "Нормативи для довідки", "en": "Norms for reference"},
    "law": {"uk": "Підстава", "en": "Law"},
    "by": {"uk": "Хто виконує", "en": "Taken by"},
    "after": {"uk": "Після", "en": "After"},
    "opens": {"uk": "Відкриває справу", "en": "Opens a case"},
    "closes": {"uk": "Завершує справу", "en": "Ends the case"},
    "after_closing": {
        "uk": "Можливий і після завершення справи",
        "en": "May be taken when the case has ended",
    },
    "again": {"uk": "Можна виконувати кілька разів", "en": "May be taken more than once"},
    "rule": {"uk": "Правило", "en": "Rule"},
    "within": {"uk": "Строк", "en": "Due within"},
    "since": {"uk": "від кроку", "en": "counted from"},
    "when": {"uk": "Строк біжить, якщо", "en": "The term runs where"},
    "unless": {"uk": "Строк не біжить, якщо", "en": "The term does not run where"},
    "at_most": {"uk": "Обраний день — не пізніше", "en": "The chosen day is at most"},
    "repeats": {"uk": "Повторюють щонайменше раз на", "en": "Repeated at least every"},
    "extends": {"uk": "Обраний день продовжує строк кроку", "en": "The chosen day extends the term of"},
    "shortens": {"uk": "Обраний день скорочує строк кроку", "en": "The chosen day shortens the term of"},
    "otherwise": {"uk": "в інших випадках", "en": "otherwise"},
    "or": {"uk": " або ", "en": " or "},
    "from": {"uk": "з", "en": "from"},
    "to": {"uk": "до", "en": "to"},
    "unverified": {"uk": "не підтверджено,", "en": "not confirmed,"},
    "day_unverified": {"uk": "день не підтверджено", "en": "the day is not confirmed"},
    "source": {"uk": "джерело", "en": "source"},
    "field": {"uk": "Поле", "en": "Field"},
    "name": {"uk": "Назва в даних", "en": "Name in data"},
    "kind": {"uk": "Вид", "en": "Kind"},
    "notes": {"uk": "Примітки", "en": "Notes"},
    "is_required": {"uk": "обов’язкове", "en": "required"},
    "is_listed": {"uk": "видно в списках", "en": "shown in lists"},
    "is_countable": {"uk": "рахується", "en": "counted"},
    "is_personal": {"uk": "може містити особисті відомості", "en": "may hold personal data"},
    "calendar": {"uk": "Календар вихідних", "en": "Calendar of days off"},
    "calendar_says": {
        "uk": "Дні, крім субот і неділь. З 2023 року показано, що було б вихідним без воєнного стану.",
        "en": "Days beside Saturdays and Sundays. From 2023: what would be off without martial law.",
    },
    "suspended": {
        "uk": "Воєнний стан зупинив дію святкових днів (Закон № 2136-IX, ст. 6) з",
        "en": "Martial law suspends holidays (law 2136-IX, art. 6) from",
    },
    "no_last_day": {"uk": "останнього дня ще немає", "en": "there is no last day yet"},
    "year": {"uk": "Рік", "en": "Year"},
    "off": {"uk": "Вихідні", "en": "Days off"},
    "worked": {"uk": "Відпрацьовані вихідні", "en": "Worked weekend days"},
    "decree": {"uk": "Розпорядження уряду", "en": "Decree of the government"},
    "facts": {"uk": "Перевірені факти", "en": "Facts proved by tests"},
    "facts_say": {
        "uk": "Кожне твердження перевіряє тест із вказаною назвою в `tests/spec/`.",
        "en": "Each statement is checked by the test of that name in `tests/spec/`.",
    },
    "to_confirm": {"uk": "Що має підтвердити юрист", "en": "What a lawyer must confirm"},
    "to_confirm_says": {
        "uk": "Значення, яких ще ніхто не звірив із текстом акта. Перші дні дії строків теж не підтверджено, "
        "де це сказано.",
        "en": "Values that nobody has compared with the text of the act. First days of terms are not confirmed "
        "either, where it says so.",
    },
    "sources": {"uk": "Джерела", "en": "Sources"},
}

UNITS = {
    "seconds": {"uk": ("с", "с"), "en": ("second", "seconds")},
    "minutes": {"uk": ("хв", "хв"), "en": ("minute", "minutes")},
    "hours": {"uk": ("год", "год"), "en": ("hour", "hours")},
    "days": {"uk": ("день", "дн."), "en": ("day", "days")},
    "working_days": {"uk": ("робочий день", "роб. дн."), "en": ("working day", "working days")},
    "months": {"uk": ("місяць", "міс."), "en": ("month", "months")},
}

KINDS = {
    "text": {"uk": "текст", "en": "text"},
    "integer": {"uk": "ціле число", "en": "whole number"},
    "number": {"uk": "число", "en": "number"},
    "yes_no": {"uk": "так чи ні", "en": "yes or no"},
    "day": {"uk": "дата", "en": "day"},
    "moment": {"uk": "дата і час", "en": "day and time"},
    "choice": {"uk": "одне зі списку", "en": "one of a list"},
    "choices": {"uk": "кілька зі списку", "en": "several of a list"},
}
