import type { FetchError, FetchErrorReason } from './fetch-error.ts';
import { codeOf } from './network-faults.ts';

/** Answers that often pass within minutes (Open Terms Archive's list). */
const transientStatuses = new Set([403, 406, 500, 502, 503, 504]);

/** Faults of the network that the same location will still have at the end of the run: unknown names, bad certificates. */
const lastingCodes =
  /^(ENOTFOUND|ERR_CERT_|ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED|UNABLE_TO_|ERR_INVALID_URL|ERR_SSL_)/;

const byStatus = ({ status }: FetchError): boolean => status !== undefined && transientStatuses.has(status);

/** The one table that decides whether a failed fetch gets another try at the end of the run. */
const transient: Readonly<Record<FetchErrorReason, (error: FetchError) => boolean>> = {
  blocked: byStatus,
  'not-found': () => false,
  timeout: () => true,
  network: (error) => !lastingCodes.test(codeOf(error) ?? ''),
  server: byStatus,
  'too-large': () => false,
  'forbidden-address': () => false,
  'unsupported-type': () => false,
};

/** Whether the fault may be gone when the document is fetched again at the end of the run. */
export const isTransient = (error: FetchError): boolean => transient[error.reason](error);
