import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Fault, reportTo } from './fault.ts';
import { whyUnreadable } from './why-unreadable.ts';
import { readYaml, reportIssues } from './yaml-file.ts';

const FILE = 'metadata.yml';

const text = z.string({ error: 'expected a text' }).min(1, { error: 'expected a text that is not empty' });
const address = z.url({ protocol: /^https?$/, error: 'expected an address that starts with http:// or https://' });
const list = <Item extends z.ZodType>(item: Item) => z.array(item, { error: 'expected a list' });
const object = { error: 'expected keys with values' };
const date = z.iso.date({ error: 'expected a date such as 2024-03-01' });
const language = text.regex(/^[a-z]{2}$/, { error: 'expected an ISO 639-1 language code such as en' });
const jurisdiction = text.regex(/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/, { error: 'expected a region code such as FR or EU' });
const role = z.enum(['host', 'administrator', 'curator', 'maintainer', 'sponsor', 'sysadmin'], {
  error: 'expected one of host, administrator, curator, maintainer, sponsor, sysadmin',
});

/** `metadata.yml`: who keeps a collection, and what it is. Keys and formats are OTA's. */
const schema = z.strictObject(
  {
    id: text,
    name: text,
    tagline: text,
    languages: list(language),
    jurisdictions: list(jurisdiction),
    description: text.optional(),
    dataset: address.optional(),
    declarations: address.optional(),
    versions: address.optional(),
    snapshots: address.optional(),
    donations: z.union([address, z.null()], { error: 'expected an address, or null' }).optional(),
    logo: address.optional(),
    trackingPeriods: list(
      z.strictObject(
        {
          startDate: date,
          endDate: date.optional(),
          schedule: text,
          serverLocation: text,
        },
        object,
      ),
    ).optional(),
    governance: z
      .record(
        text,
        z.strictObject({ url: address.optional(), logo: address.optional(), roles: list(role) }, object),
        object,
      )
      .optional(),
    i18n: z.record(language, z.record(text, z.unknown(), object), object).optional(),
  },
  object,
);

export type Metadata = z.infer<typeof schema>;

/**
 * Reads a collection's `metadata.yml`.
 *
 * @returns `metadata` undefined where the file is absent (a warning) or faulty.
 */
export async function loadMetadata(
  collectionDirectory: string,
): Promise<{ metadata: Metadata | undefined; faults: Fault[] }> {
  try {
    return parseMetadata(await readFile(join(collectionDirectory, FILE), 'utf8'));
  } catch (error) {
    const faults: Fault[] = [];
    const isAbsent = (error as NodeJS.ErrnoException).code === 'ENOENT';
    reportTo(faults, undefined, FILE)(
      '',
      isAbsent ? 'is missing' : whyUnreadable(error),
      'Write one with id, name, tagline, languages and jurisdictions, so that others can see whose collection this is.',
      isAbsent ? 'warning' : 'fault',
    );
    return { metadata: undefined, faults };
  }
}

/** Reads the text of a `metadata.yml`. */
export function parseMetadata(source: string): { metadata: Metadata | undefined; faults: Fault[] } {
  const faults: Fault[] = [];
  const report = reportTo(faults, undefined, FILE);
  const read = readYaml(source, report);
  if (!read) return { metadata: undefined, faults };
  const result = schema.safeParse(read.value, { reportInput: true });
  reportIssues(result.error, report, {
    keysAt: (path) => (path.length === 0 ? Object.keys(schema.shape) : []),
    hint: 'Correct it; the format is that of Open Terms Archive.',
  });
  return { metadata: result.data, faults };
}
