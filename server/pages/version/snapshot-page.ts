import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import type { ServedCollection } from '../../../archive/collections/served-collection.ts';
import type { IndexedSnapshot } from '../../../archive/index/indexed-record.ts';
import { findCollection, notFound, quoted } from '../../api/find.ts';
import { serviceName } from '../../api/service-name.ts';
import { answerPage } from '../answer-page.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { crumbs } from '../parts/crumbs.ts';
import { outsideLink } from '../parts/outside-link.ts';

/** A source document as it was fetched: what is known of it, and its bytes to keep. It is never shown as a document. */
export function addSnapshotPages(add: AddPage): void {
  add('/:collection/snapshots/:snapshot', async (page) => {
    const { t, to, format } = page;
    const { collection, snapshot } = findSnapshot(page);
    const { id, serviceId, termsType, fetchDate, mimeType, documentId, location } = snapshot;
    const content = await collection.snapshotContent(snapshot);
    const name = serviceName(collection, serviceId);
    const title = t('snapshot.title', { date: format.moment(fetchDate) });
    return answerPage(
      page,
      {
        title: `${name}: ${format.termsType(termsType)}. ${title}`,
        description: t('snapshot.what'),
        kind: 'snapshot',
        isUnlisted: true,
      },
      html`${crumbs(page, [
        { name: collection.name, href: to.collection(collection.id) },
        { name, href: to.service(collection.id, serviceId) },
        { name: format.termsType(termsType), href: to.terms({ collection: collection.id, serviceId, termsType }) },
      ])}
<h1>${title}</h1>
<p class="text">${t('snapshot.what')}</p>
<dl class="facts">
<dt>${t('version.source')}</dt><dd>${location === undefined ? t('version.sourceUnknown') : outsideLink(location)} ${documentId ?? ''}</dd>
<dt>${t('snapshot.kind')}</dt><dd>${mimeType}</dd>
<dt>${t('snapshot.bytes')}</dt><dd>${t('snapshot.bytesValue', { count: content.length })}</dd>
<dt>SHA-256</dt><dd><code>${createHash('sha256').update(content).digest('hex')}</code></dd>
<dt>${t('version.id')}</dt><dd><code>${id}</code></dd>
<dt>${t('version.collection')}</dt><dd><a href="${to.collection(collection.id)}"><bdi>${collection.name}</bdi></a></dd>
</dl>
<p><a href="${to.snapshotContent(collection.id, id)}" download>${t('snapshot.download')}</a></p>`,
    );
  });

  add('/:collection/snapshots/:snapshot/content', async (page) => {
    const { collection, snapshot } = findSnapshot(page);
    const content = await collection.snapshotContent(snapshot);
    return page.c.body(Uint8Array.from(content), 200, {
      // Nothing that a browser would show or run, whatever was fetched and whatever it is called.
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename="snapshot-${snapshot.id.slice(0, 12)}.${extensionOf(snapshot.mimeType)}"`,
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'public, max-age=31536000, immutable',
    });
  });
}

function findSnapshot({ c, deps }: PageContext): { collection: ServedCollection; snapshot: IndexedSnapshot } {
  const { collection: id = '', snapshot: asked = '' } = c.req.param() as Readonly<Record<string, string | undefined>>;
  const collection = findCollection(deps.collections, id);
  const snapshot = /^[0-9a-f]{40}$/.test(asked) ? collection.index().snapshotById(asked) : undefined;
  if (snapshot) return { collection, snapshot };
  throw notFound(`“${collection.id}” has no snapshot ${quoted(asked)}.`);
}

/** Text opens as text, so that nobody runs what a service wrote by opening the file. */
const extensionOf = (mimeType: string): string =>
  mimeType === 'application/pdf' ? 'pdf' : /^(?:text\/|application\/(?:xhtml\+)?xml$)/.test(mimeType) ? 'txt' : 'bin';
