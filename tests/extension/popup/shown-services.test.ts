import { describe, expect, test } from 'vitest';
import type { OpenedService } from '../../../extension/popup/popup-state.ts';
import { firstOpened, showAgain, showServices, unreadIds } from '../../../extension/popup/shown-services.ts';
import { alert, idOf, larkmail, SETTINGS } from '../../helpers/extension/made-popup.ts';

const quiet = (key: string): OpenedService =>
  larkmail({ key, alerts: [], coverage: { ...larkmail().coverage, name: key } });
const keys = (services: readonly OpenedService[]): string[] =>
  showServices(services, SETTINGS).map(({ news }) => news.key);

describe('services of a site', () => {
  test('with unread documents stand first, then those with recent changes', () => {
    const read = larkmail({ key: 'read', alerts: [alert('a', '2026-02-10T00:00:00Z', { key: 'read' })] });
    expect(keys([quiet('one'), read, quiet('two'), larkmail()])).toEqual(['larkmail', 'read', 'one', 'two']);
  });

  test('stay where they are while they are read, and so do their documents', () => {
    const services = [larkmail(), larkmail({ key: 'other', alerts: [alert('d', '2026-03-12T00:00:00Z')] })];
    const before = showServices(services, SETTINGS);
    const allRead = services.map((service) => ({
      ...service,
      mark: service.mark && { ...service.mark, read: service.key === 'larkmail' ? [idOf('a'), idOf('b')] : [] },
    }));
    const after = showAgain(before, allRead, SETTINGS);
    const order = (shown: typeof before): string[] =>
      shown.flatMap(({ news }) => news.documents.map(({ type }) => `${news.key} ${type}`));
    expect(order(after)).toEqual(order(before));
    expect(after[0]?.news.documents.map(({ unread }) => unread.length)).toEqual([0, 0, 0]);
  });
});

describe('what is open at once', () => {
  const openedOf = (...services: OpenedService[]): string | undefined =>
    firstOpened(showServices(services, SETTINGS))?.type;

  test('the latest unread change', () => {
    expect(openedOf(larkmail())).toBe('Privacy Policy');
  });

  test('nothing where all was read', () => {
    const { mark } = larkmail();
    expect(openedOf(larkmail({ mark: mark && { ...mark, read: [idOf('a'), idOf('b')] } }))).toBeUndefined();
  });

  test('on a first look the latest recent change, though it is not unread', () => {
    const { mark } = larkmail();
    const first = larkmail({ lookedAt: undefined, mark: mark && { ...mark, since: '2026-03-20T12:00:00.000Z' } });
    expect(openedOf(first)).toBe('Privacy Policy');
    const withdrawn = { ...first, alerts: first.alerts.map((one) => ({ ...one, undoneOn: '2026-03-18' })) };
    expect(openedOf(withdrawn)).toBeUndefined();
  });
});

test('marking takes all that is unread, of a service or of one document', () => {
  const services = showServices([larkmail(), quiet('one')], SETTINGS).map(({ news }) => news);
  expect([...unreadIds(services)]).toEqual([['larkmail', [idOf('b'), idOf('a')]]]);
  expect([...unreadIds(services, 'Terms of Service')]).toEqual([['larkmail', [idOf('a')]]]);
  expect([...unreadIds(services, 'Trackers Policy')]).toEqual([]);
});
