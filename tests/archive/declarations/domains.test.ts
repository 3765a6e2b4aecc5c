import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDomain, registrableDomain } from '../../../archive/declarations/domain-name.ts';
import { loadDomains, parseDomains } from '../../../archive/declarations/domains.ts';
import { temporaryDirectory } from '../../helpers/temporary-directory.ts';

const SERVICES = ['Larkmail', 'Gullnet', '1337', 'Yes'];
const faultsOf = (source: string): string[] =>
  parseDomains(source, SERVICES).faults.map(({ path, message }) => `${path}: ${message}`);

test('everything that there can be', () => {
  const { domains, faults } = parseDomains(
    `
larkmail.example: Larkmail
help.shared.test: [Gullnet, Larkmail] # shared
docs.shared.test: []
Bücher.example: Gullnet
xn--mnchen-3ya.example: Gullnet
LOUD.example: Larkmail
elite.example: 1337
agreed.example: Yes
list.co.uk:
  - Larkmail
me.github.io: Gullnet
`,
    SERVICES,
  );
  expect(faults).toEqual([]);
  expect([...(domains ?? [])]).toEqual([
    ['larkmail.example', ['Larkmail']],
    ['help.shared.test', ['Gullnet', 'Larkmail']],
    ['docs.shared.test', []],
    ['xn--bcher-kva.example', ['Gullnet']],
    ['xn--mnchen-3ya.example', ['Gullnet']],
    ['loud.example', ['Larkmail']],
    ['elite.example', ['1337']],
    ['agreed.example', ['Yes']],
    ['list.co.uk', ['Larkmail']],
    ['me.github.io', ['Gullnet']],
  ]);
});

test.each<[string, string, string[]]>([
  ['an unknown service', 'a.example: Larkmial', ['["a.example"]: no service “Larkmial” is declared']],
  [
    'an address',
    'https://a.example/terms: Larkmail',
    ['["https://a.example/terms"]: at line 1: is an address, not a host'],
  ],
  ['a path', 'a.example/terms: Larkmail', ['["a.example/terms"]: at line 1: is an address, not a host']],
  ['a port', 'a.example:8080: Larkmail', ['["a.example:8080"]: at line 1: has a port']],
  [
    'a public suffix',
    'co.uk: Larkmail',
    ['["co.uk"]: at line 1: is a public suffix, under which anybody may have a name'],
  ],
  ['a top-level domain', 'com: Larkmail', ['com: at line 1: is a public suffix, under which anybody may have a name']],
  [
    'a private suffix',
    'github.io: Larkmail',
    ['["github.io"]: at line 1: is a public suffix, under which anybody may have a name'],
  ],
  ['an IP address', '192.0.2.1: Larkmail', ['["192.0.2.1"]: at line 1: is an IP address']],
  ['an IPv6 address', '"[2001:db8::1]": Larkmail', ['["[2001:db8::1]"]: at line 1: is an IP address']],
  ['an IP address in disguise', '0x7f.1: Larkmail', ['["0x7f.1"]: at line 1: is an IP address']],
  ['a wildcard', '"*.a.example": Larkmail', ['["*.a.example"]: at line 1: has a wildcard']],
  ['www.', 'www.a.example: Larkmail', ['["www.a.example"]: at line 1: begins with www.']],
  ['a dot at the end', 'a.example.: Larkmail', ['["a.example."]: at line 1: ends in a dot']],
  ['no host', 'a b.example: Larkmail', ['["a b.example"]: at line 1: is not a host']],
  ['an empty part', 'a..example: Larkmail', ['["a..example"]: at line 1: is not a host']],
  ['nothing', 'a.example:', ['["a.example"]: is empty; expected services']],
  ['an object', 'a.example: {b: c}', ['["a.example"]: is an object; expected services']],
  ['a list of no ids', 'a.example: [{b: c}]', ['["a.example"][0]: is an object; expected the id of a service']],
  ['an id twice', 'a.example: [Larkmail, Larkmail]', ['["a.example"][1]: “Larkmail” is given twice']],
  [
    'a domain twice, in two ways',
    'bücher.example: Larkmail\nxn--bcher-kva.example: Gullnet',
    ['["xn--bcher-kva.example"]: at line 2: is given at line 1 already; that one counts'],
  ],
  [
    'the very same domain twice',
    'a.example: Larkmail\na.example: Gullnet',
    ['["a.example"]: at line 2: is given at line 1 already; that one counts'],
  ],
  ['a list', '- a.example', [': is a list; expected domains with services']],
])('%s is a fault', (_, source, faults) => {
  expect(faultsOf(source)).toEqual(faults);
});

test('all faults are listed, and the lines without one count', () => {
  const { domains, faults } = parseDomains(
    'com: Larkmail\na.example: Larkmail\nb.example: [Nobody]\nc.example: 5\n',
    SERVICES,
  );
  expect(faults.length).toBe(3);
  expect([...(domains ?? [])]).toEqual([['a.example', ['Larkmail']]]);
});

test('hints say what to write', () => {
  const hintOf = (source: string): string | undefined => parseDomains(source, SERVICES).faults[0]?.hint;
  expect(hintOf('https://www.a.example/terms: Larkmail')).toBe('Write the host alone: a.example');
  expect(hintOf('"*.a.example": Larkmail')).toBe('Write a.example: it stands for all hosts below it.');
  expect(hintOf('a.example: larkmial')).toBe('Did you mean “Larkmail”?');
});

test('what is no YAML is told with its place, and nothing is read', () => {
  const { domains, faults } = parseDomains('a.example: [Larkmail\nb: c: d', SERVICES);
  expect(domains).toBeUndefined();
  expect(faults[0]?.message).toMatch(/^not YAML, at line \d/);
});

test('a file of aliases or of nothing does no harm', () => {
  expect(parseDomains('# nothing yet\n').domains?.size).toBe(0);
  expect(parseDomains('').domains?.size).toBe(0);
  const { domains } = parseDomains('a.example: &all [Larkmail]\nb.example: *all\n', SERVICES);
  expect(domains?.get('b.example')).toEqual(['Larkmail']);
  expect(parseDomains('a.example: *none').faults.length).toBeGreaterThan(0);
});

describe('the file', () => {
  test('need not be there', async () => {
    expect(await loadDomains(await temporaryDirectory())).toEqual({ domains: new Map(), faults: [] });
  });

  test('that cannot be read is a fault', async () => {
    const directory = await temporaryDirectory();
    await mkdir(join(directory, 'domains.yml'));
    const { domains, faults } = await loadDomains(directory);
    expect([domains, faults.length]).toEqual([undefined, 1]);
  });

  test('is read', async () => {
    const directory = await temporaryDirectory();
    await writeFile(join(directory, 'domains.yml'), 'a.example: Larkmail\n');
    expect((await loadDomains(directory, SERVICES)).domains?.get('a.example')).toEqual(['Larkmail']);
  });
});

test.each([
  ['shop.example.co.uk', 'example.co.uk'],
  ['me.github.io', 'me.github.io'],
  ['a.me.github.io', 'me.github.io'],
  ['deep.larkmail.example', 'larkmail.example'],
  ['github.io', undefined],
  ['co.uk', undefined],
  ['localhost', undefined],
  ['127.0.0.1', undefined],
  ['[::1]', undefined],
])('%s was registered as %s', (host, domain) => expect(registrableDomain(host)).toBe(domain));

test('a name of any length or kind is read in no time', () => {
  for (const text of ['a'.repeat(1_000_000), 'a.'.repeat(500_000), '\u0000.example', '\uD800.example', '']) {
    expect('domain' in readDomain(text)).toBe(false);
  }
});
