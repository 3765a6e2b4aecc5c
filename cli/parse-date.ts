import { InvalidArgumentError } from 'commander';

const ISO_DATE = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/** A date alone is its first moment in UTC. @throws InvalidArgumentError that shows what is expected. */
export function parseDate(value: string): Date {
  const date = ISO_DATE.test(value) ? new Date(value) : new Date(Number.NaN);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidArgumentError('Expected a date such as 2024-03-01 or 2024-03-01T10:00:00Z.');
  }
  return date;
}
