import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { originPattern, readServer } from '../../../extension/state/server-address.ts';

describe('the address of a server', () => {
  test.each<[unknown, string | undefined]>([
    ['https://watch.example', 'https://watch.example'],
    ['https://watch.example/', 'https://watch.example'],
    ['  watch.example ', 'https://watch.example'],
    ['watch.example/terms/', 'https://watch.example/terms'],
    ['watch.example:8443', 'https://watch.example:8443'],
    ['https://watch.example:443/', 'https://watch.example'],
    ['HTTPS://Watch.Example/A//', 'https://watch.example/A'],
    ['https://watch.example/terms?user=1#top', 'https://watch.example/terms'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:7000', 'http://localhost:7000'],
    ['http://127.0.0.1:7000/', 'http://127.0.0.1:7000'],
    ['http://[::1]:7000', 'http://[::1]:7000'],
    ['http://watch.localhost', 'http://watch.localhost'],
    ['http://watch.example', undefined],
    ['http://127.0.0.1.evil.example', undefined],
    ['http://localhost.evil.example', undefined],
    ['https://me:secret@watch.example', undefined],
    ['https://me@watch.example', undefined],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['file:///etc/hosts', undefined],
    ['moz-extension://x/y', undefined],
    ['https://', undefined],
    ['not a server', undefined],
    ['', undefined],
    ['   ', undefined],
    [undefined, undefined],
    [7, undefined],
    [['https://watch.example'], undefined],
  ])('%j → %s', (typed, expected) => expect(readServer(typed)).toBe(expected));

  test('whatever is typed: none, or one that is read as itself', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), (typed) => {
        const server = readServer(typed);
        if (server === undefined) return;
        expect(readServer(server)).toBe(server);
        expect(new URL(`${server}/api/extension`).username).toBe('');
      }),
    ));
});

test.each([
  ['https://watch.example:8443/terms', 'https://watch.example/*'],
  ['http://127.0.0.1:7000', 'http://127.0.0.1/*'],
])('the permission for %s is %s', (server, pattern) => expect(originPattern(server)).toBe(pattern));
