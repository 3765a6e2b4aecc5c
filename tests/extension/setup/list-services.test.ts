import { describe, expect, test } from 'vitest';
import { listServices, searchServices } from '../../../extension/setup/list-services.ts';

const bytesOf = (...lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));

const line = (key: string, name: unknown, collection: unknown = 'demo', terms: unknown = []): string =>
  `${key}\t${JSON.stringify({ collection, serviceId: 'x', name, terms })}`;

describe('services of the file', () => {
  test('come by name, whatever its accents and case', () => {
    const bytes = bytesOf(
      line('AAAAAAAA', 'Zeta'),
      line('BBBBBBBB', 'Älpha'),
      line('CCCCCCCC', 'mail 10'),
      line('DDDDDDDD', 'Mail 9'),
    );
    const { services } = listServices(bytes);
    expect(services.map(({ name }) => name)).toEqual(['Älpha', 'mail 10', 'Mail 9', 'Zeta']);
  });

  test('of one name come by collection', () => {
    const { services } = listServices(bytesOf(line('AAAAAAAA', 'Mail', 'two'), line('BBBBBBBB', 'Mail', 'one')));
    expect(services.map(({ collection }) => collection)).toEqual(['one', 'two']);
  });

  test('bring the types of their terms', () => {
    const terms = [['Privacy Policy', null, null, 0], ['Imprint'], 'x', [5], null];
    const { types } = listServices(
      bytesOf(line('AAAAAAAA', 'Mail', 'demo', terms), line('BBBBBBBB', 'Shop', 'demo', [['Imprint']])),
    );
    expect([...types].sort()).toEqual(['Imprint', 'Privacy Policy']);
  });

  test.each([
    ['no JSON', 'AAAAAAAA\t{'],
    ['no object', 'AAAAAAAA\t[]'],
    ['no name', line('AAAAAAAA', 5)],
    ['an empty name', line('AAAAAAAA', ' \u00a0')],
    ['no key', line('short', 'Mail')],
    ['a key that would be another item of the storage', line('../../..', 'Mail')],
    ['nothing', ''],
  ])('leave out a line with %s', (_what, text) => {
    expect(listServices(bytesOf(text)).services).toEqual([]);
  });

  test('have names that stay short, whole characters', () => {
    const [service] = listServices(bytesOf(line('AAAAAAAA', `${'x'.repeat(119)}😀😀`))).services;
    expect(service?.name).toBe(`${'x'.repeat(119)}…`);
  });

  test('of any length stay a list', () => {
    const long = 'x'.repeat(1_000_000);
    const terms = [[long], ['Imprint']];
    const line = `AAAAAAAA\t${JSON.stringify({ name: long, collection: long, terms })}\n`;
    const { services, types } = listServices(new TextEncoder().encode(line));
    expect([services[0]?.name.length, services[0]?.collection.length, types]).toEqual([121, 121, ['Imprint']]);
  });

  test('are none in a file that is cut off within a line', () => {
    expect(listServices(new TextEncoder().encode('AAAAAAAA\t{"name":"Ma'))).toEqual({ services: [], types: [] });
  });
});

describe('a search', () => {
  const { services } = listServices(
    bytesOf(line('AAAAAAAA', 'Example Mail'), line('BBBBBBBB', 'Mail of Málaga'), line('CCCCCCCC', 'Shop (a.*b)')),
  );
  const namesOf = (typed: string, most = 10): readonly string[] =>
    searchServices(services, typed, most).found.map(({ name }) => name);

  test.each([
    ['', ['Example Mail', 'Mail of Málaga', 'Shop (a.*b)']],
    ['mail', ['Mail of Málaga', 'Example Mail']],
    ['MALAGA', ['Mail of Málaga']],
    ['  mail   ex ', ['Example Mail']],
    ['a.*b', ['Shop (a.*b)']],
    ['(', ['Shop (a.*b)']],
    ['nowhere', []],
  ])('for “%s”', (typed, expected) => {
    expect(namesOf(typed)).toEqual(expected);
  });

  test('says how many it leaves out', () => {
    expect(searchServices(services, 'a', 1)).toMatchObject({ found: [{ name: 'Example Mail' }], more: 2 });
  });
});
