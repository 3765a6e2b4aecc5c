import { html } from 'hono/html';
import { answerPage } from '../answer-page.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { AddPage } from '../pages.ts';
import { type Mark, mark } from '../parts/class-mark.ts';
import { outsideLink } from '../parts/outside-link.ts';
import { MARK_ORDER } from '../parts/timeline-facts.ts';

type ExplainedMark = Exclude<Mark, 'none' | 'pending'>;

/** Nothing to see, and nothing known yet, need no explaining. */
const isExplained = (one: Mark): one is ExplainedMark => one !== 'none' && one !== 'pending';
const MARKS = MARK_ORDER.filter(isExplained);

/** What this is, how records are made, what the signs mean, and what it cannot tell. */
export function addAboutPage(add: AddPage): void {
  add('/about', (page) => {
    const { t, to, deps } = page;
    return answerPage(
      page,
      { title: t('about.title'), description: t('site.what'), kind: 'text' },
      html`<h1>${t('about.title')}</h1>
<div class="text">
<p>${t('site.what')} ${t('about.why')}</p>
<h2>${t('about.howTitle')}</h2>
<p>${t('about.how')}</p>
<p>${t('about.upgrade')}</p>
<h2>${t('about.alertsTitle')}</h2>
<p>${t('about.alerts')}</p>
</div>
<dl class="facts legend">${MARKS.map(
        (which) => html`<dt>${mark(page, which)}</dt><dd>${t(`about.mark.${which}`)}</dd>
`,
      )}</dl>
<div class="text">
<h2>${t('about.proofTitle')}</h2>
<p>${t('about.proof')}</p>
<h2>${t('about.limitsTitle')}</h2>
<p>${t('about.limits')}</p>
<h2>${t('about.collectionsTitle')}</h2>
<p>${t('about.collections')}</p>
<ul>${deps.collections.all().map(({ id, name }) => html`<li><a href="${to.collection(id)}"><bdi>${name}</bdi></a></li>`)}</ul>
<h3 id="request">${t('about.requestTitle')}</h3>
<p>${t('about.request')}</p>
${declarationsOf(page)}
<h2>${t('about.programsTitle')}</h2>
<ul>
<li><a href="${to.outside('/api/docs')}">${t('about.api')}</a></li>
<li><a href="${to.outside('/federation/v1/docs')}">${t('about.federation')}</a></li>
<li><a href="${to.outside('/feeds')}">${t('about.feeds')}</a></li>
</ul>
<p class="muted">${deps.engineVersion}</p>
</div>`,
    );
  });
}

/** Where declarations are kept, of collections that say so. */
function declarationsOf({ t, deps }: PageContext): Html | '' {
  const links = deps.collections.all().flatMap(({ name, metadata }) => {
    const address = metadata()?.declarations;
    return address ? html`<li>${outsideLink(address, `${name} – ${t('collection.declarations')}`)}</li>` : [];
  });
  return links.length > 0 ? html`<ul>${links}</ul>` : '';
}
