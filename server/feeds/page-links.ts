import { createAddresses } from '../pages/addresses.ts';
import type { VersionLinks } from './feed-entry.ts';

/**
 * Leads from an entry to the redline against the version before, or to the version where none is. Entries are English, and
 * so are the pages; each of these leads to the other languages.
 *
 * @param publicUrl of the server, without a slash at the end
 */
export function pageLinks(publicUrl: string): NonNullable<VersionLinks['page']> {
  const { origin, pathname } = new URL(publicUrl);
  const to = createAddresses(pathname.replace(/\/$/, ''), 'en');
  return (collection, version) => {
    const { serviceId, termsType, id } = version;
    const address = { collection: collection.id, serviceId, termsType, id };
    const before = collection.index().versionBefore(version);
    return origin + (before ? to.redline({ ...address, id: before.id }, address) : to.version(address));
  };
}

/** The list that feeds over all collections are of; it has their filters. */
export function startPage(publicUrl: string): string {
  const { origin, pathname } = new URL(publicUrl);
  return origin + createAddresses(pathname.replace(/\/$/, ''), 'en').start();
}
