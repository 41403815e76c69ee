"""What the pages of one candidate and of one memorandum show: the way, and what may be done next."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from varta.cases import pages as cases
from varta.cases import wording
from varta.cases.canon import Written
from varta.cases.models import Case
from varta.cases.projection import effective
from varta.law import discover
from varta.officers.actions import TRAINING
from varta.officers.models import Cohort, Memorandum, Stay
from varta.officers.way import CHECKS, Way, way_of
from varta.people.scope import Reader
from varta.places.models import Territory
from varta.procedures._memorandum_records import DUTY, SIDE


def possible(way: Way) -> list[str]:
    """Return the steps that may be taken now, the likeliest next one first."""
    stage = way.now
    if stage.stage == "candidate":
        waiting = [check for check in CHECKS if check not in way.passed]
        failed = any(way.passed.get(check) is False for check in CHECKS)
        return ["withdraw", *waiting] if failed else [*(waiting or ["enrol"]), "withdraw"]
    if stage.stage == "training":
        if stage.finished:
            return ["begin_internship", "withdraw"] if way.passed.get("course") else ["withdraw"]
        return ["graduate", "attend", "mark", "withdraw"]
    if stage.stage == "internship":
        if stage.finished:
            return ["appoint", "withdraw"] if way.passed.get("internship") else ["withdraw"]
        return ["finish_internship", "withdraw"]
    return {"serving": ["transfer", "leave", "dismiss"], "leave": ["return", "dismiss"]}.get(stage.stage, [])


def candidate_page(case: Case, entries: Sequence[Written], reader: Reader) -> dict[str, Any]:
    """Return everything that the page of a candidate shows."""
    way = way_of(effective(entries))
    stays = Stay.objects.filter(case=case.key).select_related("hromada", "oblast", "cohort__university")
    rows = list(stays.order_by("nth"))
    return {
        "case": case,
        "stays": rows,
        "present": rows[-1],
        "steps": list(_buttons(case, possible(way), "officers:candidate_step")),
        "timeline": list(_timeline(case, entries, reader, "officers:candidate_step")),
        "may_apply_again": way.now.stage == "left",
        "checks": [
            {"title": wording.step_title(TRAINING, code), "result": way.passed.get(code)} for code in CHECKS
        ],
    }


def memorandum_page(
    case: Case, entries: Sequence[Written], memorandum: Memorandum, reader: Reader
) -> dict[str, Any]:
    """Return everything that the page of a memorandum shows."""
    return {
        "case": case,
        "memorandum": memorandum,
        "stations": list(memorandum.stations.select_related("settlement").order_by("nth")),
        "assets": list(memorandum.assets.order_by("nth")),
        "steps": list(_buttons(case, _of_memorandum(memorandum), "officers:memorandum_step")),
        "timeline": list(_timeline(case, entries, reader, "officers:memorandum_step")),
    }


def _of_memorandum(memorandum: Memorandum) -> list[str]:
    if memorandum.ended_on:
        return []
    if memorandum.signed_on is None:
        return ["sign", "refuse"]
    unmet = memorandum.duties.filter(met_on=None).exists()
    open_stations = memorandum.stations.filter(closed_on=None).exists()
    return [
        *(["fulfil"] if unmet else []),
        "promise",
        "station",
        *(["close_station"] if open_stations else []),
        "vehicle",
        "equipment",
        "amend",
        "end",
    ]


def _buttons(case: Case, steps: Sequence[str], name: str) -> Iterator[dict[str, Any]]:
    for nth, code in enumerate(steps):
        yield {
            "code": code,
            "title": wording.step_title(case.procedure, code),
            "address": reverse(name, args=[case.key, code]),
            "first": nth == 0,
            "ends": code in ("withdraw", "dismiss", "refuse", "end"),
        }


def _timeline(case: Case, entries: Sequence[Written], reader: Reader, name: str) -> Iterator[dict[str, Any]]:
    law = discover()[case.procedure]
    hromadas = _titles(entries)
    for one in cases.timeline(law, entries, reader):
        entry = one["entry"]
        one["rows"] = [(title, hromadas.get(value, value)) for title, value in one["rows"]]
        one["undone"] = entry.data.get("undone") is True
        one["correct_address"] = f"{reverse(name, args=[case.key, entry.step])}?entry={entry.key}"
        yield one


def _titles(entries: Sequence[Written]) -> Mapping[str, str]:
    codes = {
        entry.data[name] for entry in entries for name in ("hromada", "settlement") if entry.data.get(name)
    }
    return {code: place.title for code, place in Territory.objects.in_bulk(codes).items()}


def offered(case: Case, step: str, memorandum: Memorandum | None) -> dict[str, list[tuple[str, str]]]:
    """Return what may be chosen from in the fields of a step: cohorts, subjects, settlements, numbers."""
    if memorandum is not None:
        return _offered_by(memorandum, step)
    if step == "enrol":
        return {"cohort": [(one.code, _cohort_title(one)) for one in _open_cohorts()]}
    return {"subject": _subjects(case)} if step in ("attend", "mark") else {}


def _offered_by(memorandum: Memorandum, step: str) -> dict[str, list[tuple[str, str]]]:
    if step == "fulfil":
        return {"number": [(str(one.nth), duty_title(one)) for one in memorandum.duties.filter(met_on=None)]}
    if step == "station":
        inside = memorandum.hromada.children.filter(valid_to=None).order_by("sort_key")
        return {"settlement": [(one.code, one.title) for one in inside]}
    if step == "close_station":
        stations = memorandum.stations.filter(closed_on=None).select_related("settlement")
        return {"number": [(str(one.nth), f"{one.nth}. {one.settlement.title}") for one in stations]}
    return {}


def _open_cohorts() -> list[Cohort]:
    return list(Cohort.objects.select_related("university").order_by("-begins", "code")[:60])


def _cohort_title(cohort: Cohort) -> str:
    return f"{cohort.code} · {cohort.begins:%d.%m.%Y}–{cohort.ends:%d.%m.%Y} · {cohort.university.title}"


def _subjects(case: Case) -> list[tuple[str, str]]:
    stay = Stay.objects.filter(case=case.key, cohort__isnull=False).select_related("cohort").first()
    return subjects_of(stay.cohort) if stay and stay.cohort else []


def subjects_of(cohort: Cohort) -> list[tuple[str, str]]:
    """Return the subjects of the curriculum in the reader's language, by their codes."""
    return [(one["code"], wording.said(one)) for one in cohort.curriculum]


def duty_title(duty: Any) -> str:
    """Return a duty in words: number, side and what was promised."""
    said = f"{wording.said(SIDE[duty.side])}: {wording.said(DUTY[duty.what])}"
    return f"{duty.nth}. {said}" + (f" ({duty.about})" if duty.about else "")


def next_numbers(memorandum: Memorandum | None, step: str) -> dict[str, int]:
    """Return the number that a new duty or station takes."""
    if memorandum is None or step not in ("promise", "station"):
        return {}
    rows = memorandum.duties if step == "promise" else memorandum.stations
    last = rows.order_by("-nth").values_list("nth", flat=True).first() or 0
    return {"number": last + 1}
