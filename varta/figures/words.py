"""How an indicator is counted, for readers: its measure in sentences, and its SQL laid out to be read."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from varta.figures import indicator as kinds
from varta.figures.indicator import Indicator, Move, Stock, Text
from varta.figures.periods import Period
from varta.figures.sql import Compiler, Scan
from varta.law import discover

Said = tuple[str, str]  # Ukrainian, English


def explained(indicator: Indicator) -> Text:
    """Return how the measure counts, in both languages."""
    uk, en = _SAYS[type(indicator.measure)](indicator.measure)
    return {"uk": uk, "en": en}


def step_title(name: str, language: str) -> str:
    """Return "Виклик: Прибути" for "call.arrive"."""
    code, _, step = name.partition(".")
    law = discover()[code]
    return f"{law.title[language]}: {law.step(step).title[language]}"


def _quoted(name: str) -> Said:
    return f"«{step_title(name, 'uk')}»", f"“{step_title(name, 'en')}”"


def _listed(names: tuple[str, ...]) -> Said:
    quoted = [_quoted(name) for name in names]
    return ", ".join(uk for uk, _ in quoted), ", ".join(en for _, en in quoted)


def _where(condition: str) -> Said:
    if condition == "true":
        return "", ""
    return (
        f" Лише записи, що відповідають умові: {condition}.",
        f" Only entries that meet the condition: {condition}.",
    )


def _count(one: kinds.Count) -> Said:
    (uk, en), (more, also) = _quoted(one.step), _where(one.where)
    asks = one.recorded or ""
    known = (
        f" Невідомо там, де жодне джерело не фіксує кроку «{asks}».",
        f" Unknown where no source records the step “{asks}”.",
    )
    return (
        f"Скільки разів за період зроблено крок {uk}.{more}{known[0] if asks else ''}",
        f"How often the step {en} was taken in the period.{also}{known[1] if asks else ''}",
    )


def _share(one: kinds.Share) -> Said:
    (uk, en), (more, also) = _quoted(one.step), _where(one.whole)
    return (
        f"Частка записів кроку {uk} за період, що відповідають умові: {one.part}.{more}",
        f"Share of the entries of the step {en} in the period that meet the condition: {one.part}.{also}",
    )


def _rate(one: kinds.PerPopulation) -> Said:
    uk, en = _count(one.count)
    return (
        f"{uk} Поділено на населення рядка і помножено на {one.per}; невідомо, де населення невідоме.",
        f"{en} Divided by the people of the row, for each {one.per:,}; unknown where they are not known.",
    )


def _quantile(one: kinds.Quantile) -> Said:
    (uk, en), (more, also) = _quoted(one.step), _where(one.where)
    return (
        f"Хвилини від відкриття справи до її першого кроку {uk}: значення, якого не перевищують {one.q * 100:.0f} зі "
        f"100 справ.{more}",
        f"Minutes from the opening of a case to its first step {en}: the value that {one.q * 100:.0f} of 100 cases "
        f"do not exceed.{also}",
    )


def _unanswered(one: kinds.Unanswered) -> Said:
    (uk, en), (steps, also) = _quoted(one.opening), _listed(one.steps)
    return (
        f"Справи, відкриті за період кроком {uk}, у яких до сьогодні немає жодного з кроків: {steps}.",
        f"Cases opened in the period by {en} that to this day have none of the steps: {also}.",
    )


def _kept(one: kinds.KeptInTerm) -> Said:
    (uk, en), (drops, dropped) = _quoted(one.step), _listed(one.dropped_by)
    return (
        f"Серед справ, строк кроку {uk} у яких сплив за період, частка тих, де крок зроблено у строк."
        + (f" Не враховано справи, які до строку закрив крок: {drops}." if drops else ""),
        f"Among cases whose term of the step {en} ran out in the period, the share in which it was taken in term."
        + (f" Left out are cases that one of these had closed before: {dropped}." if dropped else ""),
    )


def _share_with(one: kinds.ShareWith) -> Said:
    (uk, en), (other, also), (more, only) = _quoted(one.step), _quoted(one.other), _where(one.where)
    return (
        f"Частка записів кроку {uk} за період, у справах яких будь-коли є крок {other}.{more}",
        f"Share of the entries of the step {en} in the period whose case has the step {also} at any time.{only}",
    )


def _units_with(one: kinds.UnitsWith) -> Said:
    uk, en = _quoted(one.step)
    return (
        f"Частка підрозділів превенції та кримінального блоку, за якими в останні {one.days} днів періоду є крок {uk}.",
        f"Share of the units of prevention and of the criminal block that have the step {en} in the last {one.days} "
        "days of the period.",
    )


def _promises(one: kinds.PromisesKept) -> Said:
    (uk, en), (kept, also), (more, only) = _quoted(one.step), _quoted(one.kept), _where(one.where)
    return (
        f"Обіцянки кроку {uk}, строк яких припав на період: частка тих, які крок {kept} виконав у строк.{more}",
        f"Promises of the step {en} that fell due in the period: the share that the step {also} kept by its day.{only}",
    )


def _stock(one: Stock) -> Said:
    into = _short(move for move in one.moves if move.state == one.state)
    out = _short(move for move in one.moves if move.state != one.state)
    return (
        "Скільки справ на кінець останнього дня періоду перебуває у стані, до якого ведуть кроки: "
        f"{into[0]}; і з якого не вивів жоден із кроків: {out[0]}. Рахують від дня, який названо в записі.",
        "How many cases are at the end of the period's last day in the state to which these steps lead: "
        f"{into[1]}; and from which none of these has led: {out[1]}. It counts from the day that the entry names.",
    )


def _short(moves: Iterable[Move]) -> Said:
    parted = (move.step.partition(".") for move in moves)
    titles = [discover()[code].step(step).title for code, _, step in parted]
    return ", ".join(f"«{one['uk']}»" for one in titles), ", ".join(f"“{one['en']}”" for one in titles)


def _covered(one: kinds.Covered) -> Said:
    uk, en = _stock(one.stock)
    return (
        f"Частка громад того дня, у яких є щонайменше {one.least}: {uk}",
        f"Share of the hromadas of that day that have at least {one.least}: {en}",
    )


def _people_per(one: kinds.PeoplePer) -> Said:
    uk, en = _stock(one.stock)
    return (
        f"Населення громад, де хтось є, на кожного: {uk}",
        f"People of the hromadas that have any, for each: {en}",
    )


def _beats(one: kinds.BeatsOverNorm) -> Said:
    return (
        "Частка дільниць останнього дня періоду, де людей більше за норму. Рахують за довідником дільниць, не за "
        "записами.",
        "Share of the beats of the period's last day with more people than the norm. Counted over the list of beats "
        "and not over entries.",
    )


_SAYS: dict[type, Callable[[Any], Said]] = {
    kinds.Count: _count,
    kinds.Share: _share,
    kinds.PerPopulation: _rate,
    kinds.Quantile: _quantile,
    kinds.Unanswered: _unanswered,
    kinds.KeptInTerm: _kept,
    kinds.ShareWith: _share_with,
    kinds.UnitsWith: _units_with,
    kinds.PromisesKept: _promises,
    kinds.Stock: _stock,
    kinds.Covered: _covered,
    kinds.PeoplePer: _people_per,
    kinds.BeatsOverNorm: _beats,
}


def compiled(indicator: Indicator, period: Period) -> tuple[str, ...]:
    """Return the statements of a period by oblast, one for each pass; none where no entry is counted.

    The values that the interval of a quantile is read at are left out.
    """
    compiler = Compiler(period)
    compiler.add(indicator)
    return tuple(_statement(indicator, scan) for scan in compiler.scans.values())


def _statement(indicator: Indicator, scan: Scan) -> str:
    names = [name for name in scan.aggregates if name.endswith(".now")]
    calls = [f"  {_readable(indicator, scan.aggregates[name])} AS {name.split('.')[-2]}" for name in names]
    source = "\n".join(_stretches(scan.moves)) if scan.moves else f'FROM lake."{scan.folder}" f'
    first = ["  -- of a case, the first entry of the step"] if scan.first_only else []
    joins = [_join(one.kind, one.folder, one.alias, one.on, cases=one.cases) for one in scan.joins]
    places = "  LEFT JOIN places p ON p.pre = f.place_pre"
    return "\n".join(
        ["SELECT p.oblast,", ",\n".join(calls), source, *first, *joins, places, "GROUP BY p.oblast"]
    )


def _join(kind: str, folder: str, alias: str, on: str, *, cases: bool) -> str:
    table = f'(SELECT DISTINCT "case" FROM lake."{folder}")' if cases else f'lake."{folder}"'
    return f"  {kind} JOIN {table} {alias} ON {on}"


def _stretches(moves: tuple[Move, ...]) -> Iterator[str]:
    """Yield what the rows of a stock are: stretches of cases in states, from the steps that move them."""
    yield "FROM stretches f"
    for move in moves:
        yield f"  -- {move.step}: {move.state}" + (f", from the day {move.day}" if move.day else "")


def _readable(indicator: Indicator, call: str) -> str:
    """Return an aggregate with each condition on a line of its own."""
    if isinstance(indicator.measure, kinds.Quantile):
        call = re.sub(r"\[[\d., e-]*\]", str(indicator.measure.q), call)
    return call.replace(" AND (", "\n      AND (")
