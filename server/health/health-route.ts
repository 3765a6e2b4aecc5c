import { Hono } from 'hono';
import type { ServerDeps } from '../deps.ts';
import { type CollectionHealth, collectionHealth, type HealthContext } from './collection-health.ts';

export interface HealthOptions extends Omit<HealthContext, 'now'> {
  readonly deps: ServerDeps;
}

/**
 * `/health`, for machines: 200 while all is well, 503 where runs or fetches are overdue or an index has failed. An index
 * that is being built is well: it answers as far as it is.
 */
export function createHealthRoute({ deps, ...context }: HealthOptions): Hono {
  return new Hono().get('/health', (c) => {
    const now = deps.clock();
    const problems: string[] = [];
    const collections: CollectionHealth[] = [];
    for (const collection of deps.collections.all()) {
      try {
        const health = collectionHealth(collection, { ...context, now });
        collections.push(health);
        problems.push(...problemsOf(health));
      } catch (error) {
        deps.log.error({ err: error, collection: collection.id }, 'the health of a collection could not be told');
        problems.push(`${collection.id}: its state could not be read; the server's log says why`);
      }
    }
    const isWell = problems.length === 0;
    const body = {
      status: isWell ? 'ok' : 'failing',
      problems,
      engineVersion: deps.engineVersion,
      startedAt: context.startedAt.toISOString(),
      collections,
    };
    return c.json(body, isWell ? 200 : 503, { 'Cache-Control': 'no-store' });
  });
}

function problemsOf({ id, kind, index, isOverdue }: CollectionHealth): string[] {
  const problems: string[] = [];
  if (index.activity === 'failed')
    problems.push(`${id}: the index: ${index.message ?? 'failed for an unknown reason'}`);
  if (isOverdue) problems.push(`${id}: ${kind === 'tracked' ? 'its runs are' : 'fetching it is'} overdue`);
  return problems;
}
