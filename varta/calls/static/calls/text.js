// Folding of Ukrainian words as varta/lib/text does it, for guessing and finding while the server is away.

const APOSTROPHES_AND_STRESS = /['’ʼ`´‘′ʹ\u0301\u0300]/g;
const HYPHENS = /[-‐‑‒–—−\u00ad]/g;
const CYRILLIC = /[\u0400-\u04ff]/;
const LATIN = /[A-Za-z]/;
const LATIN_LIKE = "ABCEHIKMOPTXYaceiopxy";
const CYRILLIC_LIKE = "АВСЕНІКМОРТХУасеіорху";
const LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./\\~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?|";
const UKRAINIAN_KEYS = "'йцукенгшщзхїфівапролджєячсмитьбю.ґ'ЙЦУКЕНГШЩЗХЇФІВАПРОЛДЖЄЯЧСМИТЬБЮ,Ґ";

const table = (from, to) => new Map([...from].map((letter, nth) => [letter, [...to][nth]]));
const translate = (text, map) => [...text].map((letter) => map.get(letter) ?? letter).join("");
const TO_CYRILLIC = table(LATIN_LIKE, CYRILLIC_LIKE);
const TO_LATIN = table(CYRILLIC_LIKE, LATIN_LIKE);
const TO_UKRAINIAN_KEYS = table(LATIN_KEYS, UKRAINIAN_KEYS);
const TO_LATIN_KEYS = table(UKRAINIAN_KEYS.slice(1), LATIN_KEYS.slice(1));

const oneAlphabet = (word) => {
  if (!CYRILLIC.test(word) || !LATIN.test(word)) return word;
  const cyrillic = translate(word, TO_CYRILLIC);
  if (!LATIN.test(cyrillic)) return cyrillic;
  const latin = translate(word, TO_LATIN);
  return CYRILLIC.test(latin) ? word : latin;
};

/** Return the form in which equal names are equal. @param {string} text */
export function fold(text) {
  return text.normalize("NFC")
    .replace(/\p{L}+/gu, oneAlphabet)
    .replace(APOSTROPHES_AND_STRESS, "")
    .toLowerCase()
    .replace(/ґ/g, "г")
    .replace(HYPHENS, " ")
    .replace(/[^\p{L}\p{N}_№]+/gu, " ")
    .trim();
}

/** Return the weakest form: related vowels are one, soft signs are gone, doubled letters single. @param {string} text */
export function skeleton(text) {
  return fold(text).replace(/[оїийеєёыэі]/g, "і").replace(/[ъь]/g, "").replace(/([\p{L}\p{N}_])\1+/gu, "$1");
}

/** Return what the same keys type in the other layout. @param {string} text */
export function swapLayout(text) {
  return translate(text, CYRILLIC.test(text) ? TO_LATIN_KEYS : TO_UKRAINIAN_KEYS);
}

/** Return the folded forms that may be meant, as typed first. @param {string} text */
export function variants(text) {
  const found = [fold(text)];
  if (!CYRILLIC.test(text) && LATIN.test(text)) found.push(fold(swapLayout(text)));
  return [...new Set(found)].filter(Boolean);
}
