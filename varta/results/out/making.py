"""The forms in which a report goes out: what each is called, what it is, and how it is made of a pack."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from varta.results.out import docx, pdf, sdmx, slides, table, xlsx
from varta.results.pack import Pack, Text, as_plain

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Form:
    """One form: the ending of its file, its media type, what it is good for, and what makes it."""

    code: str
    ending: str
    media_type: str
    title: Text
    about: Text
    make: Callable[[Pack, str], bytes]

    def file_name(self, pack: Pack, language: str) -> str:
        """Return the name of the file: the report's, the language, the ending."""
        return f"{pack.name}-{language}.{self.ending}"


def _json(pack: Pack, _language: str) -> bytes:
    return json.dumps(as_plain(pack), ensure_ascii=False, indent=1, sort_keys=True).encode()


def _sdmx(pack: Pack, language: str) -> bytes:
    return json.dumps(sdmx.message(pack, language), ensure_ascii=False, indent=1, sort_keys=True).encode()


FORMS: Mapping[str, Form] = {
    form.code: form
    for form in (
        Form("pdf", "pdf", "application/pdf", {"uk": "PDF", "en": "PDF"},
             {"uk": "Для друку та архіву (PDF/A, PDF/UA).", "en": "For print and the archive (PDF/A, PDF/UA)."},
             pdf.pdf),
        Form("docx", "docx", f"{OFFICE}.wordprocessingml.document", {"uk": "DOCX", "en": "DOCX"},
             {"uk": "Щоб писати далі у текстовому редакторі.", "en": "To go on writing in a word processor."},
             docx.docx),
        Form("pptx", "pptx", f"{OFFICE}.presentationml.presentation", {"uk": "Слайди PPTX", "en": "Slides, PPTX"},
             {"uk": "Для наради: показник на слайд, діаграми можна змінювати.",
              "en": "For the meeting: an indicator a slide, charts can be edited."},
             slides.pptx),
        Form("xlsx", "xlsx", f"{OFFICE}.spreadsheetml.sheet", {"uk": "Книга XLSX", "en": "Workbook, XLSX"},
             {"uk": "З живими формулами підсумків, змін і часток.",
              "en": "With live formulas of totals, changes and shares."},
             xlsx.xlsx),
        Form("csv", "zip", "application/zip", {"uk": "CSV з описом", "en": "CSV with a description"},
             {"uk": "Рядок на кожне число й опис колонок (CSVW), в одному архіві.",
              "en": "A row for each figure and a description of its columns (CSVW), in one archive."},
             table.csv_zip),
        Form("json", "json", "application/json", {"uk": "JSON", "en": "JSON"},
             {"uk": "Увесь звіт для програм, обома мовами.", "en": "The whole report for programs, in both languages."},
             _json),
        Form("sdmx", "json", sdmx.MEDIA_TYPE, {"uk": "SDMX-JSON", "en": "SDMX-JSON"},
             {"uk": "Для обміну зі статистичними установами.", "en": "For exchange with statistical offices."},
             _sdmx),
    )
}  # fmt: skip
