import { describe, expect, test } from 'vitest';
import { lookUpSite } from '../../helpers/extension/look-up-site.ts';

const index = new TextEncoder().encode(
  [
    'host.example\tAAAAAAAA,BBBBBBBB\t4b0\t1z',
    'mail.host.example\tCCCCCCCC\t\t0',
    'odd.example\tAAAAAAAA,<b>,../..\tzzzzz\t-1',
    'xn--bcher-kva.example\tDDDDDDDD\t0\t1',
    '',
  ].join('\n'),
);

describe('a host', () => {
  test.each([
    ['host.example', 'host.example'],
    ['www.host.example', 'host.example'],
    ['a.b.c.host.example', 'host.example'],
    ['host.example.', 'host.example'],
    ['mail.host.example', 'mail.host.example'],
    ['deep.mail.host.example', 'mail.host.example'],
    ['xmail.host.example', 'host.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['ghost.example', undefined],
    ['example', undefined],
    ['', undefined],
    ['127.0.0.1', undefined],
    [`${'a.'.repeat(200)}host.example`, undefined],
  ])('%s is of %s', (host, domain) => expect(lookUpSite(index, host)?.domain).toBe(domain));

  test('all services of a shared host, their last alert and its count', () =>
    expect(lookUpSite(index, 'host.example')).toEqual({
      domain: 'host.example',
      keys: ['AAAAAAAA', 'BBBBBBBB'],
      lastAlert: new Date(Date.UTC(2010, 0, 1) + Number.parseInt('4b0', 36) * 86_400_000).toISOString().slice(0, 10),
      alerts: 71,
    }));

  test('what a server should not have said is left out', () =>
    expect(lookUpSite(index, 'odd.example')).toEqual({
      domain: 'odd.example',
      keys: ['AAAAAAAA'],
      lastAlert: undefined,
      alerts: 0,
    }));
});
