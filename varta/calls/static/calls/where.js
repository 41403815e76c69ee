// Where a caller means, found without the server among the places of the officer's area. The twin of varta/calls/where.py
// and, for coordinates, of varta/places/coordinates.py; what lies outside the area only the server knows.

import { fold, skeleton, variants } from "./text.js";

const MOST = 8;
const STREET_LIKE = -1; // how a name is marked that a number follows
const NEAREST_KM = 25;
const SETTLEMENT_WORDS = new Set(["с", "село", "м", "місто", "смт", "с-ще", "селище", "х", "хутір", "сел", "город", "поселок", "деревня"]);
const STREET_WORDS = new Set(["вул", "вулиця", "ул", "улица", "пров", "провулок", "просп", "проспект", "пр", "бульв", "бульвар", "пл", "площа"]);
const HROMADA_WORDS = new Set(["громада", "громади", "тг", "отг", "hromada"]);
const STREET = /^(вул|вулиц|ул|улиц|пров|провул|пер|просп|пр|бульв|бул|пл|площ|шосе|узв|тупик|набер)/i;
const NUMBER = "[+-]?\\d{1,3}(?:[.,]\\d+)?";
const DECIMAL = new RegExp(`^([NSEW])?\\s*(${NUMBER})\\s*°?\\s*([NSEW])?(?:\\s*[;,/]\\s*|\\s+)([NSEW])?\\s*(${NUMBER})\\s*°?\\s*([NSEW])?$`);
const ANGLE = "([NSEW])?\\s*(\\d{1,3})\\s*(?:°|\\s)\\s*(\\d{1,2}(?:[.,]\\d+)?)\\s*(?:'|\\s)\\s*(?:(\\d{1,2}(?:[.,]\\d+)?)\\s*(?:\"|\\s|\\b))?\\s*([NSEW])?";
const SEXAGESIMAL = new RegExp(`^${ANGLE}\\s*[;,]?\\s*${ANGLE}$`);
const SIDES = [
  [/(^|\s|\d)(пн|північн\S*|с|сев\S*)\.?\s*ш(ироти|ироты)?\.?/gi, "$1N"],
  [/(^|\s|\d)(пд|південн\S*|ю|южн\S*)\.?\s*ш(ироти|ироты)?\.?/gi, "$1S"],
  [/(^|\s|\d)(сх|східн\S*|в|вост\S*)\.?\s*д(овготи|олготы)?\.?/gi, "$1E"],
  [/(^|\s|\d)(зх|західн\S*|з|зап\S*)\.?\s*д(овготи|олготы)?\.?/gi, "$1W"],
];

const degrees = (number) => Number(String(number ?? 0).replace(",", "."));

/** Return [latitude, longitude], or null where the text is no coordinates. @param {string} text */
export function coordinates(text) {
  let plain = text.slice(0, 80).replace(/[′’ʼ`]/g, "'").replace(/[″”“]|''/g, '"').replace(/º/g, "°")
    .split(/\s+/).join(" ").replace(/^[ (]+|[ )]+$/g, "");
  for (const [words, letter] of SIDES) plain = plain.replace(words, letter);
  plain = plain.toUpperCase();
  let found = DECIMAL.exec(plain);
  if (found) {
    const [, before, first, after, also, second, alsoAfter] = found;
    const fraction = /\d[.,]\d/;
    const sides = [before ?? after ?? "", also ?? alsoAfter ?? ""];
    if (sides[0] || sides[1] || plain.includes("°") || (fraction.test(first) && fraction.test(second))) {
      return ordered(degrees(first), degrees(second), sides);
    }
  }
  found = SEXAGESIMAL.exec(plain);
  if (!found || !/[°'NSEW]/.test(plain)) return null;
  const value = (at) => degrees(found[at]) + degrees(found[at + 1]) / 60 + degrees(found[at + 2]) / 3600;
  return ordered(value(2), value(7), [found[1] ?? found[5] ?? "", found[6] ?? found[10] ?? ""]);
}

function ordered(first, second, sides) {
  if ("EW".includes(sides[0] || "-") || "NS".includes(sides[1] || "-")) {
    [first, second, sides] = [second, first, [sides[1], sides[0]]];
  }
  if ("EW".includes(sides[0] || "-") || "NS".includes(sides[1] || "-")) return null;
  const point = [sides[0] === "S" ? -first : first, sides[1] === "W" ? -second : second];
  if (Math.abs(point[0]) > 90 || Math.abs(point[1]) > 180) return null;
  return point.map((one) => Math.round(one * 1e6) / 1e6);
}

/** Return the distance on a sphere between two points, in kilometres. */
export function distanceKm(a, b) {
  const [latA, lonA, latB, lonB] = [...a, ...b].map((one) => (one * Math.PI) / 180);
  const half = Math.sin((latB - latA) / 2) ** 2 + Math.cos(latA) * Math.cos(latB) * Math.sin((lonB - lonA) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.min(1, Math.sqrt(half)));
}

const hasDigit = (word) => /\d/.test(word);

function* splits(text) {
  const tokens = text.match(/[^\s,;]+/g) ?? [];
  const plain = tokens.map((token) => token.replace(/^[.()«»"]+|[.()«»"]+$/g, "").toLowerCase());
  for (let length = Math.min(5, tokens.length); length > 0; length--) yield* split(tokens, plain, 0, length);
  for (let length = Math.min(4, tokens.length - 1); length > 0; length--) yield* split(tokens, plain, tokens.length - length, tokens.length);
}

function* split(tokens, plain, first, after) {
  let name = plain.slice(first, after);
  let marked = 0;
  if (SETTLEMENT_WORDS.has(name[0])) [name, marked] = [name.slice(1), 1];
  if (name.length && HROMADA_WORDS.has(name.at(-1))) [name, marked] = [name.slice(0, -1), 2];
  if (!name.length || name.some(hasDigit) || name.some((word) => STREET_WORDS.has(word))) return;
  const follows = plain[after] ?? "";
  const before = first ? plain[first - 1] : "";
  if (!marked && STREET.test(before)) return;
  if (!marked && hasDigit(follows)) marked = STREET_LIKE;
  const address = [...tokens.slice(0, first), ...tokens.slice(after)].join(" ");
  yield { name: name.join(" "), address, rank: [marked, name.length, Number(first === 0)] };
}

/** The places of an area, ready to be searched. */
export class Area {
  /** @param {{places: object[], names: object, units: object}} slice @param {"uk" | "en"} language */
  constructor(slice, language) {
    this.slice = slice;
    this.language = language;
    this.byKey = new Map();
    for (const place of slice.places) {
      for (const key of place.keys) this.byKey.set(key, [...(this.byKey.get(key) ?? []), place]);
    }
  }

  /** Return {spots, chosen, note, exact} as the server does; `texts` are the notes. */
  find(text, texts) {
    const asked = text.slice(0, 200).split(/\s+/).filter(Boolean).join(" ");
    if (!asked) return { spots: [], chosen: null, note: "", exact: true };
    const point = coordinates(asked);
    return point ? this.near(point, texts) : this.named(asked, texts) ?? this.beginning(asked, texts);
  }

  near(point, texts) {
    const measured = this.slice.places.filter((place) => place.point && place.above.length)
      .map((place) => ({ place, km: distanceKm(point, place.point) })).sort((a, b) => a.km - b.km);
    const nearest = measured.find((one) => one.km <= NEAREST_KM);
    if (!nearest) return { spots: [], chosen: null, note: texts.nowhere, exact: true };
    return { spots: [this.spot(nearest.place, "", point)], chosen: 0, note: texts.nearest.replace("{km}", nearest.km.toFixed(1)), exact: true };
  }

  named(asked, texts) {
    const met = [];
    for (const one of splits(asked)) {
      for (const form of variants(one.name)) {
        for (const place of this.byKey.get(form) ?? []) met.push({ place, ...one, order: [...one.rank, place.people] });
      }
    }
    if (!met.length) return null;
    met.sort((a, b) => b.order.map((rank, nth) => rank - a.order[nth]).find((difference) => difference) ?? 0);
    const first = new Map();
    for (const one of met) if (!first.has(one.place.code)) first.set(one.place.code, one);
    const shown = [...first.values()].slice(0, MOST);
    const doubtful = shown[0].rank[0] === STREET_LIKE;
    const same = shown.filter((one) => one.name === shown[0].name);
    const several = same.length > 1;
    return {
      spots: shown.map((one) => this.spot(one.place, one.address, null)),
      chosen: several || doubtful ? null : 0,
      note: doubtful ? texts.doubtful : several ? texts.several : "",
      exact: !doubtful,
    };
  }

  beginning(asked, texts) {
    const tokens = asked.match(/[^\s,;]+/g) ?? [];
    const found = new Map();
    for (let length = Math.min(2, tokens.length); length > 0 && !tokens.slice(0, length).some(hasDigit); length--) {
      const words = tokens.slice(0, length).join(" ");
      const forms = variants(words);
      const bones = skeleton(words);
      for (const place of this.slice.places) {
        const fits = place.keys.some((key) => forms.some((form) => key.startsWith(form)) || (bones.length > 3 && skeleton(key).startsWith(bones)));
        if (fits && !found.has(place.code)) found.set(place.code, { place, address: tokens.slice(length).join(" ") });
      }
    }
    const shown = [...found.values()].sort((a, b) => b.place.people - a.place.people).slice(0, MOST);
    return { spots: shown.map((one) => this.spot(one.place, one.address, null)), chosen: null, note: texts.resembling, exact: false };
  }

  spot(place, address, point) {
    const said = (titles) => titles?.[this.language] ?? "";
    return {
      code: place.code, name: said(place.name), path: [...place.above].reverse().map((code) => said(this.slice.names[code])).join(", "),
      address, point, centre: place.point, own: true, zone: place.zone, unit: said(this.slice.units[place.unit]), officers: [],
    };
  }
}

export { fold };
