// Boxes for what waits in the browser. Anybody at this browser can close one with the officer's public key; only the
// private key, which the server releases to the signed-in officer and nobody stores, opens it.
// ECDH on P-256 with a key for each box, HKDF-SHA-256, AES-256-GCM.

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const coder = new TextEncoder();

/** Return whether this browser can keep boxes at all: it cannot on a page without HTTPS from another machine. */
export const available = () => Boolean(globalThis.isSecureContext && globalThis.crypto?.subtle && globalThis.indexedDB);

/** @param {JsonWebKey} jwk */
export const publicKey = (jwk) => crypto.subtle.importKey("jwk", jwk, CURVE, true, []);

/** Return the private key in a form that no script can read out again. @param {JsonWebKey} jwk */
export const privateKey = (jwk) => crypto.subtle.importKey("jwk", jwk, CURVE, false, ["deriveBits"]);

async function shared(own, other, iv, usage) {
  const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: other }, own, 256);
  const base = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: iv, info: coder.encode("varta desk box 1") };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, [usage]);
}

/**
 * Close a value in a box that opens only under the same mark.
 * @param {unknown} value @param {CryptoKey} to the public key @param {string} mark owner and key of the record
 */
export async function close(value, to, mark) {
  const own = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await shared(own.privateKey, to, iv, "encrypt");
  const how = { name: "AES-GCM", iv, additionalData: coder.encode(mark) };
  const sealed = await crypto.subtle.encrypt(how, key, coder.encode(JSON.stringify(value)));
  return { from: await crypto.subtle.exportKey("raw", own.publicKey), iv, sealed };
}

/** Return what a box holds. Throws where the key is not the right one or the box was changed. */
export async function open(box, key, mark) {
  const from = await crypto.subtle.importKey("raw", box.from, CURVE, false, []);
  const how = { name: "AES-GCM", iv: box.iv, additionalData: coder.encode(mark) };
  const plain = await crypto.subtle.decrypt(how, await shared(key, from, box.iv, "decrypt"), box.sealed);
  return JSON.parse(new TextDecoder().decode(plain));
}
