"""Text typed in the wrong keyboard layout."""

_LATIN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./\\~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?|"
_UKRAINIAN = "'йцукенгшщзхїфівапролджєячсмитьбю.ґ'ЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ,Ґ"
# The Russian layout differs on three keys that Ukrainian words need.
_RUSSIAN_ONLY = "ыэъЫЭЪ"
_RUSSIAN_KEYS = "s']S\"}"

_TO_UKRAINIAN = str.maketrans(_LATIN, _UKRAINIAN)
_TO_LATIN = str.maketrans(_UKRAINIAN[1:] + _RUSSIAN_ONLY, _LATIN[1:] + _RUSSIAN_KEYS)


def swap_layout(text: str) -> str:
    """Return what the same keys type in the other layout: "ghbdsn" is «привіт», «руддщ» is "hello"."""
    cyrillic = any("\u0400" <= letter <= "\u04ff" for letter in text)
    return text.translate(_TO_LATIN if cyrillic else _TO_UKRAINIAN)
