/**
 * Hosts, with all below them, that publish texts of anybody: terms that stand there do not make the site one of their
 * service. Where names below a host are given to customers (`larkmail.zendesk.com`), that name is the customer's own site.
 * Companies that give away names and asked for it are public suffixes instead (github.io, notion.site): see publicsuffix.org.
 */
const PUBLISHERS: readonly string[] = [
  // Generators and keepers of terms.
  ...['iubenda.com', 'termly.io', 'termsfeed.com', 'freeprivacypolicy.com', 'privacypolicies.com', 'getterms.io'],
  ...['enzuzo.com', 'cookiebot.com', 'usercentrics.eu', 'onetrust.com', 'trustarc.com', 'websitepolicies.com'],
  // Documents, notes, articles, files.
  ...['docs.google.com', 'drive.google.com', 'sites.google.com', 'storage.googleapis.com', 'notion.so', 'medium.com'],
  ...['airtable.com', 'dropbox.com', 'dropboxusercontent.com', 'onedrive.live.com', 'scribd.com', 'docdroid.net'],
  ...['telegra.ph', 'pastebin.com', 'issuu.com', 'docsend.com', 'box.com'],
  // Code.
  ...['github.com', 'githubusercontent.com', 'gitlab.com', 'codeberg.org', 'bitbucket.org'],
  // Archives of others' sites.
  ...['archive.org', 'archive.today', 'archive.ph', 'webcitation.org'],
];

const WITH_CUSTOMERS: readonly string[] = [
  ...['zendesk.com', 'freshdesk.com', 'intercom.help', 'helpscoutdocs.com', 'uservoice.com', 'custhelp.com'],
  ...[
    'atlassian.net',
    'sharepoint.com',
    'force.com',
    'site.com',
    'gitbook.io',
    'readme.io',
    'helpjuice.com',
    'wixsite.com',
  ],
];

export interface Publisher {
  /** The host under which it publishes. */
  readonly domain: string;
  /** Whether names below it are customers' own sites. */
  readonly hasCustomers: boolean;
}

/** The publisher that a host belongs to; undefined: none. */
export function publisherOf(host: string): Publisher | undefined {
  const labels = host.split('.');
  for (let from = 0; from < labels.length - 1; from++) {
    const found = BY_DOMAIN.get(labels.slice(from).join('.'));
    if (found) return found;
  }
  return undefined;
}

const BY_DOMAIN: ReadonlyMap<string, Publisher> = new Map(
  [...PUBLISHERS, ...WITH_CUSTOMERS].map((domain) => [
    domain,
    { domain, hasCustomers: WITH_CUSTOMERS.includes(domain) },
  ]),
);
