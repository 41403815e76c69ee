"""Why a file of places was not loaded, in both languages, with what to do."""

from functools import partial


class LoadRefused(Exception):
    """The file was not loaded and nothing was changed; `text(language)` says why."""

    uk = "Файл не завантажено."
    en = "The file was not loaded."

    def __init__(self, **values: object) -> None:
        self.values = values
        super().__init__(self.text("en"))

    def __reduce__(self) -> tuple[object, tuple[()]]:
        return partial(type(self), **self.values), ()  # it comes back whole from another process

    def text(self, language: str) -> str:
        """Return the message in "uk" or "en" with its values filled in."""
        return (self.uk if language == "uk" else self.en).format(**self.values)


class NoSuchFile(LoadRefused):
    uk = "Файлу {file} немає, або його не можна прочитати. Перевірте шлях і права доступу."
    en = "There is no file {file}, or it cannot be read. Check the path and the access rights."


class NotATable(LoadRefused):
    uk = "Файл {file} не є таблицею CSV або XLSX (можна в gzip): {reason}. Вкажіть інший файл."
    en = "The file {file} is no CSV or XLSX table (gzip is fine): {reason}. Name another file."


class WrongEncoding(LoadRefused):
    uk = (
        "Файл {file} не в кодуванні {encoding}{guess_uk}. Повторіть із --encoding, наприклад --encoding "
        "cp1251."
    )
    en = (
        "The file {file} is not in {encoding}{guess_en}. Try again with --encoding, for example "
        "--encoding cp1251."
    )


class MissingColumns(LoadRefused):
    uk = "У файлі {file} немає колонок: {missing}. Є такі: {found}. Перевірте, чи це той файл."
    en = "The file {file} has no columns {missing}. It has: {found}. Check that it is the right file."


class NoRows(LoadRefused):
    uk = "У файлі {file} немає жодного рядка під заголовком. Вкажіть повний файл."
    en = "The file {file} has no rows below its header. Name the complete file."


class BadValue(LoadRefused):
    uk = (
        "Рядок {line}, колонка «{column}»: значення «{value}» неможливе ({expected_uk}). Виправте файл "
        "і повторіть."
    )
    en = (
        "Line {line}, column “{column}”: the value “{value}” is impossible ({expected_en}). Mend the "
        "file and retry."
    )


class DuplicateCode(LoadRefused):
    uk = "Рядок {line}: код {code} уже є в рядку {first}. Код має бути один раз; приберіть зайвий рядок."
    en = "Line {line}: the code {code} is already on line {first}. A code stands once; remove the extra line."


class OrphanParent(LoadRefused):
    uk = "Рядок {line}: {code} лежить у {parent}, якого немає у файлі. Вкажіть повний файл або виправте код."
    en = (
        "Line {line}: {code} lies in {parent}, which is not in the file. Name the complete file or mend "
        "the code."
    )


class Cycle(LoadRefused):
    uk = "Рядок {line}: {code} лежить сам у собі ({chain}). Виправте колонку вищого рівня."
    en = "Line {line}: {code} lies in itself ({chain}). Mend the column of the parent."


class TooDeep(LoadRefused):
    uk = (
        "Рядок {line}: {code} на рівні {level}, а дерево має щонайбільше {deepest} рівнів. Приберіть "
        "зайвий рівень."
    )
    en = (
        "Line {line}: {code} is on level {level}; a tree has {deepest} levels at most. Remove the extra "
        "level."
    )


class CodeTaken(LoadRefused):
    uk = (
        "Код {code} уже належить дереву {root}. Додайте до кодів файла приставку, наприклад "
        "«{prefix}-{code}»."
    )
    en = (
        "The code {code} already belongs to the tree {root}. Prefix the codes, for example “{prefix}-{code}”."
    )


class OlderThanLoaded(LoadRefused):
    uk = "Уже завантажено стан на {latest}, а файл описує {as_of}. Старіший стан не може замінити новіший."
    en = (
        "The state of {latest} is already loaded; the file describes {as_of}. An older state cannot "
        "replace it."
    )


class DatabaseLost(LoadRefused):
    uk = "З’єднання з базою даних обірвалося, нічого не змінено: {reason}. Перевірте сервер і місце на диску."
    en = "The connection to the database was lost, nothing was changed: {reason}. Check the server and its disk."


class NotMigrated(LoadRefused):
    uk = "База даних ще не має потрібних таблиць. Спершу виконайте: varta migrate."
    en = "The database does not have the tables yet. First run: varta migrate."


class NoDay(LoadRefused):
    uk = "Невідомо, на який день складено файл {file}. Додайте --as-of РРРР-ММ-ДД."
    en = "Nobody knows for which day the file {file} was made. Add --as-of YYYY-MM-DD."


class NoRoom(LoadRefused):
    uk = (
        "У проміжку {parent} немає місця для {needed} нових номерів. Розділіть завантаження або "
        "зверніться до розробників."
    )
    en = (
        "The interval of {parent} has no room for {needed} new numbers. Split the load or ask the developers."
    )


class UnknownCodes(LoadRefused):
    uk = "Рядок {line}: кода {code} немає серед {what_uk}. Спершу завантажте їх: {command}."
    en = "Line {line}: the code {code} is not among the {what_en}. Load them first: {command}."


class LostTooMuch(LoadRefused):
    uk = (
        "Файл не має {gone} із {known} чинних місць: схоже на уривок. Якщо це справді так, додайте "
        "--allow-loss."
    )
    en = (
        "The file lacks {gone} of {known} places in force: it looks like a part. If it is meant, add "
        "--allow-loss."
    )


class NotBoundaries(LoadRefused):
    uk = "Файл {file} не є набором об’єктів GeoJSON (FeatureCollection). Вкажіть інший файл."
    en = "The file {file} is no collection of GeoJSON features. Name another file."


class RejectsNotWritable(LoadRefused):
    uk = "Файл відхилених рядків {file} не можна записати: {reason}. Вкажіть інший шлях у --reject."
    en = "The reject file {file} cannot be written: {reason}. Name another path with --reject."


class AlreadySo(LoadRefused):
    uk = (
        "Рядок {line}: про {code} те саме вже сказано на ці дні (з {since}, джерело: {source}). Закінчіть "
        "попередній запис днем у колонці until або виправте дні."
    )
    en = (
        "Line {line}: the same is already said of {code} for these days (since {since}, source: {source}). "
        "End the earlier row by a day in the column until, or mend the days."
    )


class NotInHromada(LoadRefused):
    uk = "Рядок {line}: {code} не лежить у громаді {hromada}. Виправте місця дільниці або її громаду."
    en = "Line {line}: {code} does not lie in the hromada {hromada}. Mend the places of the beat or its hromada."
