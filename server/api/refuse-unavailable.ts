import { ApiError } from './api-error.ts';
import type { UnavailableCollection } from './contract.ts';

/** Refuses a file that would leave a collection out: it would look complete. @throws ApiError of code `index-unavailable` */
export function refuseUnavailable([missing]: readonly UnavailableCollection[]): void {
  if (!missing) return;
  throw new ApiError('index-unavailable', `“${missing.collection}” cannot answer just now. ${missing.message}`, {
    next: 'Ask again in a few seconds, or name the other collections.',
    retryAfter: 10,
  });
}
