import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenedService, PopupState } from '../../../extension/popup/popup-state.ts';
import type { Settings } from '../../../extension/state/settings-types.ts';
import type { Language } from '../../../extension/words/languages.ts';
import { makeWords, type Words } from '../../../extension/words/make-words.ts';
import type { Messages } from '../../../extension/words/messages.ts';
import type { RecentAlert, RedlineBlock, RedlineSpan } from '../../../server/api/contract.ts';

/** When popups of tests are opened. */
export const NOW = new Date('2026-03-20T12:00:00Z');
export const WEBSITE = 'https://watch.example/terms';

export const wordsIn = (language: Language): Words =>
  makeWords(
    language,
    JSON.parse(
      readFileSync(join(import.meta.dirname, `../../../extension/public/_locales/${language}/messages.json`), 'utf8'),
    ) as Messages,
  );

/** @param marked words, `-gone-` and `+new+` */
export const spans = (marked: string): RedlineSpan[] =>
  marked
    .split(/(\+[^+]+\+|-[^-]+-)/)
    .filter((part) => part !== '')
    .map((part) => {
      const kind = part[0] === '+' ? 'inserted' : part[0] === '-' ? 'deleted' : 'equal';
      return { kind, text: kind === 'equal' ? part : part.slice(1, -1) };
    });

export const block = (marked: string, part: Partial<RedlineBlock> = {}): RedlineBlock => ({
  kind: 'changed',
  block: 'paragraph',
  headings: [],
  from: 0,
  to: 0,
  spans: spans(marked),
  gap: '\n\n',
  ...part,
});

/** Ids of versions that tests speak of. */
export const idOf = (letter: string): string => letter.repeat(40);

export const alert = (letter: string, date: string, part: Partial<RecentAlert> = {}): RecentAlert => ({
  key: 'larkmail',
  termsType: 'Terms of Service',
  id: idOf(letter),
  previousId: idOf('0'),
  date,
  class: 'text',
  topics: [],
  significance: 0.5,
  wordsAdded: 3,
  wordsRemoved: 1,
  language: 'en',
  blocks: [block(`We may -read-+read ${letter}+ it.`)],
  blocksLeftOut: 0,
  ...part,
});

/** A mail service that was known since 1 March and last looked at on 5 March, with two unread documents and a quiet one. */
export const larkmail = (part: Partial<OpenedService> = {}): OpenedService => ({
  key: 'larkmail',
  coverage: {
    collection: 'harbour',
    serviceId: 'Larkmail',
    name: 'Larkmail',
    terms: [
      ['Terms of Service', '2024-01-10', '2026-03-10', 4],
      ['Privacy Policy', '2024-02-10', '2026-03-15', 2],
      ['Trackers Policy', '2024-03-10', null, 0],
    ],
  },
  alerts: [
    alert('a', '2026-03-10T08:00:00Z'),
    alert('b', '2026-03-15T08:00:00Z', { termsType: 'Privacy Policy', topics: ['data/sharing'] }),
    alert('c', '2026-02-25T08:00:00Z', { termsType: 'Privacy Policy' }),
  ],
  mark: {
    since: '2026-03-01T00:00:00.000Z',
    after: '2026-02-26T00:00:00.000Z',
    known: [],
    read: [],
    isStarred: false,
    lookedAt: '2026-03-05T09:00:00.000Z',
  },
  lookedAt: '2026-03-05T09:00:00.000Z',
  receipts: [],
  ...part,
});

export const SETTINGS: Settings = {
  server: 'https://watch.example/terms',
  days: 30,
  badge: true,
  notifications: 'off',
  topics: [],
  mutedTypes: [],
  mutedServices: [],
  language: 'auto',
  agreeMoment: false,
};

export const popupOf = (content: PopupState['content'], part: Partial<PopupState> = {}): PopupState => ({
  content,
  lastRefresh: { succeededAt: '2026-03-20T10:00:00.000Z', failure: null },
  server: { name: 'Harbour Watch', website: WEBSITE },
  ...part,
});
