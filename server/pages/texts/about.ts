import { html } from 'hono/html';
import { answerPage } from '../answer-page.ts';
import type { AddPage } from '../pages.ts';

export function addAboutPage(add: AddPage): void {
  add('/about', (page) => {
    const { t } = page;
    return answerPage(
      page,
      { title: t('nav.about'), kind: 'text' },
      html`<h1>${t('nav.about')}</h1><p>${t('site.what')}</p>`,
    );
  });
}
