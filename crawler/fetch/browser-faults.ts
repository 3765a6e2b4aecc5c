import { FetchError } from './fetch-error.ts';

/** Chromium's names for network faults that are not simply "network". */
const faults: Readonly<Record<string, { reason: FetchError['reason']; code?: string }>> = {
  'net::ERR_TIMED_OUT': { reason: 'timeout' },
  'net::ERR_CONNECTION_TIMED_OUT': { reason: 'timeout' },
  'net::ERR_TOO_MANY_REDIRECTS': { reason: 'server' },
  'net::ERR_EMPTY_RESPONSE': { reason: 'network', code: 'ECONNRESET' },
  'net::ERR_CONNECTION_RESET': { reason: 'network', code: 'ECONNRESET' },
  'net::ERR_CONNECTION_CLOSED': { reason: 'network', code: 'ECONNRESET' },
  'net::ERR_UNKNOWN_URL_SCHEME': { reason: 'forbidden-address' },
  'net::ERR_DISALLOWED_URL_SCHEME': { reason: 'forbidden-address' },
};

/** What Chromium's name for a failed navigation (`net::ERR_…`) means. */
export function faultOfNavigation(location: string, errorText: string): FetchError {
  const { reason, code } = faults[errorText] ?? { reason: 'network' };
  const cause = Object.assign(new Error(errorText), { code: code ?? errorText.replace('net::', '') });
  return new FetchError(reason, `${location} could not be loaded in the browser (${errorText})`, { cause });
}
