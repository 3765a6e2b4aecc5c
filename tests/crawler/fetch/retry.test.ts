import { describe, expect, test } from 'vitest';
import { FetchError, type FetchErrorReason } from '../../../crawler/fetch/fetch-error.ts';
import { isTransient } from '../../../crawler/fetch/retry.ts';
import { faultOfStatus, parseRetryAfter } from '../../../crawler/fetch/status-faults.ts';

describe('which faults are tried again', () => {
  test.each([
    [403, 'blocked', true],
    [406, 'blocked', true],
    [401, 'blocked', false],
    [429, 'blocked', false],
    [451, 'blocked', false],
    [404, 'not-found', false],
    [410, 'not-found', false],
    [408, 'timeout', true],
    [400, 'server', false],
    [500, 'server', true],
    [501, 'server', false],
    [502, 'server', true],
    [503, 'server', true],
    [504, 'server', true],
    [304, 'server', false],
  ] as const)('status %i is %s: %s', (status, reason, again) => {
    const fault = faultOfStatus('https://terms.example/', status);
    expect(fault).toMatchObject({ reason, status });
    expect(fault && isTransient(fault)).toBe(again);
  });

  test.each([
    ['network', 'EAI_AGAIN', true],
    ['network', 'ECONNRESET', true],
    ['network', 'ECONNREFUSED', true],
    ['network', 'ENOTFOUND', false],
    ['network', 'CERT_HAS_EXPIRED', false],
    ['network', 'ERR_TLS_CERT_ALTNAME_INVALID', false],
    ['network', 'ERR_CERT_AUTHORITY_INVALID', false],
    ['timeout', undefined, true],
    ['too-large', undefined, false],
    ['forbidden-address', undefined, false],
    ['unsupported-type', undefined, false],
  ] as [FetchErrorReason, string | undefined, boolean][])('%s %s: %s', (reason, code, again) => {
    const cause = new Error('outer', { cause: Object.assign(new Error('inner'), { code }) });
    expect(isTransient(new FetchError(reason, 'fault', { cause }))).toBe(again);
  });

  test('2xx is no fault', () => expect(faultOfStatus('https://terms.example/', 203)).toBeUndefined());
});

test.each([
  ['120', 120],
  ['0', 0],
  ['Fri, 02 Jan 2026 00:01:00 GMT', 60],
  ['Thu, 01 Jan 2026 00:00:00 GMT', 0],
  ['soon', undefined],
  ['', undefined],
  [null, undefined],
])('Retry-After: %s', (header, seconds) =>
  expect(parseRetryAfter(header, new Date('2026-01-02T00:00:00Z'))).toBe(seconds),
);
