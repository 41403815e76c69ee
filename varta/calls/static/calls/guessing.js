// The kind of event that words are about. The twin of varta/calls/guessing.py: the same words, the same counting.

import { fold } from "./text.js";

const AGAINST = 2;
const LONGEST = 600;

const counted = (patterns, typed) => patterns
  .filter((pattern) => pattern.every((part) => part.some((form) => typed.has(form))))
  .reduce((sum, pattern) => sum + pattern.length, 0);

/**
 * Return the kinds that the words may be about, the likeliest first; none if nothing is recognised.
 * @param {{kind: string, words: string[][][], against: string[][][]}[]} known
 * @param {string} about
 */
export function guess(known, about, most = 3) {
  const typed = new Set();
  for (const word of fold([...about].slice(0, LONGEST).join("")).split(" ")) {
    typed.add(`=${word}`);
    for (let length = 1; length <= word.length; length++) typed.add(word.slice(0, length));
  }
  return known
    .map((one, nth) => ({ nth, kind: one.kind, points: counted(one.words, typed) - AGAINST * counted(one.against, typed) }))
    .filter((one) => one.points > 0)
    .sort((one, other) => other.points - one.points || one.nth - other.nth)
    .slice(0, most)
    .map((one) => one.kind);
}
