import { nearest } from '../../archive/declarations/nearest.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { type KnownServices, knownServices } from '../api/answers/service.ts';
import type { MissingThing } from '../api/api-error.ts';
import type { RequestFault } from '../api/contract.ts';
import type { MessageKey, MessageValues } from './messages.ts';
import type { PageContext } from './page-context.ts';

/** What the API says of a parameter, and how pages say the same; groups are values of the message. */
const FAULTS: readonly (readonly [RegExp, MessageKey])[] = [
  [/^is no date/, 'error.badDate'],
  [/in the future/, 'error.futureDate'],
  [/^is after “until”/, 'error.sinceAfterUntil'],
  [/^is no cursor/, 'error.badCursor'],
  [/^has to be one of (?<choices>.+)$/, 'error.badChoice'],
  [/^has to be a whole number from (?<least>\d+) to (?<most>\d+)$/, 'error.badNumber'],
  [/^is given more than once/, 'error.givenTwice'],
  [/^is longer than (?<most>[\d,]+) characters$/, 'error.tooLong'],
  [/control character/, 'error.controlCharacter'],
];

/** What is wrong with a parameter, in the reader's language; undefined: only the API's own words say it. */
export function faultWords({ t, c, format }: PageContext, { parameter, message }: RequestFault): string | undefined {
  for (const [pattern, key] of FAULTS) {
    const found = pattern.exec(message);
    if (!found) continue;
    const values: Record<string, string> = {
      parameter,
      value: shortened(c.req.query(parameter) ?? ''),
      ...found.groups,
    };
    for (const name of ['least', 'most']) {
      const number = values[name];
      if (number !== undefined) values[name] = format.number(Number(number.replaceAll(',', '')));
    }
    return t(key, values satisfies MessageValues);
  }
  return undefined;
}

/** What is not here, in the reader's language. */
export function missingWords({ t, deps, format }: PageContext, missing: MissingThing): string {
  const name = shortened(missing.name);
  if (missing.kind === 'collection') return t('error.noCollection', { name });
  if (missing.kind === 'list') return t('error.noList', { name });
  const collection = deps.collections.get(missing.collection)?.name ?? missing.collection;
  if (missing.kind === 'service') return t('error.noService', { name, collection });
  if (missing.kind === 'version') return t('error.noVersion', { name, collection });
  const service = servicesOf({ deps }, missing.collection)?.get(missing.name)?.name ?? name;
  return t('error.noTerms', { name: service, type: format.termsType(shortened(missing.type)), collection });
}

/** A page that was most likely meant. */
export interface MeantPage {
  readonly name: string;
  readonly href: string;
}

/** The nearest name to one that is not here, case aside. */
export function meantPage(page: PageContext, missing: MissingThing): MeantPage | undefined {
  const { deps, to, format } = page;
  if (missing.kind === 'collection') {
    const id = nearest(
      shortened(missing.name),
      deps.collections.all().map((one) => one.id),
    );
    return id === undefined ? undefined : { name: deps.collections.get(id)?.name ?? id, href: to.collection(id) };
  }
  if (missing.kind === 'list') {
    const lists = deps.collections.lists();
    const id = nearest(
      shortened(missing.name),
      lists.map((one) => one.id),
    );
    return id === undefined ? undefined : { name: lists.find((one) => one.id === id)?.name ?? id, href: to.list(id) };
  }
  if (missing.kind === 'version') return undefined;
  const { collection } = missing;
  const services = servicesOf(page, collection);
  if (!services) return undefined;
  const serviceId = services.get(missing.name) ? missing.name : nearest(shortened(missing.name), services.ids);
  const service = serviceId === undefined ? undefined : services.get(serviceId);
  if (serviceId === undefined || service === undefined) return undefined;
  if (missing.kind === 'service') return { name: service.name, href: to.service(collection, serviceId) };
  const types = service.terms.map(({ termsType }) => termsType);
  const termsType = types.includes(missing.type) ? missing.type : nearest(shortened(missing.type), types);
  return termsType === undefined
    ? { name: service.name, href: to.service(collection, serviceId) }
    : {
        name: `${service.name} · ${format.termsType(termsType)}`,
        href: to.terms({ collection, serviceId, termsType }),
      };
}

function servicesOf({ deps }: Pick<PageContext, 'deps'>, collectionId: string): KnownServices | undefined {
  const collection = deps.collections.get(collectionId);
  if (!collection) return undefined;
  try {
    return knownServices(collection);
  } catch (error) {
    // Without suggestions, then.
    if (error instanceof IndexUnavailableError) return undefined;
    throw error;
  }
}

const LONGEST = 100;
const shortened = (name: string): string =>
  name.length > LONGEST ? `${name.slice(0, LONGEST).toWellFormed()}…` : name;
