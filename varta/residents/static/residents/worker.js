// Finds the counter whose hash begins as the challenge asks (ALTCHA, SHA-256). The hash is written out here
// because the browser's own is missing on pages without HTTPS and slow for many small texts.

const K = new Uint32Array(64);
const START = new Uint32Array(8);
for (let prime = 2, found = 0; found < 64; prime++) {
  let divisor = 2;
  while (divisor * divisor <= prime && prime % divisor) divisor++;
  if (divisor * divisor <= prime) continue;
  K[found] = fraction(Math.cbrt(prime));
  if (found < 8) START[found] = fraction(Math.sqrt(prime));
  found++;
}

/** Return the first 32 bits after the point. */
function fraction(number) {
  return (number - Math.floor(number)) * 2 ** 32;
}

const w = new Uint32Array(64);

/** Return the SHA-256 of at most 55 bytes, as eight words. */
function sha256(bytes) {
  w.fill(0, 0, 16);
  for (let at = 0; at < bytes.length; at++) w[at >> 2] |= bytes[at] << (24 - 8 * (at & 3));
  w[bytes.length >> 2] |= 0x80 << (24 - 8 * (bytes.length & 3));
  w[15] = bytes.length * 8;
  for (let t = 16; t < 64; t++) {
    const a = w[t - 15];
    const b = w[t - 2];
    const s0 = ((a >>> 7) | (a << 25)) ^ ((a >>> 18) | (a << 14)) ^ (a >>> 3);
    const s1 = ((b >>> 17) | (b << 15)) ^ ((b >>> 19) | (b << 13)) ^ (b >>> 10);
    w[t] = w[t - 16] + s0 + w[t - 7] + s1;
  }
  let a = START[0], b = START[1], c = START[2], d = START[3];
  let e = START[4], f = START[5], g = START[6], h = START[7];
  for (let t = 0; t < 64; t++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const one = (h + s1 + ((e & f) ^ (~e & g)) + K[t] + w[t]) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  return Uint32Array.of(
    a + START[0], b + START[1], c + START[2], d + START[3], e + START[4], f + START[5], g + START[6], h + START[7],
  );
}

/** Return the bytes of eight words. */
function bytesOf(words) {
  const bytes = new Uint8Array(32);
  words.forEach((word, at) => new DataView(bytes.buffer).setUint32(4 * at, word));
  return bytes;
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** Return {counter, derivedKey, time} for the parameters of a challenge. */
function solve({ salt, nonce, cost, keyPrefix, keyLength }) {
  const begun = performance.now();
  const head = [...unhex(salt), ...unhex(nonce)];
  const text = Uint8Array.from([...head, 0, 0, 0, 0]);
  const view = new DataView(text.buffer);
  for (let counter = 0; ; counter++) {
    view.setUint32(head.length, counter);
    let words = sha256(text);
    for (let round = 1; round < cost; round++) words = sha256(bytesOf(words));
    const first = (words[0] >>> 0).toString(16).padStart(8, "0");
    if (!first.startsWith(keyPrefix)) continue;
    return { counter, derivedKey: hex(bytesOf(words)).slice(0, 2 * keyLength), time: performance.now() - begun };
  }
}

onmessage = (event) => postMessage(solve(event.data));
