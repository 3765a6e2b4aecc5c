import { readStored, type StoredFiles } from '../files/file-store.ts';
import { type LastRefresh, readLastRefresh } from '../state/last-refresh.ts';
import { readSettings } from '../state/settings.ts';
import { type Child, element } from '../views/element.ts';
import { outsideLink } from '../views/outside-link.ts';
import { shownName } from '../views/reading.ts';
import type { Words } from '../words/make-words.ts';
import { mayReadServer } from './permissions.ts';
import { thisBrowser } from './this-browser.ts';

export interface ServerFacts {
  /** As in the settings; empty: none is chosen. */
  readonly server: string;
  /** Whatever was downloaded from it. */
  readonly stored: StoredFiles | undefined;
  readonly last: LastRefresh;
  /** Whether it may be read without an identifier of this installation in each request. */
  readonly mayRead: boolean;
}

export async function readServerFacts(): Promise<ServerFacts> {
  const [{ server }, stored, last] = await Promise.all([readSettings(), readStored(), readLastRefresh()]);
  const hasToAsk = thisBrowser() === 'firefox' && server !== '';
  return {
    server,
    stored: stored?.server === server ? stored : undefined,
    last,
    mayRead: hasToAsk ? await mayReadServer(server) : true,
  };
}

/** What a server is called by those who run it; they may call it nothing. */
export const nameOfServer = ({ server, stored }: ServerFacts): string =>
  shownName(stored?.manifest.name || new URL(server).host);

/** From where, how old, and why it is not newer. */
export function serverFactsList(words: Words, facts: ServerFacts, now: Date): HTMLElement {
  const { server, stored, last } = facts;
  const name = nameOfServer(facts);
  const row = (label: string, value: Child): readonly HTMLElement[] => [
    element('dt', {}, [label]),
    element('dd', {}, [value]),
  ];
  const moment = (iso: string): HTMLElement =>
    element('span', {}, [`${words.ago(iso, now)} (`, element('time', { datetime: iso }, [words.moment(iso)]), ')']);
  const { newestRecord } = stored?.manifest ?? {};
  return element('dl', { class: 'facts' }, [
    ...row(words('server_fact_name'), outsideLink(stored?.manifest.website ?? server, [name], { dir: 'auto' })),
    ...(newestRecord ? row(words('server_fact_data'), moment(newestRecord)) : []),
    ...row(
      words('server_fact_downloaded'),
      stored && last.succeededAt !== null ? moment(last.succeededAt) : words('server_fact_never'),
    ),
    ...(last.failure === null ? [] : row(words('server_fact_fault'), words(`server_fault_${last.failure}`))),
  ]);
}
