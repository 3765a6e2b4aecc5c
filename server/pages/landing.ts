import { Hono } from 'hono';
import type { ServedCollection } from '../../archive/collections/served-collection.ts';
import { IndexUnavailableError } from '../../archive/index/index-error.ts';
import { tellUnavailable } from '../api/tell-unavailable.ts';
import type { ServerDeps } from '../deps.ts';
import { startOf } from './pages.ts';

/** `/`: leads people to the start in their language, and tells programs what is served here and where. */
export function createLanding(deps: ServerDeps): Hono {
  return new Hono().get('/', (c) => {
    const base = deps.publicUrl(c);
    c.header('Cache-Control', 'no-cache');
    c.header('Vary', 'Accept, Accept-Language');
    if (/\btext\/html\b/i.test(c.req.header('accept') ?? '')) {
      // Without scheme and host: whoever asked by another name stays there.
      return c.redirect(startOf(basePathOf(base), c.req.header('accept-language')), 302);
    }
    return c.json({
      engineVersion: deps.engineVersion,
      api: `${base}/api`,
      documentation: `${base}/api/docs`,
      federation: `${base}/federation/v1`,
      feeds: `${base}/feeds`,
      default: deps.collections.default()?.id ?? null,
      collections: deps.collections.all().map((collection) => describe(collection, base)),
    });
  });
}

const basePathOf = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/$/, '');

function describe(collection: ServedCollection, base: string) {
  const { id, name } = collection;
  const api = `${base}/${id}/api/v1`;
  const tagline = collection.metadata()?.tagline ?? null;
  return { id, name, tagline, summary: summaryOf(collection), api, feed: `${api}/feed` };
}

function summaryOf(collection: ServedCollection): string {
  try {
    const { versions, services, terms } = collection.index().state();
    if (versions === 0) return 'No records yet.';
    return `${counted(versions, 'version')} of ${counted(terms, 'terms', 'terms')} of ${counted(services, 'service')}`;
  } catch (error) {
    if (error instanceof IndexUnavailableError) return tellUnavailable(error);
    throw error;
  }
}

const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString('en')} ${count === 1 ? one : several}`;
