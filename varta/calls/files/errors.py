"""Why a file of calls was not loaded, or a line of it refused: in both languages, with what to do."""

from varta.places.errors import LoadRefused


class MappingNotFound(LoadRefused):
    uk = "Опису файла «{mapping}» немає. Готові описи: {known}. Вкажіть один із них або шлях до файла .toml."
    en = "There is no mapping “{mapping}”. Those that come with Varta: {known}. Name one, or the path of a .toml file."


class MappingWrong(LoadRefused):
    """The mapping cannot be used; `where` names the key."""

    uk = "Опис {mapping}, ключ «{where}»: {reason_uk}."
    en = "Mapping {mapping}, key “{where}”: {reason_en}."


class NoSuchColumn(LoadRefused):
    uk = (
        "У файлі {file} немає колонки «{column}» ({use}).{guess_uk} Є такі: {found}. "
        "Виправте опис або вкажіть інший файл."
    )
    en = (
        "The file {file} has no column “{column}” ({use}).{guess_en} It has: {found}. "
        "Mend the mapping or name another file."
    )


class UnknownPlaceInMapping(LoadRefused):
    uk = (
        "Опис {mapping}, ключ «{where}»: місця з кодом «{code}» немає. Завантажте його: varta load territory."
    )
    en = "Mapping {mapping}, key “{where}”: there is no place with the code “{code}”. Load it: varta load territory."


class UnknownUnitInMapping(LoadRefused):
    uk = "Опис {mapping}, ключ «{where}»: підрозділу з кодом «{code}» немає. Завантажте його: varta load units."
    en = "Mapping {mapping}, key “{where}”: there is no unit with the code “{code}”. Load it: varta load units."


class NothingFits(LoadRefused):
    uk = "Жодного рядка файлу {file} не завантажено: чи це той опис? Причини записано в {rejects}."
    en = "No line of the file {file} was loaded: is it the right mapping? The reasons are in {rejects}."


class FileBroke(LoadRefused):
    uk = "Файл {file}, рядок {line}: {reason}. Завантажене до нього збережено; виправте файл і повторіть."
    en = "The file {file}, line {line}: {reason}. What was loaded before it is kept; mend the file and run again."


class ConnectionLost(LoadRefused):
    uk = (
        "З’єднання з базою даних втрачено і не відновилося: {reason}. Завантажене збережено. "
        "Коли база запрацює, запустіть ту саму команду: вона продовжить."
    )
    en = (
        "The connection to the database was lost and did not come back: {reason}. What was loaded is kept. "
        "When the database works, run the same command: it goes on."
    )


class NoRoomOnDisk(LoadRefused):
    uk = (
        "На диску бази даних немає місця: {reason}. Завантажене збережено. "
        "Звільніть місце і запустіть ту саму команду."
    )
    en = (
        "The disk of the database is full: {reason}. What was loaded is kept. "
        "Free some room and run the same command."
    )


class ProcessDied(LoadRefused):
    uk = "Процес завантаження перервано. Завантажене збережено; запустіть ту саму команду, вона продовжить."
    en = "A process of the load was killed. What was loaded is kept; run the same command and it goes on."


class Stopped(LoadRefused):
    uk = "Завантаження зупинено. Завантажене збережено; та сама команда продовжить."
    en = "The load was stopped. What was loaded is kept; the same command goes on."


class LineRefused(Exception):
    """A line was not loaded; `code` is for programs, `uk` and `en` say why."""

    def __init__(self, code: str, uk: str, en: str) -> None:
        self.code, self.uk, self.en = code, uk, en
        super().__init__(en)
