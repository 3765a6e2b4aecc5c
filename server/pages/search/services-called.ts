import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { listedServices } from '../services/listed-service.ts';

/** Who types a name wants the service as often as the words: a few letters are in many names. */
const LEAST_LETTERS = 2;
const MOST_NAMED = 5;

/** The services that are called what somebody searches for, or whose names begin so; those of that very name come first. */
export function servicesCalled({ t, to, deps }: PageContext, q: string): Html | '' {
  const wanted = folded(q);
  if (wanted.length < LEAST_LETTERS || wanted.length > 100) return '';
  const rank = (name: string): number => (folded(name) === wanted ? 0 : folded(name).startsWith(`${wanted} `) ? 1 : 2);
  const called = listedServices(deps.collections, { name: q.trim() })
    .services.map(({ service }) => ({ service, rank: Math.min(rank(service.name), rank(service.id)) }))
    .filter((one) => one.rank < 2)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, MOST_NAMED);
  if (called.length === 0) return '';
  const isSeveral = deps.collections.all().length > 1;
  return html`<ul class="services-called">${called.map(
    ({ service: { id, name, collection, terms } }) =>
      html`<li>${t('search.service')}: <a href="${to.service(collection, id)}"><b><bdi>${name}</bdi></b></a> <span class="muted">${t('count.terms', { count: terms.length })}${isSeveral ? html` · ${deps.collections.get(collection)?.name ?? collection}` : ''}</span></li>`,
  )}</ul>`;
}

const folded = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().toLowerCase();
