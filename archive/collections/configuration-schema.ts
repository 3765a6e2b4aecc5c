import { validate as isCron } from 'node-cron';
import { z } from 'zod';
import { isRemoteLocation, readRemoteLocation, withoutUserinfo } from '../git/remote-location.ts';

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

const entryKeys = {
  name: text,
  default: flag,
  tracked: flag,
  schedule: cron,
  declarations: pathOrRemote,
  versions: pathOrRemote,
  snapshots: pathOrRemote,
  data: path,
};

const entry = z.strictObject(entryKeys, object).partial();

/** Ids are checked beside it: what stands below an id that is none would not be looked at. */
export const configurationSchema = z.strictObject(
  {
    data: path.optional(),
    lists: path.optional(),
    collections: z
      .record(z.string(), entry, object)
      .refine((collections) => Object.keys(collections).length > 0, { error: 'expected at least one collection' }),
  },
  object,
);

export type ConfigurationFile = z.infer<typeof configurationSchema>;

const sound = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);

const soundSchema = z.object({
  data: sound(path),
  lists: sound(path),
  collections: z
    .record(
      z.string(),
      z
        .object({
          name: sound(text),
          default: sound(flag),
          tracked: sound(flag),
          schedule: sound(cron),
          declarations: sound(pathOrRemote),
          versions: sound(pathOrRemote),
          snapshots: sound(pathOrRemote),
          data: sound(path),
        })
        .catch({}),
    )
    .catch({}),
});

/** What of a file with faults is as it should be: for looking for the faults that only appear together. */
export const soundParts = (value: unknown): ConfigurationFile => soundSchema.catch({ collections: {} }).parse(value);

/** Known keys of the object at a path in the file. */
export function keysAt(at: readonly PropertyKey[]): readonly string[] {
  if (at.length === 0) return Object.keys(configurationSchema.shape);
  return at.length === 2 ? Object.keys(entryKeys) : [];
}
