"""Writes of the office: senders, numbers of letters without gaps, and who is refused."""

from datetime import time, timedelta

import pytest
from django.db import connection

from varta.appeals import actions, errors, grammar, letters, queries, typeset
from varta.appeals.letters import Content
from varta.appeals.models import Letter, Outgoing
from varta.appeals.tests.conftest import CAME, SENDER, register, send, step
from varta.cases.canon import Involved
from varta.cases.errors import CaseNotFound, KeyReused, LawRefused, WrongRole
from varta.cases.models import Case, Entry
from varta.lib.uuid7 import uuid7
from varta.people import demo
from varta.people.models import Look, Person
from varta.people.scope import Reader, reading
from varta.places.models import Unit


def case_of(written) -> Case:
    return Case.objects.get(key=written.case_key)


def test_a_sender_is_registered_with_the_residence_sealed(desk):
    written = register(desk)

    person = queries.applicant(case_of(written), desk)

    assert (person.name, person.residence) == ("Вигаданенко Петро Іванович", SENDER["residence"])
    assert "Садова" not in str(Entry.objects.get(key=written.key).data)
    assert "Садова" not in person.residence_sealed


def test_the_same_form_sent_twice_registers_once(desk):
    key = uuid7(CAME)
    first = register(desk, key=key, signed=[{"surname": "Другий"}])
    again = register(desk, key=key, signed=[{"surname": "Другий"}])

    assert first.key == again.key
    assert Person.objects.count() == 2


def test_a_known_resident_sends_another_appeal_and_the_file_gains_what_it_lacked(desk):
    first = register(desk, sender={"surname": "Вигаданенко", "given": "Петро"})
    person = queries.applicant(case_of(first), desk)

    second = register(desk, known=person.key, at=CAME + timedelta(days=1))

    assert queries.applicant(case_of(second), desk).residence == SENDER["residence"]
    assert Look.objects.filter(action="complete", subject_key=str(person.key)).exists()


def test_a_known_resident_keeps_the_residence_and_another_one_is_refused(desk):
    person = queries.applicant(case_of(register(desk)), desk)

    kept = register(desk, known=person.key, sender=SENDER | {"residence": ""})
    with pytest.raises(errors.ResidenceDiffers):
        register(desk, known=person.key, sender=SENDER | {"residence": "інша вулиця, 9"})

    assert queries.applicant(case_of(kept), desk).residence == SENDER["residence"]


def test_a_resident_of_another_hromada_cannot_be_named_as_known(desk, maria, reader_of):
    there = register(desk, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR)
    stranger = queries.applicant(case_of(there), desk)
    andrii_like = reader_of(maria)

    with reading(andrii_like):
        assert queries.applicant(case_of(there), andrii_like) == stranger
    home = register(desk)
    assert home.people == (Involved(queries.applicant(case_of(home), desk).key, "applicant"),)
    with pytest.raises(errors.SenderUnknown):
        register(desk, known=uuid7(CAME))


def test_an_anonymous_appeal_names_nobody(desk):
    written = register(desk, sender={}, anonymous=True)

    assert queries.applicant(case_of(written), desk) is None


def test_others_who_signed_stand_after_the_one_to_answer(desk):
    signed = [{"surname": "Абетка", "given": "Анна"}, {"surname": "Буква", "given": "Богдан"}]
    written = register(desk, signed=signed, signatories=3)

    names = [person.surname for person in queries.senders([written.case_key], desk)[written.case_key]]

    assert names[0] == "Вигаданенко"
    assert set(names[1:]) == {"Абетка", "Буква"}


def test_letters_are_numbered_from_one_in_each_unit_and_year(desk):
    here, there = register(desk), register(desk, place=demo.OTHER_HROMADA, unit=demo.OTHER_SECTOR)

    numbers = [
        send(desk, here.case_key).number,
        send(desk, here.case_key, days=2).number,
        send(desk, there.case_key).number,
        send(desk, here.case_key, days=310).number,
    ]

    assert numbers == ["1/2026", "2/2026", "1/2026", "1/2027"]


def test_a_letter_is_an_entry_of_its_case_bound_by_the_fingerprint(desk):
    written = register(desk)

    letter = send(desk, written.case_key)

    entry = Entry.objects.get(key=letter.key)
    assert entry.data == {
        "kind": "acknowledgement",
        "number": "1/2026",
        "sent_on": "2026-03-03",
        "to": "Вигаданенку Петру Івановичу",
        "fingerprint": letter.fingerprint,
    }
    assert queries.intact(letter)


def test_a_letter_that_was_changed_behind_varta_is_noticed(committed_db, as_superuser):
    with reading(Reader.system()) as system:
        letter = send(system, register(system).case_key)
    as_superuser.execute(
        "UPDATE appeals_letter SET content = jsonb_set(content, '{body}', '\"Інше\"') WHERE key = %s",
        [letter.key],
    )
    as_superuser.commit()

    with reading(Reader.system()):
        assert not queries.intact(Letter.objects.get(key=letter.key))


def test_the_document_is_drawn_again_byte_by_byte(desk):
    letter = send(desk, register(desk).case_key)

    again = queries.sheet_of(Letter.objects.get(key=letter.key))

    assert queries.drawn_as_sent(letter, typeset.pdf(again))
    assert again["address"] == "вул. Садова, 4"


def test_where_the_addressee_lives_is_sealed(desk):
    letter = send(desk, register(desk).case_key)

    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(l)::text FROM appeals_letter l WHERE key = %s", [letter.key])
        assert "Садова" not in cursor.fetchone()[0]


def test_the_same_letter_sent_twice_has_one_number(desk):
    case, key = register(desk).case_key, uuid7(CAME + timedelta(days=1))

    first, again = send(desk, case, key=key), send(desk, case, key=key)
    with pytest.raises(KeyReused):
        send(desk, case, key=key, body="Інше")

    assert first.number == again.number
    assert Outgoing.objects.get().last == 1


@pytest.mark.parametrize("name", ["to", "body", "signatory_post", "signatory_name", "letterhead"])
def test_a_letter_without_what_it_must_have_is_not_sent_and_takes_no_number(desk, name):
    case = register(desk).case_key

    with pytest.raises(errors.LetterLacks) as refused:
        send(desk, case, **{name: "  "})

    assert list(refused.value.fields) == [name]
    assert not Outgoing.objects.filter(last__gt=0).exists()


def test_an_answer_is_not_sent_before_it_was_given_and_takes_no_number(desk):
    case = register(desk).case_key

    with pytest.raises(LawRefused, match="First take the step"):
        send(desk, case, kind="answer")
    assert send(desk, case).number == "1/2026"


def test_a_sign_that_cannot_be_printed_takes_no_number(desk):
    case = register(desk).case_key

    with pytest.raises(errors.LetterUnprintable, match="😀"):
        send(desk, case, body="Дякуємо 😀")
    assert send(desk, case).number == "1/2026"


def test_an_entry_of_a_letter_without_its_letter_is_refused(desk):
    case = register(desk).case_key
    made_up = {"kind": "acknowledgement", "number": "99/2026", "to": "Х", "fingerprint": "0" * 64}

    with pytest.raises(errors.LetterUnrecorded):
        step(desk, case, "send_letter", sent_on="2026-03-03", **made_up)


def test_a_letter_that_went_out_is_not_corrected(desk):
    case = register(desk).case_key
    letter = send(desk, case)
    entry = Entry.objects.get(key=letter.key)

    with pytest.raises(errors.LetterUnrecorded):
        step(desk, case, "send_letter", days=2, corrects=letter.key, **entry.data | {"to": "Інший"})


def test_a_letter_goes_out_after_the_case_has_ended(desk):
    case = register(desk).case_key
    step(desk, case, "reply", result="satisfied", text="Провели бесіду")

    assert send(desk, case, days=2, kind="answer").kind == "answer"


def test_maria_neither_sends_nor_sees_a_letter_of_another_hromada(desk, maria, reader_of):
    case = register(desk).case_key
    letter = send(desk, case)

    with reading(reader_of(maria)) as elsewhere:
        assert list(queries.outgoing(elsewhere)) == []
        assert not Letter.objects.filter(key=letter.key).exists()
        assert not Case.objects.filter(key=case).exists()
    with reading(reader_of(maria)) as elsewhere, pytest.raises(CaseNotFound):
        step(elsewhere, case, "reply", result="satisfied", text="Так")


def test_forms_of_names_are_remembered_and_the_latest_counts(desk):
    name = grammar.Name("Швець", "Іван", sex="m")
    key = grammar.key_of("surname", "Швець", sex="m", case="datv")
    for form in ("швецю", "шевцю"):
        actions.remember_forms(forms={key: form}, by=desk, at=CAME)

    assert queries.remembered(name) == {key: "шевцю"}


def test_the_office_writes_the_letterhead_and_hours_of_its_units_only(desk, sector):
    elsewhere = Unit.objects.get(code="NPU-12-1204-005")
    hours = {"weekday": 1, "since": time(9), "until": time(13), "place": "каб. 12", "who": "Начальник"}

    actions.write_office(unit=sector, by=desk, at=CAME, phone="(00) 000-00-00")
    actions.add_hours(unit=sector, by=desk, **hours)
    with pytest.raises(errors.OutsideOffice):
        actions.write_office(unit=elsewhere, by=desk, at=CAME, phone="1")
    with pytest.raises(errors.OutsideOffice):
        actions.add_hours(unit=elsewhere, by=desk, **hours)

    assert queries.office_of(sector).phone == "(00) 000-00-00"
    [found] = queries.reception_hours(place=demo.HROMADA, on=CAME.date())
    assert (found.unit, found.since) == (sector, time(9))
    actions.remove_hours(hours=found, by=desk)
    assert queries.reception_hours(unit=sector.code, on=CAME.date()) == []


def test_only_the_head_leaves_an_appeal_unconsidered(desk):
    with pytest.raises(WrongRole):
        step(desk, register(desk).case_key, "leave_unconsidered", ground="incapable")


def test_what_a_letter_says_is_kept_as_it_was_written():
    content = Content.of({"kind": "answer", "letterhead": "А", "to": " Б \r\n\r\n\r\nВ  Г ", "body": ""})

    assert content.to == "Б\n\nВ Г"
    assert list(content.lacks()) == ["body", "signatory_post", "signatory_name"]
    assert letters.Content.of(content.as_json()) == content
