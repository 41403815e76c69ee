"""Breaks: days from which a figure is not counted as before, so that no change over them is taken for one of work.

They follow from the procedures, whose terms and articles carry the days they are in force, and from what an
indicator itself declares.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, timedelta

from varta.figures.indicator import Break, Indicator, KeptInTerm, Measure, Move, Text
from varta.figures.periods import Period
from varta.law import Law, Procedure, Step, Term, TermsBy, discover


def breaks(indicator: Indicator, period: Period) -> tuple[Break, ...]:
    """Return the breaks between the first day of the year before and the period's last day, the earliest first."""
    first = period.year_before().first
    return tuple(one for one in every(indicator) if first < one.day <= period.last)


def every(indicator: Indicator) -> tuple[Break, ...]:
    """Return all breaks of an indicator that are known, the earliest first."""
    found = {(one.day, one.text["en"]): one for one in (*indicator.breaks, *_of_law(indicator.measure))}
    return tuple(found[key] for key in sorted(found))


def notes(indicator: Indicator, period: Period) -> tuple[Text, ...]:
    """Return the breaks in words for the head of a column, with the day in front."""
    return tuple(
        {language: f"{one.day:%d.%m.%Y}: {one.text[language]}" for language in ("uk", "en")}
        for one in breaks(indicator, period)
    )


def _of_law(measure: Measure) -> Iterator[Break]:
    timed = set(_timed(measure))
    for nth, (procedure, step) in enumerate(_steps(measure)):
        days = _days(step) if f"{procedure.code}.{step.code}" in timed else {}
        start = step.law.starts_on
        if nth == 0 and start is not None and start not in days:  # what follows it cannot be older
            yield Break(start, _begins(step))
        for day, law in sorted(days.items(), key=lambda one: one[0]):
            yield Break(day, _term_begins(step, law) if day == min(days) else _term_changes(step, law))


def _steps(measure: Measure) -> Iterator[tuple[Procedure, Step]]:
    """Yield the steps that a measure counts, each once."""
    laws = discover()
    for name in dict.fromkeys(names(measure)):
        code, _, step = name.partition(".")
        yield laws[code], laws[code].step(step)


def names(measure: object) -> Iterator[str]:
    """Yield the steps that a measure names, as "call.receive", in the order in which it names them."""
    for one in fields(measure) if is_dataclass(measure) else ():
        held = getattr(measure, one.name)
        for value in held if isinstance(held, tuple) else (held,):
            if isinstance(value, str) and value.partition(".")[0] in discover():  # conditions begin with "f."
                yield value
            elif isinstance(value, Measure | Move):
                yield from names(value)


def _timed(measure: Measure) -> Iterator[str]:
    """Yield the steps on whose terms a figure depends: kept in term, or compared with the moment of being late."""
    if isinstance(measure, KeptInTerm):
        yield measure.step
    elif "late_from" in repr(measure):
        yield from names(measure)


def _terms(step: Step) -> Iterator[Term]:
    if isinstance(step.within, TermsBy):
        yield from (term for row in step.within.rows.values() for term in row)
        yield from step.within.otherwise
    else:
        yield from step.within


def _days(step: Step) -> dict[date, Law]:
    """Return the days from which a term holds or holds no more, each with the article that says so."""
    found: dict[date, Law] = {}
    for term in _terms(step):
        if term.last_day:
            found.setdefault(term.last_day + timedelta(days=1), term.law or step.law)
    return found | {term.first_day: term.law or step.law for term in _terms(step)}


def _begins(step: Step) -> Text:
    return {
        "uk": f"почала діяти норма, за якою роблять крок «{step.title['uk']}» ({step.law.cited('uk')}); "
        "раніше його не фіксували.",
        "en": f"the rule of the step “{step.title['en']}” came into force ({step.law.cited('en')}); "
        "before it the step was not recorded.",
    }


def _term_changes(step: Step, law: Law) -> Text:
    return {
        "uk": f"змінився строк кроку «{step.title['uk']}» ({law.cited('uk')}): "
        "до цього дня і після нього рахують за різними строками.",
        "en": f"the term of the step “{step.title['en']}” changed ({law.cited('en')}): "
        "before this day and after it the terms differ.",
    }


def _term_begins(step: Step, law: Law) -> Text:
    return {
        "uk": f"почав діяти строк кроку «{step.title['uk']}» ({law.cited('uk')}); до цього дня строку не рахують.",
        "en": f"the term of the step “{step.title['en']}” came into force ({law.cited('en')}); "
        "before this day no term is counted.",
    }
