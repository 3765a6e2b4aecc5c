import { FetchError } from './fetch-error.ts';

/** Codes by which Node.js and undici say that the other side took too long. */
const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
const resetCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'HPE_INVALID_EOF_STATE']);

/** The system's or undici's error code, from the innermost cause that has one. */
export function codeOf(error: unknown): string | undefined {
  let code: string | undefined;
  for (const cause of causesOf(error)) {
    if ('code' in cause && typeof cause.code === 'string') code = cause.code;
  }
  return code;
}

/** The connection was cut by the other side. */
export const isReset = (error: unknown): boolean => resetCodes.has(codeOf(error) ?? '');

/** What went wrong on the way to `location`: what a `FetchError` among the causes says, otherwise by the error's code. */
export function toFetchError(error: unknown, location: string): FetchError {
  for (const cause of causesOf(error)) if (cause instanceof FetchError) return naming(cause, location);
  const code = codeOf(error);
  if (code && timeoutCodes.has(code)) {
    return new FetchError('timeout', `${location} did not answer in time (${code})`, { cause: error });
  }
  const detail = code ?? (error instanceof Error ? error.message : String(error));
  return new FetchError('network', `${location} could not be fetched (${detail}); check the location and the network`, {
    cause: error,
  });
}

/** Faults of a connection name its host; whoever reads them looks for the location. */
function naming(fault: FetchError, location: string): FetchError {
  if (fault.message.includes(location)) return fault;
  const { reason, status, retryAfter } = fault;
  return new FetchError(reason, `${location}: ${fault.message}`, { status, retryAfter, cause: fault });
}

function* causesOf(error: unknown): Generator<Error> {
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 10; depth++) {
    yield current;
    current = current.cause;
  }
}
