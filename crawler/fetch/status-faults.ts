import { FetchError, type FetchErrorReason } from './fetch-error.ts';

/** Statuses whose reason is not the one of their class. */
const reasons: Readonly<Record<number, FetchErrorReason>> = {
  401: 'blocked',
  402: 'blocked',
  403: 'blocked',
  404: 'not-found',
  406: 'blocked',
  407: 'blocked',
  408: 'timeout',
  410: 'not-found',
  429: 'blocked',
  451: 'blocked',
};

const nextSteps: Partial<Record<FetchErrorReason, string>> = {
  blocked: 'the service refuses us; try executeClientScripts, or another language or user agent',
  'not-found': 'look up where the document is now and correct the declaration',
  server: 'the fault is on the side of the service; it is checked again on the next run',
};

/** The fault that an answer's status means; undefined for 2xx. A 304 is one too, where it was not asked for. */
export function faultOfStatus(
  location: string,
  status: number,
  retryAfter: number | undefined = undefined,
): FetchError | undefined {
  if (status >= 200 && status < 300) return undefined;
  const reason = reasons[status] ?? 'server';
  const nextStep = nextSteps[reason];
  return new FetchError(reason, `${location} answered ${status}${nextStep ? `: ${nextStep}` : ''}`, {
    status,
    retryAfter,
  });
}

/** Seconds to wait by a `Retry-After` header: seconds or a date (RFC 9110, 10.2.3); undefined when absent or unreadable. */
export function parseRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now.getTime()) / 1000));
}
