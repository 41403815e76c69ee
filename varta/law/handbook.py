"""The handbook for a lawyer: procedures and the facts that the spec tests prove, as Markdown.

It says nothing of its own: every line comes from procedures/, law/ or a test's docstring. The same
code always prints the same text.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from varta.law import holidays
from varta.law.errors import Text
from varta.law.fields import Field, fields_of
from varta.law.handbook_words import KINDS, UNITS, WORDS
from varta.law.plain import in_both, rule_json
from varta.law.procedure import Procedure
from varta.law.sources import SOURCES, Law
from varta.law.steps import Fact, Step, TermsBy
from varta.law.terms import Term


@dataclass(frozen=True)
class Chapter:
    """The facts of one spec file: its heading, and each test's name with what it says."""

    title: Text
    facts: tuple[tuple[str, Text], ...]


def chapters(folder: Path) -> list[Chapter]:
    """Return the chapters of a folder of spec tests, in the order of the file names."""
    return [_chapter(ast.parse(file.read_text("utf-8"))) for file in sorted(folder.glob("test_*.py"))]


def printed(
    language: str, procedures: Iterable[Procedure], specs: Sequence[Chapter], roles: Mapping[str, Text]
) -> str:
    """Return the handbook in "uk" or "en" as Markdown. `roles`: role code -> title."""
    return "\n".join(_Page(language, roles).lines(list(procedures), specs)) + "\n"


def _chapter(module: ast.Module) -> Chapter:
    tests = [
        node for node in module.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    facts = tuple((test.name, in_both(ast.get_docstring(test) or test.name)) for test in tests)
    return Chapter(in_both(ast.get_docstring(module) or "?"), facts)


@dataclass(frozen=True)
class _Page:
    language: str
    roles: Mapping[str, Text]

    def lines(self, procedures: Sequence[Procedure], specs: Sequence[Chapter]) -> Iterator[str]:
        yield from (f"# {self.word('title')}", "", self.word("intro"), "", self.word("marks"), "")
        for procedure in procedures:
            yield from self.procedure(procedure)
        yield from self.calendar()
        yield from self.facts(specs)
        yield from self.unverified(procedures)
        yield from self.sources()

    def word(self, key: str) -> str:
        return WORDS[key][self.language]

    def text(self, texts: Text) -> str:
        return texts[self.language].replace("|", "\\|")

    def procedure(self, procedure: Procedure) -> Iterator[str]:
        yield f"## {self.text(procedure.title)} (`{procedure.code}`)"
        yield from ("", f"{self.word('sensitivity')}: {self.word(procedure.sensitivity)}.", "")
        for step in procedure.steps:
            yield from self.step(procedure, step)
        if procedure.norms:
            yield from (f"### {self.word('norms')}", "")
            for norm in procedure.norms:
                yield f"- {self.text(norm.title)}: {self.editions(norm.terms)} ({self.cited(norm.law)})"
            yield ""

    def step(self, procedure: Procedure, step: Step) -> Iterator[str]:
        titles = {each.code: self.text(each.title) for each in procedure.steps}
        who = ", ".join(self.text(self.roles.get(code, {"uk": code, "en": code})) for code in step.roles)
        yield from (f"### {titles[step.code]} (`{step.code}`)", "")
        yield f"- {self.word('law')}: {self.cited(step.law)}"
        yield f"- {self.word('by')}: {who}"
        after = self.word("or").join(f"«{titles[code]}»" for code in step.opened_by)
        yield f"- {self.word('after')}: {after}" if after else f"- {self.word('opens')}"
        for flag in ("closes", "after_closing"):
            if getattr(step, flag):
                yield f"- {self.word(flag)}"
        if not step.once:
            yield f"- {self.word('again')}"
        yield from self.clocks(step, titles)
        for rule in step.rules:
            shown = rule_json(rule)["text"]
            yield f"- {self.word('rule')}: {shown[self.language]}"  # type: ignore[index]
        yield from ("", *self.fields(fields_of(step.record)), "")

    def clocks(self, step: Step, titles: Mapping[str, str]) -> Iterator[str]:
        since = self.word("or").join(f"«{titles[code]}»" for code in step.starts_at)
        if isinstance(step.within, TermsBy):
            yield from self.rows(step.within, since)
        elif step.within:
            yield f"- {self.word('within')}: {self.editions(step.within)}; {self.word('since')} {since}"
        for name, facts in (("when", step.when), ("unless", step.unless)):
            if facts:
                yield f"- {self.word(name)}: {self.word('or').join(self.fact(fact, titles) for fact in facts)}"
        if step.at_most:
            yield f"- {self.word('at_most')}: {self.editions(step.at_most)}; {self.word('since')} {since}"
        if step.repeats:
            yield f"- {self.word('repeats')}: {self.editions(step.repeats)}"
        for name, moved in (("extends", step.extends), ("shortens", step.shortens)):
            if moved:
                yield f"- {self.word(name)} «{titles[moved]}»"

    def rows(self, terms: TermsBy, since: str) -> Iterator[str]:
        yield f"- {self.word('within')} ({self.word('since')} {since}):"
        for values, row in terms.rows.items():
            named = ", ".join(
                f"`{field}` = `{_plain(v)}`" for field, v in zip(terms.fields, values, strict=True)
            )
            yield f"    - {named}: {self.editions(row)}"
        if terms.otherwise:
            yield f"    - {self.word('otherwise')}: {self.editions(terms.otherwise)}"

    def fact(self, fact: Fact, titles: Mapping[str, str]) -> str:
        values = ", ".join(f"`{_plain(value)}`" for value in fact.values)
        return f"«{titles[fact.step]}» `{fact.field}` = {values}"

    def editions(self, terms: Sequence[Term]) -> str:
        return "; ".join(self.edition(term) for term in terms)

    def edition(self, term: Term) -> str:
        first = f"{self.word('from')} {self.day(term.first_day)}"
        if not term.first_day_verified:
            first += f" ({self.word('day_unverified')})"
        last = f" {self.word('to')} {self.day(term.last_day)}" if term.last_day else ""
        law = f", {self.cited(term.law)}" if term.law else ""
        return f"**{self.length(term)}** {self.mark(term)} {first}{last}{law}"

    def length(self, term: Term) -> str:
        one, many = UNITS[term.unit][self.language]
        return f"{term.amount} {one if term.amount == 1 else many}"

    def mark(self, term: Term) -> str:
        if term.verified is None:
            return f"⚠ {self.word('unverified')}"
        return f"✓ {self.day(term.verified.on)} ({self.word('source')} {term.verified.source})"

    def day(self, day: object) -> str:
        year, month, number = str(day).split("-")
        return f"{number}.{month}.{year}" if self.language == "uk" else str(day)

    def cited(self, law: Law) -> str:
        return f"[{law.cited(self.language)}]({law.url})"

    def fields(self, fields: Sequence[Field]) -> Iterator[str]:
        yield "| " + " | ".join(self.word(key) for key in ("field", "name", "kind", "notes")) + " |"
        yield "|---|---|---|---|"
        for field in fields:
            flags = [key for key in ("required", "listed", "countable", "personal") if getattr(field, key)]
            notes = "; ".join(self.word(f"is_{key}") for key in flags)
            if field.choices:
                notes += ("<br>" if notes else "") + "; ".join(
                    f"`{code}` {self.text(text)}" for code, text in field.choices.items()
                )
            yield f"| {self.text(field.title)} | `{field.name}` | {KINDS[field.kind][self.language]} | {notes} |"

    def calendar(self) -> Iterator[str]:
        yield from (f"## {self.word('calendar')}", "", self.word("calendar_says"), "")
        last = holidays.MARTIAL_LAW_LAST_DAY
        until = f" {self.word('to')} {self.day(last)}" if last else f" ({self.word('no_last_day')})"
        yield f"- {self.word('suspended')} {self.day(holidays.SUSPENDED_FROM)}{until}"
        yield from (
            "",
            f"| {self.word('year')} | {self.word('off')} | {self.word('worked')} | {self.word('decree')} |",
        )
        yield "|---|---|---|---|"
        for number, year in holidays.YEARS.items():
            yield f"| {number} | {self.days(year.off)} | {self.days(year.worked)} | {year.decree} |"
        yield ""

    def days(self, texts: str) -> str:
        pairs = [text.split("-") for text in texts.split()]
        return ", ".join(
            f"{day}.{month}" if self.language == "uk" else f"{month}-{day}" for month, day in pairs
        )

    def facts(self, specs: Sequence[Chapter]) -> Iterator[str]:
        yield from (f"## {self.word('facts')}", "", self.word("facts_say"), "")
        for chapter in specs:
            yield from (f"### {self.text(chapter.title)}", "")
            for name, text in chapter.facts:
                yield f"- {self.text(text)} <br>`{name}`"
            yield ""

    def unverified(self, procedures: Sequence[Procedure]) -> Iterator[str]:
        yield from (f"## {self.word('to_confirm')}", "", self.word("to_confirm_says"), "")
        for procedure in procedures:
            named = [(step.title, step.every_term()) for step in procedure.steps]
            named += [(norm.title, norm.terms) for norm in procedure.norms]
            for title, terms in named:
                open_terms = [self.length(term) for term in terms if term.verified is None]
                if open_terms:
                    lengths = ", ".join(dict.fromkeys(open_terms))
                    yield f"- {self.text(procedure.title)}, «{self.text(title)}»: {lengths}"
        yield ""

    def sources(self) -> Iterator[str]:
        yield from (f"## {self.word('sources')}", "")
        yield from (f"- `{key}`: {text}" for key, text in SOURCES.items())


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
