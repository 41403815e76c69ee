"""Names of Ukrainian places as people write them: with the kind before the name or after it."""

import re

_SHORT = r"(?:\.\s*|\s+)"
# The categories are those of the codifier.
_FORMS = [
    (re.compile(form, re.IGNORECASE), categories)
    for form, categories in (
        (rf"(?:м|місто){_SHORT}(.+)", "KM"),
        (rf"(?:смт|с-ще|селище міського типу|селище){_SHORT}(.+)", "TX"),
        (rf"(?:с|село){_SHORT}(.+)", "C"),
        (r"(.+)\s(?:область|обл\.?)", "O"),
        (r"(.+)\s(?:район|р-н)", "PB"),
        (
            r"(.+?)(?:\s(?:міська|селищна|сільська))?(?:\s(?:об.єднана\s)?територіальна)?\s(?:громада|отг|тг)",
            "H",
        ),
    )
]


def parted(written: str) -> tuple[str, str]:
    """Return the name without its kind, and the categories of that kind; none where no kind is written."""
    for form, categories in _FORMS:
        if found := form.fullmatch(written):
            return found[1], categories
    return written, ""
