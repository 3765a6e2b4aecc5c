import { ApiError } from './api-error.ts';

/** What was in force is known of the past only. A date without time is the end of its day, so today is none. */
export function refuseFuture(
  date: Date,
  now: Date,
  parameter = 'date',
  next = 'Leave the date out for the latest version.',
): void {
  const endOfToday = new Date(now);
  endOfToday.setUTCHours(23, 59, 59, 999);
  if (date <= endOfToday) return;
  throw new ApiError('invalid-request', `${date.toISOString()} lies in the future.`, {
    next,
    faults: [{ parameter, message: 'lies in the future' }],
  });
}
