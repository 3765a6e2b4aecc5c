import { validate as isCron } from 'node-cron';
import { z } from 'zod';
import { isRemoteLocation, readRemoteLocation, withoutUserinfo } from '../git/remote-location.ts';
import { whyNotCollectionId } from './collection-id.ts';

const text = z.string({ error: 'expected a text' }).trim().min(1, { error: 'expected a text that is not empty' });
const flag = z.boolean({ error: 'expected true or false' });
const object = { error: 'expected keys with values' };

/** A message can only be made once the value is known, so the check makes it itself. */
const checked = (whyNot: (value: string) => string | undefined): z.ZodType<string> =>
  text.check((context) => {
    const message = whyNot(context.value);
    if (message !== undefined) context.issues.push({ code: 'custom', message, input: withoutUserinfo(context.value) });
  });

const path = checked((value) => (isRemoteLocation(value) ? 'expected a path' : noOption(value)));
const pathOrRemote = checked((value) =>
  isRemoteLocation(value) ? readRemoteLocation(value).refused : noOption(value),
);
const cron = checked((value) => (isCron(value) ? undefined : 'expected a cron expression such as "30 */12 * * *"'));

const noOption = (value: string): string | undefined =>
  value.startsWith('-') || value.includes('\0') ? 'expected a path, or an address such as https://…' : undefined;

const entry = z.strictObject(
  {
    name: text.optional(),
    default: flag.optional(),
    tracked: flag.optional(),
    schedule: cron.optional(),
    declarations: pathOrRemote.optional(),
    versions: pathOrRemote.optional(),
    snapshots: pathOrRemote.optional(),
    data: path.optional(),
  },
  object,
);

export const configurationSchema = z.strictObject(
  {
    data: path.optional(),
    lists: path.optional(),
    collections: z
      .record(checked(whyNotCollectionId) as z.ZodType<string, string>, entry, object)
      .refine((collections) => Object.keys(collections).length > 0, { error: 'expected at least one collection' }),
  },
  object,
);

export type ConfigurationFile = z.infer<typeof configurationSchema>;

/** Known keys of the object at a path in the file. */
export function keysAt(at: readonly PropertyKey[]): readonly string[] {
  if (at.length === 0) return Object.keys(configurationSchema.shape);
  return at.length === 2 ? Object.keys(entry.shape) : [];
}
