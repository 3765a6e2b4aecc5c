import { html } from 'hono/html';
import type { AccessLog } from '../../http/access-log.ts';
import { answerPage } from '../answer-page.ts';
import type { MessageKey } from '../messages.ts';
import type { AddPage } from '../pages.ts';

const NOTED: Readonly<Record<AccessLog, MessageKey>> = {
  off: 'privacy.logOff',
  paths: 'privacy.logPaths',
  full: 'privacy.logFull',
};

/** What this server keeps of its readers. Says what the setting of the access log is, so that it stays true. */
export function addPrivacyPage(add: AddPage, accessLog: AccessLog): void {
  add('/privacy', (page) => {
    const { t } = page;
    return answerPage(
      page,
      { title: t('nav.privacy'), description: t('privacy.short'), kind: 'text' },
      html`<h1>${t('nav.privacy')}</h1>
<div class="text">
<p>${t('privacy.short')}</p>
<h2>${t('privacy.browserTitle')}</h2>
<p>${t('privacy.browser')}</p>
<h2>${t('privacy.serverTitle')}</h2>
<p>${t(NOTED[accessLog])}</p>
<p>${t('privacy.memory')}</p>
<h2>${t('privacy.othersTitle')}</h2>
<p>${t('privacy.others')}</p>
</div>`,
    );
  });
}
