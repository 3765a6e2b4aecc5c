import { isObject, kindOf, memberPath } from './fault.ts';
import { readTerms } from './parse-terms.ts';
import type { Service, Terms } from './service.ts';
import type { ReadingContext } from './source-document.ts';
import { checkTermsType } from './terms-types.ts';

const HINT = 'Give the last moment of validity, such as "2024-03-01T10:00:00Z".';

/**
 * The declaration in force at a date: the first former one whose `validUntil` is not before it, else the current one.
 *
 * @returns undefined where none was: the type was never declared, or its declaration had been taken out by then.
 */
export function termsAt({ terms, history }: Service, type: string, date: Date): Terms | undefined {
  const former = history.get(type)?.find(({ validUntil }) => validUntil !== undefined && date <= validUntil);
  return former ?? terms.find((current) => current.type === type);
}

/**
 * Reads the value of a `<service id>.history.json`. Entries that cannot be used are left out, with faults.
 *
 * @returns terms type → former declarations, by ascending `validUntil`, as OTA sorts them too.
 */
export function readHistory(serviceId: string, value: unknown, context: ReadingContext): Map<string, Terms[]> {
  const { report } = context;
  const history = new Map<string, Terms[]>();
  if (!isObject(value)) {
    report('', `is ${kindOf(value)}; expected an object`, 'Write {"<terms type>": [{"fetch": …, "validUntil": …}]}.');
    return history;
  }
  for (const [type, entries] of Object.entries(value)) {
    const path = memberPath('', type);
    if (!checkTermsType(type, path, report)) continue;
    if (!Array.isArray(entries)) {
      report(path, `is ${kindOf(entries)}; expected an array of former declarations`, 'Put it in [ and ].');
      continue;
    }
    const former = entries.flatMap((entry, index) =>
      readEntry(serviceId, type, entry, memberPath(path, index), context),
    );
    const sorted = former.toSorted((a, b) => time(a) - time(b));
    const misplaced = former.findIndex((entry, index) => entry !== sorted[index]);
    if (misplaced !== -1) {
      report(
        path,
        'is not in the order of validUntil, oldest first; it is read as if it were',
        'Sort the entries.',
        'warning',
      );
    }
    for (const [index, entry] of sorted.entries()) {
      const next = sorted[index + 1];
      if (next && time(next) === time(entry)) {
        report(
          path,
          `has two entries valid until ${entry.validUntil?.toISOString()}; only the first is ever in force`,
          'Correct or take out one of them.',
          'warning',
        );
      }
    }
    history.set(type, sorted);
  }
  return history;
}

const time = ({ validUntil }: Terms): number => validUntil?.getTime() ?? Number.POSITIVE_INFINITY;

function readEntry(serviceId: string, type: string, entry: unknown, path: string, context: ReadingContext): Terms[] {
  const { report } = context;
  const validUntil = isObject(entry)
    ? readValidUntil(entry.validUntil, memberPath(path, 'validUntil'), context)
    : undefined;
  const terms = readTerms({ serviceId, type, validUntil }, entry, path, { ...context, report }, ['validUntil']);
  return terms && validUntil ? [terms] : [];
}

function readValidUntil(value: unknown, path: string, { report }: ReadingContext): Date | undefined {
  if (typeof value !== 'string') {
    const what = value === undefined ? 'is missing' : `is ${kindOf(value)}`;
    report(path, `${what}; expected a date and time (ISO 8601)`, HINT);
    return undefined;
  }
  const date = new Date(value);
  const isDate = !Number.isNaN(date.getTime());
  // A date of another form is used as OTA uses it, though its validation refuses it too.
  if (!isDate || !/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:?\d\d)$/.test(value)) {
    report(path, `${JSON.stringify(value)} is not a date and time with a time zone (ISO 8601)`, HINT);
  }
  return isDate ? date : undefined;
}
