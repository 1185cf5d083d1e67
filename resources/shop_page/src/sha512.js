// SHA-512 for pages whose browser gives no crypto, in a few lines: its constants are worked out, not carried.

const ALL = (1n << 64n) - 1n;

/** The first 64 bits behind the point of a prime's root. */
function root(prime, degree) {
  const wanted = BigInt(prime) << (64n * degree);
  let found = 0n;
  for (let bit = 1n << 68n; bit; bit >>= 1n) if ((found | bit) ** degree <= wanted) found |= bit;
  return found & ALL;
}

/** A value turned right by each of these counts, all of it mixed. */
const mixed = (value, ...counts) => counts.reduce((sum, count) => sum ^ (value >> count) ^ ((value << (64n - count)) & ALL), 0n);

let rounds;
let first;

/** The digest of some bytes, as node's crypto gives it; a test compares every length up to three blocks. */
export function sha512(message) {
  if (!rounds) {
    const primes = [];
    for (let number = 2; primes.length < 80; number++) if (primes.every((prime) => number % prime)) primes.push(number);
    rounds = primes.map((prime) => root(prime, 3n));
    first = primes.slice(0, 8).map((prime) => root(prime, 2n));
  }
  const size = ((message.length + 144) >> 7) << 7;
  const padded = new Uint8Array(size);
  padded.set(message);
  padded[message.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(size - 4, message.length * 8);
  const state = [...first];
  for (let at = 0; at < size; at += 128) block(view, at, state);
  const digest = new DataView(new ArrayBuffer(64));
  state.forEach((value, place) => digest.setBigUint64(place * 8, value));
  return new Uint8Array(digest.buffer);
}

function block(view, at, state) {
  const words = [];
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 80; i++) {
    const early = words[i - 15];
    const late = words[i - 2];
    words[i] =
      i < 16
        ? view.getBigUint64(at + i * 8)
        : (words[i - 16] + (mixed(early, 1n, 8n) ^ (early >> 7n)) + words[i - 7] + (mixed(late, 19n, 61n) ^ (late >> 6n))) & ALL;
    const one = h + mixed(e, 14n, 18n, 41n) + ((e & f) ^ (~e & g)) + rounds[i] + words[i];
    const two = mixed(a, 28n, 34n, 39n) + ((a & b) ^ (a & c) ^ (b & c));
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) & ALL, c, b, a, (one + two) & ALL];
  }
  [a, b, c, d, e, f, g, h].forEach((value, place) => (state[place] = (state[place] + value) & ALL));
}
