// @vitest-environment jsdom
import { beforeEach, describe, expect, test } from 'vitest';
import { showPopup } from '../../../extension/popup/popup-page.ts';
import type { OpenedService, PopupState } from '../../../extension/popup/popup-state.ts';
import type { Language } from '../../../extension/words/languages.ts';
import {
  alert,
  block,
  idOf,
  larkmail,
  NOW,
  popupOf,
  SETTINGS,
  WEBSITE,
  wordsIn,
} from '../../helpers/extension/made-popup.ts';
import { HOSTILE } from '../../helpers/hostile.ts';

let noted: string[] = [];

beforeEach(() => {
  noted = [];
  document.body.replaceWith(document.createElement('body'));
  // What jsdom lacks: it draws nothing.
  Element.prototype.scrollIntoView = () => undefined;
});

function show(
  state: PopupState,
  { language = 'en', isBroken = false }: { readonly language?: Language; readonly isBroken?: boolean } = {},
): void {
  const note = (what: string) => async (key: string, ids: readonly string[]) => {
    if (isBroken) throw new Error('The disk is full.');
    noted.push(`${what} ${key} ${ids.map(([letter]) => letter).join('')}`);
  };
  showPopup(document, state, {
    words: wordsIn(language),
    now: NOW,
    effects: {
      markRead: note('read'),
      markUnread: note('unread'),
      openOptions: () => noted.push('options'),
      download: () => noted.push('download'),
    },
  });
}

const siteOf = (...services: readonly OpenedService[]): PopupState =>
  popupOf({ kind: 'site', host: 'larkmail.example', services, settings: SETTINGS });
const text = (selector: string): string | undefined => document.querySelector(selector)?.textContent?.trim();
const all = (selector: string): (string | undefined)[] =>
  [...document.querySelectorAll(selector)].map((found) => found.textContent?.trim());
const buttonOf = (words: string): HTMLButtonElement | undefined =>
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === words);
const focused = (): string | undefined => document.activeElement?.textContent?.trim();
function press(key: string, part: KeyboardEventInit = {}): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...part });
  (document.activeElement ?? document.body).dispatchEvent(event);
}

describe('a site with changes', () => {
  test('says what is unread, and shows the redline of the latest unread change without a click', () => {
    show(siteOf(larkmail()));
    expect(document.title).toBe('Larkmail: 2 unread documents');
    expect([text('h1'), text('.count')]).toEqual(['Larkmail', '2 unread']);
    expect(all('.document h2')).toEqual(['Privacy Policy', 'Terms of Service', 'Trackers Policy']);
    expect(all('.title').map((_, place) => document.querySelectorAll('.title')[place]?.ariaExpanded ?? '')).toEqual(
      all('.title').map((_, place) => (place === 0 ? 'true' : 'false')),
    );
    expect(all('.change:not([hidden]) .para')).toEqual(['We may  [deleted: read]  [inserted: read b]  it.']);
  });

  test('says of each change its date, class, topics, words and weight', () => {
    show(siteOf(larkmail()));
    const facts = text('.facts')?.replaceAll('\u00a0', ' ');
    expect(facts).toBe('unread · 15 Mar · ■ text · sharing of data · +3 −1 wordsWords: 3 added, 1 removed · notable');
  });

  test('says what is covered and what came since somebody last looked', () => {
    show(siteOf(larkmail()));
    expect(all('.coverage p')).toEqual([
      '3 documents, recorded since 10 January 2024',
      '2 changes since you last looked on 5 Mar',
    ]);
    expect(text('.quiet .facts')).toBe('nothing new since records began on 10 March 2024');
  });

  test('leads to the archived version and the full history, in the reader’s language', () => {
    show(siteOf(larkmail()), { language: 'de' });
    const links = [...document.querySelectorAll<HTMLAnchorElement>('.document .links a')].slice(0, 2);
    const terms = `${WEBSITE}/de/harbour/services/Larkmail/Privacy%20Policy`;
    expect(links.map(({ href }) => href)).toEqual([`${terms}/versions/${idOf('b')}`, terms]);
    expect(document.documentElement.lang).toBe('de');
  });

  test('has earlier changes of a document below, each with its redline when it is opened', () => {
    show(siteOf(larkmail()));
    expect(text('.earlier p')).toBe('1 earlier change within 30 days');
    const details = document.querySelector<HTMLDetailsElement>('.earlier details');
    expect(details?.querySelector('.para')).toBeNull();
    details?.setAttribute('open', '');
    details?.dispatchEvent(new Event('toggle'));
    expect(details?.querySelectorAll('.para')).toHaveLength(1);
  });

  test('at the first look says that everything begins now', () => {
    const { mark } = larkmail();
    show(siteOf(larkmail({ lookedAt: undefined, mark: mark && { ...mark, after: NOW.toISOString() } })));
    expect(document.title).toBe('Larkmail: nothing unread');
    expect(all('.coverage p')[1]).toMatch(/^You look here for the first time/);
    expect(all('.change:not([hidden]) .para')).toHaveLength(1);
  });

  test('what was withdrawn is said to be', () => {
    const alerts = [alert('a', '2026-03-10T08:00:00Z', { undoneOn: '2026-03-12' })];
    show(siteOf(larkmail({ alerts })));
    expect(text('.facts strong')).toBe('withdrawn on 12 March 2026');
    expect(document.title).toBe('Larkmail: nothing unread');
  });

  test('what is not among the recent changes is a link, followed only by a click', () => {
    show(siteOf(larkmail({ alerts: [], lookedAt: '2026-01-02T03:04:05.000Z' })));
    const [link] = document.querySelectorAll<HTMLAnchorElement>('.quiet .links a');
    expect(link?.textContent).toBe('All that changed since you last looked');
    expect(new URL(link?.href ?? '').search).toBe('?from=2026-01-02&to=2026-03-20');
  });
});

test('what was agreed to and changed since has a link to all that changed', () => {
  const receipt = { key: 'larkmail', serviceName: 'Larkmail', versionId: null, agreedAt: '2026-03-12T10:00:00.000Z' };
  const receipts = ['Privacy Policy', 'Terms of Service'].map((termsType, place) => ({
    ...receipt,
    termsType,
    versionDate: place === 0 ? '2026-02-25T08:00:00.000Z' : null,
  }));
  show(siteOf(larkmail({ receipts })));
  const found = [...document.querySelectorAll<HTMLAnchorElement>('.links a')].filter(({ href }) =>
    href.includes('from='),
  );
  expect(found.map((link) => [link.textContent, new URL(link.href).search])).toEqual([
    ['All that changed since you agreed on 12 March 2026', '?from=2026-02-25&to=2026-03-20'],
  ]);
});

describe('marking as read', () => {
  test('one document, and undo', async () => {
    show(siteOf(larkmail()));
    buttonOf('Mark read')?.click();
    expect([document.title, text('[role=status]')]).toEqual(['Larkmail: 1 unread document', 'Read: Privacy Policy']);
    expect(all('.document h2')[0]).toBe('Privacy Policy');
    expect(all('.change:not([hidden]) .para')).toHaveLength(1);
    buttonOf('Undo')?.click();
    expect([document.title, text('[role=status]')]).toEqual([
      'Larkmail: 2 unread documents',
      'Unread again: Privacy Policy',
    ]);
    expect(document.querySelector<HTMLElement>('.undo')?.hidden).toBe(true);
    expect(noted).toEqual(['read larkmail b', 'unread larkmail b']);
  });

  test('all of a service, and all of a shared host', () => {
    const second = larkmail({ key: 'second', coverage: { ...larkmail().coverage, name: 'Larkmail Drive' } });
    show(siteOf(larkmail(), second));
    expect([text('h1'), document.title]).toEqual(['larkmail.example', 'larkmail.example: 4 unread documents']);
    expect(all('section h2')).toEqual(['Larkmail', 'Larkmail Drive']);
    document.querySelectorAll<HTMLButtonElement>('.service-head button')[1]?.click();
    expect(document.title).toBe('larkmail.example: 2 unread documents');
    document.querySelector<HTMLButtonElement>('header button')?.click();
    expect(document.title).toBe('larkmail.example: nothing unread');
    press('u');
    press('u');
    press('u');
    expect(document.title).toBe('larkmail.example: 4 unread documents');
    expect(noted).toEqual(['read second ba', 'read larkmail ba', 'unread larkmail ba', 'unread second ba']);
  });

  test('what cannot be kept is said', async () => {
    show(siteOf(larkmail()), { isBroken: true });
    buttonOf('Mark read')?.click();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    expect(text('[role=status]')).toMatch(/^This could not be kept/);
    expect(document.title).toBe('Larkmail: 2 unread documents');
  });
});

test('what was unfolded stays so while something is marked as read', () => {
  const blocks = Array.from({ length: 8 }, (_, place) => block(`Part +${place}+`, { from: place, to: place }));
  const alerts = larkmail().alerts.map((one) => ({ ...one, blocks }));
  const quiet = Array.from({ length: 4 }, (_, place) => larkmail({ key: `quiet${place}`, alerts: [] }));
  show(siteOf(larkmail({ alerts }), ...quiet));
  const unfold = (selector: string): void => {
    const details = document.querySelector<HTMLDetailsElement>(selector);
    details?.setAttribute('open', '');
    details?.dispatchEvent(new Event('toggle'));
  };
  unfold('.earlier details');
  unfold('.others');
  document.querySelector<HTMLButtonElement>('.change > .redline > .more')?.click();
  const before = [all('.change > .redline > .para').length, all('.earlier .para').length, all('.others h2').length];
  expect(before).toEqual([8, 3, 4]);
  document.querySelector<HTMLButtonElement>('.mark-read')?.click();
  expect([all('.change > .redline > .para').length, all('.earlier .para').length, all('.others h2').length]).toEqual(
    before,
  );
  expect([...document.querySelectorAll('details')].map(({ open }) => open)).toEqual([true, true]);
});

test('the focus goes where a step can be undone, when its button goes', () => {
  show(siteOf(larkmail()));
  const everything = document.querySelector<HTMLButtonElement>('header button');
  everything?.focus();
  everything?.click();
  expect(focused()).toBe('Undo');
  (document.activeElement as HTMLElement | null)?.click();
  expect(focused()).toBe('Privacy Policy');
});

describe('keys', () => {
  test('arrows go from document to document, and stay at the ends', () => {
    show(siteOf(larkmail()));
    press('ArrowDown');
    expect(focused()).toBe('Privacy Policy');
    press('ArrowDown');
    press('ArrowDown');
    press('ArrowDown');
    expect(focused()).toBe('Trackers Policy');
    press('ArrowUp');
    expect(focused()).toBe('Terms of Service');
  });

  test('r marks the document with the focus as read, u takes it back; the focus stays', () => {
    show(siteOf(larkmail()));
    press('ArrowDown');
    press('ArrowDown');
    press('r');
    expect([noted, focused()]).toEqual([['read larkmail a'], 'Terms of Service']);
    press('r');
    expect(noted).toEqual(['read larkmail a']);
    press('u');
    expect([noted.at(-1), focused()]).toEqual(['unread larkmail a', 'Terms of Service']);
  });

  test('r without a focus marks the first unread one; with Ctrl it is the browser’s', () => {
    show(siteOf(larkmail()));
    press('r', { ctrlKey: true });
    expect(noted).toEqual([]);
    press('r');
    expect(noted).toEqual(['read larkmail b']);
  });
});

describe('many services on a host', () => {
  test('those without anything new are folded, and built when they are opened', () => {
    const quiet = Array.from({ length: 21 }, (_, place) =>
      larkmail({ key: `quiet${place}`, alerts: [], coverage: { ...larkmail().coverage, name: `Quiet ${place}` } }),
    );
    show(siteOf(...quiet, larkmail()));
    expect(all('section h2')).toEqual(['Larkmail']);
    expect(text('.others summary')).toBe('21 more services, nothing unread');
    const folded = document.querySelector<HTMLDetailsElement>('.others');
    folded?.setAttribute('open', '');
    folded?.dispatchEvent(new Event('toggle'));
    expect(all('.others section h2')).toHaveLength(21);
  });
});

describe('nothing to show', () => {
  test.each<[PopupState['content'], string, string]>([
    [{ kind: 'no_server' }, 'No server is chosen yet', 'Choose a server'],
    [{ kind: 'no_files', server: 'Harbour Watch', failure: null }, 'Nothing is downloaded yet', 'Harbour Watch'],
    [{ kind: 'no_files', server: 'x', failure: 'unreachable' }, 'Nothing is downloaded yet', 'could not be reached'],
    [{ kind: 'internal' }, 'Not a website', 'Open a website'],
    [{ kind: 'private' }, 'Private window', 'nothing is noted'],
    [{ kind: 'unknown' }, 'This tab cannot be seen', 'click the icon again'],
    [{ kind: 'untracked', server: 'Harbour Watch', host: 'gull.example' }, 'gull.example is not covered', 'request it'],
    [{ kind: 'damaged' }, 'This cannot be shown', 'delete all data'],
  ])('%o', (content, title, more) => {
    show(popupOf(content));
    expect([document.title, text('h1')]).toEqual([title, title]);
    expect(text('main')).toContain(more);
  });

  test('the way to request a service does not name the site', () => {
    show(popupOf({ kind: 'untracked', server: 'Harbour Watch', host: 'gull.example' }));
    const links = [...document.querySelectorAll<HTMLAnchorElement>('a')].map(({ href }) => href);
    expect(links).toEqual([`${WEBSITE}/en/about#request`]);
  });

  test('a download that failed is tried again by a click', () => {
    show(popupOf({ kind: 'no_files', server: 'x', failure: 'busy' }));
    buttonOf('Try again')?.click();
    expect([noted, buttonOf('Try again')?.disabled]).toEqual([['download'], true]);
  });

  test('options are a click away', () => {
    show(popupOf({ kind: 'no_server' }));
    buttonOf('Choose a server')?.click();
    buttonOf('Options')?.click();
    expect(noted).toEqual(['options', 'options']);
  });
});

describe('the age of the files', () => {
  test('stands at the bottom', () => {
    show(siteOf(larkmail()));
    expect(text('.age')).toBe('Harbour Watch, updated 2 hours ago');
    expect(document.querySelector('.notice')).toBeNull();
  });

  test('stands above everything where they are old, with the reason', () => {
    const lastRefresh = { succeededAt: '2026-03-17T10:00:00.000Z', failure: 'unreachable' } as const;
    show({ ...siteOf(larkmail()), lastRefresh });
    expect(text('.notice')).toBe(
      'Last updated 3 days ago: what changed since is not known here. The server could not be reached.',
    );
  });
});

test.each([...HOSTILE.names, ...HOSTILE.markdown])('hostile: $name', ({ text }) => {
  const coverage = {
    collection: text,
    serviceId: text,
    name: text,
    terms: [[text, '2024-01-10', null, 1] as const, [`${text} `, null, null, 0] as const],
  };
  const alerts = [alert('a', '2026-03-10T08:00:00Z', { termsType: text, topics: [text], language: text })];
  show({
    ...siteOf(larkmail({ coverage, alerts }), larkmail({ key: 'second', coverage, alerts: [] })),
    server: { name: text, website: WEBSITE },
  });
  const harmful = document.querySelectorAll(
    'script, img, iframe, style, svg, object, form, body [style], body [onerror]',
  );
  expect([...harmful]).toEqual([]);
  for (const { href } of document.querySelectorAll<HTMLAnchorElement>('a'))
    expect(href).toMatch(/^https:\/\/watch\.example\//);
  expect(document.querySelectorAll('.document')).toHaveLength(4);
});
