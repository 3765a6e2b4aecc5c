import { basename } from 'node:path';
import { z } from 'zod';
import { type Fault, reportTo } from '../declarations/fault.ts';
import { readYaml, reportIssues } from '../declarations/yaml-file.ts';
import { ADDRESS_PART, isAddressPart } from './collection-id.ts';
import type { ServiceList } from './served-collection.ts';

const text = z.string({ error: 'expected a text' }).trim().min(1, { error: 'expected a text that is not empty' });
const object = { error: 'expected keys with values' };
const list = z.strictObject(
  {
    name: text,
    description: text.optional(),
    members: z
      .array(
        z
          .string({ error: 'expected a text such as contrib/Wikipedia' })
          .regex(/^[^/]+\/[^/]+$/, { error: 'expected collection/service id, such as contrib/Wikipedia' }),
        { error: 'expected a list such as [contrib/Wikipedia]' },
      )
      .min(1, { error: 'expected at least one service' }),
  },
  object,
);
const schema = z.record(
  z.string().refine(isAddressPart, { error: `an id cannot be like this: ${ADDRESS_PART}` }),
  list,
  object,
);

/**
 * Reads the text of a file of lists: id → name, description, members as `collection/service id`. A member given twice
 * counts once.
 *
 * @returns `lists` undefined where the file has faults; all of them are listed.
 */
export function parseServiceLists(
  source: string,
  file: string,
): { readonly lists: readonly ServiceList[] | undefined; readonly faults: Fault[] } {
  const faults: Fault[] = [];
  const report = reportTo(faults, undefined, basename(file));
  const read = readYaml(source, report);
  if (!read) return { lists: undefined, faults };
  // A file in which everything is commented out holds no lists.
  const result = schema.safeParse(read.value ?? {}, { reportInput: true });
  reportIssues(result.error, report, {
    keysAt: (path) => (path.length === 1 ? Object.keys(list.shape) : []),
    hint: 'A list has a name and members, each written collection/service id; docs/collections.md has an example.',
  });
  if (!result.data) return { lists: undefined, faults };
  const lists = Object.entries(result.data).map(
    ([id, { name, description, members }]): ServiceList => ({
      id,
      name,
      description,
      members: [...new Set(members)].map((member) => {
        const [collection = '', serviceId = ''] = member.split('/');
        return { collection, serviceId };
      }),
    }),
  );
  return { lists, faults };
}

/**
 * Members that no collection of the server has, as warnings: they stay in the list, since a service may be declared, or
 * its records fetched, later.
 *
 * @param known the ids of a collection's services; `any`: not known yet; undefined: there is no such collection.
 */
export function unknownMembers(
  lists: readonly ServiceList[],
  file: string,
  known: (collection: string) => ReadonlySet<string> | 'any' | undefined,
): Fault[] {
  const faults: Fault[] = [];
  const report = reportTo(faults, undefined, basename(file));
  for (const { id, members } of lists) {
    for (const { collection, serviceId } of members) {
      const services = known(collection);
      if (services === 'any' || services?.has(serviceId)) continue;
      const message = services
        ? `the collection ${collection} has no service “${serviceId}”`
        : `there is no collection “${collection}” on this server`;
      report(`${id}.members`, message, 'Correct it, or leave it for when there is: ids are case-sensitive.', 'warning');
    }
  }
  return faults;
}
