import { html } from 'hono/html';
import type { Html } from '../frame.ts';
import { absolute, type PageContext } from '../page-context.ts';
import { sourceDocuments } from '../parts/source-documents.ts';
import type { VersionView } from './version-view.ts';

/** Where a version is from, what it was made from and how, and its other forms. */
export function versionRecord(page: PageContext, view: VersionView): Html {
  const { t, to, format } = page;
  const { collection, version, snapshots, declaration } = view;
  const { id, serviceId, termsType, additions, deletions, analysis } = version;
  const address = { collection: collection.id, serviceId, termsType, id };
  return html`<details class="record">
<summary>${t('version.record')}</summary>
<dl>
<dt>${t('version.id')}</dt><dd><code>${id}</code></dd>
<dt>${t('version.permanent')}</dt><dd><a href="${to.version(address)}">${absolute(page, to.version(address))}</a></dd>
<dt>${t('version.collection')}</dt><dd><a href="${to.collection(collection.id)}" dir="auto">${collection.name}</a></dd>
<dt>${t('version.snapshots')}</dt>
${
  snapshots.length === 0
    ? html`<dd>${t('version.noSnapshots')}</dd>`
    : snapshots.map(
        (snapshot) =>
          html`<dd><a href="${to.snapshot(collection.id, snapshot.id)}">${format.moment(snapshot.fetchDate)}</a> ${snapshot.documentId ?? ''} <span class="muted">${snapshot.mimeType}</span></dd>`,
      )
}
${
  version.isFirstRecord || additions === undefined || deletions === undefined
    ? ''
    : html`<dt>${t('version.lines')}</dt><dd>+${format.number(additions)} −${format.number(deletions)}</dd>`
}
${analysis?.language ? html`<dt>${t('version.language')}</dt><dd>${format.language(analysis.language)}</dd>` : ''}
<dt>${t('version.declaration')}</dt>
<dd>${declaration ? sourceDocuments(page, declaration, 'declared') : t('version.declarationUnknown')}</dd>
<dt>${t('version.more')}</dt>
<dd><a href="${to.api.version(address, { format: 'markdown' })}">${t('version.raw')}</a></dd>
<dd><a href="${to.api.version(address)}">${t('version.json')}</a></dd>
</dl>
</details>`;
}
