import { z } from '@hono/zod-openapi';

// Parameters as they stand in addresses. A key that stands there once arrives as a text, else as an array of texts.

const MOST_VALUES = 50;
/** A service's id is part of a file name, which has at most 255 bytes. */
const LONGEST_NAME = 255;

const once = (expected: string) => ({
  error: ({ input }: { input?: unknown }) =>
    Array.isArray(input) ? 'is given more than once; give it once' : `is missing; expected ${expected}`,
});

/** Characters that no name, no text and no query holds. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;

const plain = (longest: number, ifEmpty = 'is empty; leave it out or give a text') =>
  z
    .string(once('a text'))
    .min(1, { error: ifEmpty })
    .max(longest, { error: `is longer than ${longest.toLocaleString('en')} characters` })
    .refine((value) => !CONTROL.test(value), { error: 'has a control character' });

/** One text. @param ifEmpty says what to do where it is empty and cannot be left out */
export const text = (description: string, longest = LONGEST_NAME, ifEmpty?: string) =>
  plain(longest, ifEmpty).openapi({ description, type: 'string', minLength: 1, maxLength: longest });

/** Any of several texts: the key may be repeated. */
export const texts = (description: string) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .pipe(z.array(plain(LONGEST_NAME)).max(MOST_VALUES, { error: `is given more than ${MOST_VALUES} times` }))
    .optional()
    .openapi({
      description: `${description} May be repeated: any of them.`,
      type: 'array',
      maxItems: MOST_VALUES,
      items: { type: 'string', minLength: 1, maxLength: LONGEST_NAME },
    });

const DATE_HINT = 'expected a date such as 2024-03-01, or a date and time such as 2024-03-01T10:00:00Z';

const readDate = (endOfDay: boolean) =>
  z.string(once('a date')).transform((value, context) => {
    if (z.iso.date().safeParse(value).success) return new Date(`${value}T${endOfDay ? '23:59:59.999' : '00:00:00'}Z`);
    if (z.iso.datetime({ offset: true }).safeParse(value).success) return new Date(value);
    context.addIssue({ code: 'custom', message: `is no date; ${DATE_HINT}` });
    return z.NEVER;
  });

/** A moment; a date without time is the beginning of that day (UTC). */
export const moment = (description: string) =>
  readDate(false)
    .optional()
    .openapi({ description: `${description} ISO 8601; a date without time is its first moment, UTC.`, type: 'string' });

/** A day or moment at which something was in force; a date without time is the end of that day (UTC). */
export const pointInTime = (description: string) =>
  readDate(true)
    .optional()
    .openapi({ description: `${description} ISO 8601; a date without time is its last moment, UTC.`, type: 'string' });

/** A whole number from `least` to `most`. */
export const whole = (description: string, { least, most, preset }: { least: number; most: number; preset: number }) =>
  z
    .string(once('a whole number'))
    .transform((value, context) => {
      const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
      if (number >= least && number <= most) return number;
      context.addIssue({ code: 'custom', message: `has to be a whole number from ${least} to ${most}` });
      return z.NEVER;
    })
    .default(preset)
    .openapi({ description, type: 'integer', minimum: least, maximum: most, default: preset });

/** One of some words. */
export const oneOf = <const Words extends readonly [string, ...string[]]>(
  description: string,
  words: Words,
  preset: Words[number],
) =>
  z
    .enum(words, {
      error: ({ input }) =>
        Array.isArray(input) ? 'is given more than once; give it once' : `has to be one of ${words.join(', ')}`,
    })
    .default(preset as never)
    .openapi({ description, default: preset });

/** One of some words, or nothing. */
export const choice = <const Words extends readonly [string, ...string[]]>(description: string, words: Words) =>
  z
    .enum(words, {
      error: ({ input }) =>
        Array.isArray(input) ? 'is given more than once; give it once' : `has to be one of ${words.join(', ')}`,
    })
    .optional()
    .openapi({ description });

/** Any of some words: the key may be repeated. */
export const someOf = <const Words extends readonly [string, ...string[]]>(description: string, words: Words) =>
  z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (typeof value === 'string' ? [value] : value))
    .pipe(z.array(z.string()).max(MOST_VALUES, { error: `is given more than ${MOST_VALUES} times` }))
    .transform((values, context) => {
      const known = values.flatMap((value): Words[number][] => words.filter((word) => word === value));
      // Once, however many there are: the list may be long.
      if (known.length < values.length) {
        context.addIssue({ code: 'custom', message: `has to be one of ${words.join(', ')}` });
      }
      return known;
    })
    .optional()
    .openapi({
      description: `${description} May be repeated: any of them.`,
      type: 'array',
      maxItems: MOST_VALUES,
      items: { type: 'string', enum: [...words] },
    });

export const CURSOR = text(
  '`nextCursor` of the part before. Records that come in between do not move it.',
  16_000,
).optional();

/**
 * Parameters of a query: others are refused, so that a misspelt filter does not silently leave everything in; so is a
 * time that ends before it begins, in which nothing can be.
 */
export const query = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape).superRefine((value: Readonly<Record<string, unknown>>, context) => {
    const { since, until } = value;
    if (!(since instanceof Date && until instanceof Date) || since <= until) return;
    context.addIssue({ code: 'custom', path: ['since'], message: 'is after “until”; nothing is in between' });
  });
