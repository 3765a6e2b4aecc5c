import { createAddresses } from '../../server/pages/addresses.ts';
import { askChanges, type PageToPicture } from './pages-to-picture.ts';
import type { Look } from './take-pictures.ts';

/** A picture of the README: how a page is shown, and how much of it, in CSS pixels. */
export interface ReadmePage extends PageToPicture {
  readonly look: Look;
  readonly height: number;
  /** Selector of what the picture begins with. Default: the top */
  readonly from?: string;
}

const LIGHT: Look = { width: 1010, scheme: 'light', language: 'en' };

/**
 * What the README shows of the demo: the latest changes, a change that concerns everybody, and terms through time.
 *
 * @param server with the demo's records, its address with a slash at the end
 * @throws Error where it has others
 */
export async function findReadmePages(server: string, signal: AbortSignal): Promise<ReadmePage[]> {
  const to = createAddresses('', 'en');
  const { data } = await askChanges(server, 'limit=50&topic=ai/training', signal);
  const change = data.at(-1);
  if (!change || change.previousId === null) {
    throw new Error(
      `${server} has no change about the training of AI, which the demo has: see scripts/demo/changes.ts.`,
    );
  }
  const redline = to.redline({ ...change, id: change.previousId }, change);
  const terms = { collection: change.collection, serviceId: change.serviceId, termsType: 'Terms of Service' };
  return [
    { name: 'changes', address: () => to.start(), look: LIGHT, from: '.week-chart', height: 700 },
    { name: 'redline', address: () => redline, look: LIGHT, from: '.crumbs', height: 760 },
    { name: 'terms', address: () => to.terms(terms), look: { ...LIGHT, scheme: 'dark' }, from: '.crumbs', height: 800 },
  ];
}
