import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** What a text may say of sites that somebody visited: their names in any dress, or a common hash of them. */
export interface HintsOfSites {
  /** What in the text hints at one of the sites, in words; empty: nothing does. */
  find(text: string): readonly string[];
}

/** Of hexadecimal digits and base64 digits: 32 and 48 bits, below which nobody could tell a hint from chance. */
const SHORTEST = 8;
const HASHES = ['sha256', 'sha1', 'md5', 'sha512', 'sha384', 'sha224', 'sha3-256', 'blake2b512', 'ripemd160'] as const;

/**
 * @param hosts as in `URL.hostname`; of each, the host, the domains above it but for the last label, and the name below that
 * @param also other words that stand for a site alone: keys and ids of its services
 */
export function hintsOfSites(hosts: readonly string[], also: readonly string[] = []): HintsOfSites {
  const names = new Set([...hosts.map(registrableName), ...also]);
  const hashes = new Map<string, string>();
  for (const host of new Set(hosts)) {
    for (const subject of subjectsOf(host)) addHashes(hashes, subject);
  }
  return {
    find(text) {
      const plain = [...dressesOf(text)].flatMap((dress) => namesIn(dress, names));
      return [...new Set([...plain, ...hashesIn(text, hashes)])];
    },
  };
}

/** `larkmail` of `www.larkmail.test`. */
const registrableName = (host: string): string => host.split('.').at(-2) ?? host;

/** All that somebody would take a hash of. */
function subjectsOf(host: string): readonly string[] {
  const labels = host.split('.');
  const domains = labels.slice(0, -1).map((_, place) => labels.slice(place).join('.'));
  return [registrableName(host), ...domains].flatMap((name) => [
    ...[name, `${name}/`, `.${name}`, name.toUpperCase(), [...name].reverse().join('')],
    ...['http', 'https'].flatMap((scheme) => [`${scheme}://${name}`, `${scheme}://${name}/`]),
  ]);
}

function addHashes(hashes: Map<string, string>, subject: string): void {
  for (const kind of HASHES) {
    const digest = createHash(kind).update(subject).digest();
    hashes.set(digest.toString('hex').slice(0, SHORTEST), `${kind} of ${subject}`);
    hashes.set(digest.toString('base64').slice(0, SHORTEST), `${kind} of ${subject}, base64`);
  }
  const words = [['crc32', crc32(subject)], ...smallHashes(subject)] as const;
  for (const [kind, value] of words) {
    const hex = value.toString(16).padStart(8, '0');
    hashes.set(hex, `${kind} of ${subject}`);
    hashes.set(hex.match(/../g)?.reverse().join('') ?? hex, `${kind} of ${subject}`);
    if (value >= 10 ** (SHORTEST - 1)) hashes.set(String(value), `${kind} of ${subject}, decimal`);
  }
  for (const [kind, value] of wideHashes(subject)) {
    const hex = value.toString(16).padStart(16, '0');
    hashes.set(hex.slice(0, SHORTEST), `${kind} of ${subject}`);
    hashes.set(String(value), `${kind} of ${subject}, decimal`);
  }
}

/** FNV (http://www.isthe.com/chongo/tech/comp/fnv/) of 32 bits, Java's and Bernstein's. */
function smallHashes(text: string): readonly (readonly [kind: string, value: number])[] {
  let [fnv1, fnv1a, java, bernstein] = [0x811c9dc5, 0x811c9dc5, 0, 5381];
  for (const byte of Buffer.from(text)) {
    fnv1 = (Math.imul(fnv1, 0x01000193) ^ byte) >>> 0;
    fnv1a = Math.imul(fnv1a ^ byte, 0x01000193) >>> 0;
    java = (Math.imul(java, 31) + byte) >>> 0;
    bernstein = (Math.imul(bernstein, 33) + byte) >>> 0;
  }
  return [
    ['FNV-1', fnv1],
    ['FNV-1a', fnv1a],
    ['Java’s hash', java],
    ['Bernstein’s hash', bernstein],
  ];
}

function wideHashes(text: string): readonly (readonly [kind: string, value: bigint])[] {
  const PRIME = 0x100000001b3n;
  let [fnv1, fnv1a] = [0xcbf29ce484222325n, 0xcbf29ce484222325n];
  for (const byte of Buffer.from(text)) {
    fnv1 = BigInt.asUintN(64, fnv1 * PRIME) ^ BigInt(byte);
    fnv1a = BigInt.asUintN(64, (fnv1a ^ BigInt(byte)) * PRIME);
  }
  return [
    ['FNV-1 of 64 bits', fnv1],
    ['FNV-1a of 64 bits', fnv1a],
  ];
}

/** The text as it is, without percent signs, and what its runs of hexadecimal or base64 digits stand for. */
function* dressesOf(text: string): Generator<string> {
  yield text;
  yield text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  yield [...text].reverse().join('');
  for (const [run] of text.matchAll(/[\da-f]{8,}/gi)) {
    for (let skipped = 0; skipped < 2; skipped++) yield Buffer.from(run.slice(skipped), 'hex').toString('latin1');
  }
  for (const [run] of text.matchAll(/[\w+/-]{8,}/g)) {
    for (let skipped = 0; skipped < 4; skipped++) yield Buffer.from(run.slice(skipped), 'base64').toString('latin1');
  }
}

function namesIn(text: string, names: ReadonlySet<string>): readonly string[] {
  const lower = text.toLowerCase();
  return [...names].filter((name) => lower.includes(name.toLowerCase())).map((name) => `“${name}”`);
}

/** Each place of the text is looked at, since a hash may stand within others; decimal ones stand by themselves. */
function hashesIn(text: string, hashes: ReadonlyMap<string, string>): readonly string[] {
  const found = [...text.matchAll(/\d+/g)].map(([digits]) => hashes.get(digits));
  const lower = text.toLowerCase();
  const ordinary = text.replaceAll('-', '+').replaceAll('_', '/');
  for (let place = 0; place + SHORTEST <= text.length; place++) {
    found.push(hashes.get(lower.slice(place, place + SHORTEST)), hashes.get(ordinary.slice(place, place + SHORTEST)));
  }
  return found.filter((hint) => hint !== undefined);
}
