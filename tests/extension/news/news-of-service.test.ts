import { describe, expect, test } from 'vitest';
import { newsOfService } from '../../../extension/news/news-of-service.ts';
import { signalOfSite } from '../../../extension/news/signal-of-site.ts';
import type { ServiceMark } from '../../../extension/state/settings-types.ts';
import type { RecentAlert, ServiceCoverage } from '../../../server/api/contract.ts';

const NOW = new Date('2026-03-20T12:00:00Z');
const KEY = 'larkmail';
const coverage: ServiceCoverage = {
  collection: 'harbour',
  serviceId: 'Larkmail',
  name: 'Larkmail',
  terms: [
    ['Terms of Service', '2024-01-10', '2026-03-01', 4],
    ['Privacy Policy', '2024-01-10', '2026-03-15', 2],
    ['Cookies Policy', null, null, 0],
  ],
};
const alert = (id: string, date: string, part: Partial<RecentAlert> = {}): RecentAlert => ({
  key: KEY,
  termsType: 'Terms of Service',
  id,
  previousId: `before ${id}`,
  date,
  class: 'text',
  topics: [],
  significance: 0.5,
  wordsAdded: 10,
  wordsRemoved: 0,
  language: 'en',
  blocks: [],
  blocksLeftOut: 0,
  ...part,
});
const known = (after: string, read: readonly string[] = [], ids: readonly string[] = []): ServiceMark => ({
  since: '2026-03-19T00:00:00Z',
  after,
  known: ids,
  read,
  isStarred: false,
  lookedAt: null,
});
const defaults = { days: 30, topics: [], mutedTypes: [], mutedServices: [] } as const;
const alerts = [
  alert('first', '2026-03-01T08:00:00Z'),
  alert('second', '2026-03-10T08:00:00Z'),
  alert('private', '2026-03-15T08:00:00Z', { termsType: 'Privacy Policy', topics: ['data/sharing'] }),
];

interface Case {
  readonly alerts?: readonly RecentAlert[];
  readonly mark?: ServiceMark | undefined;
  readonly settings?: Partial<Record<keyof typeof defaults, unknown>>;
}

function judge({ alerts: own = alerts, mark, settings }: Case) {
  const all = { ...defaults, ...settings } as Parameters<typeof newsOfService>[1];
  const news = newsOfService({ key: KEY, coverage, alerts: own, mark }, all);
  const unread = news.documents.flatMap((document) => document.unread.map(({ id }) => id));
  return { news, unread, signal: signalOfSite([news], all, NOW) };
}

test.each<[string, Case, readonly string[], ReturnType<typeof signalOfSite>]>([
  ['never looked at: a dot, nothing unread', {}, [], { kind: 'news' }],
  ['never looked at, changed before the days', { settings: { days: 3 } }, [], { kind: 'quiet' }],
  ['without alerts', { alerts: [] }, [], { kind: 'quiet' }],
  [
    'known before everything: documents are counted, not changes',
    { mark: known('2026-01-01T00:00:00Z') },
    ['private', 'second', 'first'],
    { kind: 'unread', documents: 2 },
  ],
  ['known since the last', { mark: known('2026-03-16T00:00:00Z') }, [], { kind: 'quiet' }],
  ['one read', { mark: known('2026-03-05T00:00:00Z', ['private']) }, ['second'], { kind: 'unread', documents: 1 }],
  [
    'before the service was known, but not in the files of then: it came late',
    { mark: known('2026-03-05T00:00:00Z', [], ['private']) },
    ['second'],
    { kind: 'unread', documents: 1 },
  ],
  ['all known or read', { mark: known('2026-03-05T00:00:00Z', ['second'], ['private']) }, [], { kind: 'quiet' }],
  [
    'takes back what was known only',
    {
      alerts: [alert('back', '2026-03-18T08:00:00Z', { undoes: ['away'] })],
      mark: known('2026-03-16T00:00:00Z', [], ['away']),
    },
    [],
    { kind: 'quiet' },
  ],
  ['all read', { mark: known('2026-03-05T00:00:00Z', ['private', 'second']) }, [], { kind: 'quiet' }],
  [
    'read, and a new one',
    {
      alerts: [...alerts, alert('third', '2026-03-18T08:00:00Z')],
      mark: known('2026-03-05T00:00:00Z', ['private', 'second']),
    },
    ['third'],
    { kind: 'unread', documents: 1 },
  ],
  [
    'told late counts from then',
    {
      alerts: [alert('late', '2026-03-02T08:00:00Z', { toldAt: '2026-03-17T08:00:00Z' })],
      mark: known('2026-03-16T00:00:00Z'),
    },
    ['late'],
    { kind: 'unread', documents: 1 },
  ],
  [
    'withdrawn',
    {
      alerts: [alert('undone', '2026-03-18T08:00:00Z', { undoneOn: '2026-03-19' })],
      mark: known('2026-03-16T00:00:00Z'),
    },
    [],
    { kind: 'quiet' },
  ],
  [
    'withdrawn, never looked at',
    { alerts: [alert('u', '2026-03-18T08:00:00Z', { undoneOn: '2026-03-19' })] },
    [],
    { kind: 'quiet' },
  ],
  [
    'takes back what nobody read of',
    { alerts: [alert('back', '2026-03-18T08:00:00Z', { undoes: ['away'] })], mark: known('2026-03-16T00:00:00Z') },
    [],
    { kind: 'quiet' },
  ],
  [
    'takes back what was read',
    {
      alerts: [alert('back', '2026-03-18T08:00:00Z', { undoes: ['away', 'other'] })],
      mark: known('2026-03-16T00:00:00Z', ['away']),
    },
    ['back'],
    { kind: 'unread', documents: 1 },
  ],
  [
    'takes back, never looked at',
    { alerts: [alert('back', '2026-03-18T08:00:00Z', { undoes: ['away'] })] },
    [],
    { kind: 'quiet' },
  ],
  ['muted service', { mark: known('2026-01-01T00:00:00Z'), settings: { mutedServices: [KEY] } }, [], { kind: 'quiet' }],
  [
    'muted type',
    { mark: known('2026-01-01T00:00:00Z'), settings: { mutedTypes: ['Terms of Service'] } },
    ['private'],
    { kind: 'unread', documents: 1 },
  ],
  [
    'topics of interest',
    { mark: known('2026-01-01T00:00:00Z'), settings: { topics: ['data/sharing'] } },
    ['private'],
    { kind: 'unread', documents: 1 },
  ],
])('%s', (_name, given, unread, signal) => {
  const judged = judge(given);
  expect(judged.unread).toEqual(unread);
  expect(judged.signal).toEqual(signal);
});

describe('the documents', () => {
  test('unread ones first, then by their newest alert, then as declared', () =>
    expect(judge({ mark: known('2026-03-05T00:00:00Z', ['private']) }).news.documents.map(({ type }) => type)).toEqual([
      'Terms of Service',
      'Privacy Policy',
      'Cookies Policy',
    ]));

  test('those that are declared no more are there while alerts name them', () =>
    expect(
      judge({ alerts: [alert('gone', '2026-03-18T08:00:00Z', { termsType: 'Imprint' })] }).news.documents[0],
    ).toMatchObject({ type: 'Imprint', since: null, lastAlert: null }));
});

test('a site without services is untracked', () =>
  expect(signalOfSite([], defaults, NOW)).toEqual({ kind: 'untracked' }));
