import { html } from 'hono/html';
import type { Collection } from '../../api/contract.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import { licenceLink } from '../parts/licence.ts';
import { outsideLink } from '../parts/outside-link.ts';
import type { OwnWords } from './own-words.ts';

/** Who keeps a collection, how, since when and where. */
export function collectionFacts(page: PageContext, { kind, schedule, metadata }: Collection, words: OwnWords): Html {
  const { t, format } = page;
  const periods = metadata?.trackingPeriods ?? [];
  const bodies = Object.entries(metadata?.governance ?? {});
  const fact = (name: string, value: Html | string): Html => html`<dt>${name}</dt><dd>${value}</dd>
`;
  return html`<dl class="facts">
${fact(t('collection.kind'), t(kind === 'tracked' ? 'collection.tracked' : 'collection.mirrored'))}
${schedule === null ? '' : fact(t('collection.schedule'), html`<code>${schedule}</code>`)}
${metadata?.languages.length ? fact(t('collection.languages'), format.list(metadata.languages.map(format.language))) : ''}
${metadata?.jurisdictions.length ? fact(t('collection.jurisdictions'), format.list(metadata.jurisdictions.map(format.region))) : ''}
${
  periods.length === 0
    ? ''
    : fact(
        t('collection.periods'),
        html`<ul>${periods.map(
          ({ startDate, endDate, serverLocation }) =>
            html`<li>${endDate === undefined ? t('collection.since', { start: format.day(startDate), place: serverLocation }) : t('collection.between', { start: format.day(startDate), end: format.day(endDate), place: serverLocation })}</li>`,
        )}</ul>`,
      )
}
${
  bodies.length === 0
    ? ''
    : fact(
        t('collection.governance'),
        html`<ul>${bodies.map(
          ([name, { url, roles }]) =>
            html`<li>${url === undefined ? html`<bdi>${words.bodyName(name)}</bdi>` : outsideLink(url, words.bodyName(name))} <span class="muted">${format.list(roles.map((role) => roleWords(page, role)))}</span></li>`,
        )}</ul>`,
      )
}
</dl>`;
}

const ROLES = {
  host: 'role.host',
  administrator: 'role.administrator',
  curator: 'role.curator',
  maintainer: 'role.maintainer',
  sponsor: 'role.sponsor',
  sysadmin: 'role.sysadmin',
} as const;

const roleWords = ({ t }: PageContext, role: string): string => {
  const found = Object.entries(ROLES).find(([name]) => name === role);
  return found ? t(found[1]) : role;
};

/**
 * Where a collection comes from, how one takes part in it, and under which licence its records are.
 *
 * @param licence its name; undefined where nothing names one
 */
export function contributing({ t }: PageContext, { metadata }: Collection, licence: string | undefined): Html {
  const link = (address: string | null | undefined, words: string): Html | '' =>
    address ? html`<li>${outsideLink(address, words)}</li>` : '';
  return html`<p>${t('collection.contributeHow')}</p>
<ul>
${link(metadata?.declarations, t('collection.declarations'))}
${link(metadata?.versions, t('collection.versions'))}
${link(metadata?.snapshots, t('collection.snapshots'))}
${link(metadata?.donations, t('collection.donations'))}
</ul>
<p>${licence === undefined ? t('collection.licence') : html`${t('collection.licenceNamed')} ${licenceLink(licence)}`}</p>`;
}
