import type { ServiceCoverage, TermsCoverage } from '../../server/api/contract.ts';
import { asNumber, asRecord, asText } from '../state/heal.ts';
import { findLine } from './sorted-lines.ts';

/** More terms than any service has. */
const MOST_TERMS = 200;
const MOST_ALERTS = 100_000_000;

/**
 * What the server tracks of a service; fields of another kind than they should be are left out.
 *
 * @param services the bytes of the services file (format: server/api/contract/extension.ts), searched, not taken apart
 */
export function findCoverage(services: Uint8Array, key: string): ServiceCoverage | undefined {
  const [json] = findLine(services, key) ?? [];
  if (json === undefined) return undefined;
  const { collection, serviceId, name, terms } = asRecord(parsed(json));
  if (typeof collection !== 'string' || typeof serviceId !== 'string') return undefined;
  return {
    collection,
    serviceId,
    name: asText(name, serviceId),
    terms: (Array.isArray(terms) ? terms.slice(0, MOST_TERMS) : []).map(readTerms).filter((one) => one !== undefined),
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function readTerms(value: unknown): TermsCoverage | undefined {
  if (!Array.isArray(value)) return undefined;
  const [type, since, lastAlert, alerts] = value as readonly unknown[];
  return typeof type === 'string'
    ? [type, asDay(since), asDay(lastAlert), asNumber(alerts, [0, MOST_ALERTS], 0)]
    : undefined;
}

const asDay = (value: unknown): string | null =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : null;
