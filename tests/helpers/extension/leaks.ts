import { type HintsOfSites, hintsOfSites } from './hints-of-sites.ts';
import type { RecordedRequest } from './recording-proxy.ts';

/** What is known of a session whose requests were recorded. */
export interface Session {
  /** Host and port of the Clausewatch server. */
  readonly server: string;
  /** Of the server: the manifest, and the files and deltas that were to be had by everybody. */
  readonly paths: ReadonlySet<string>;
  /** Hosts of all sites that were visited. */
  readonly visited: readonly string[];
  /** What else stands for one of them alone: keys and ids of their services. */
  readonly also: readonly string[];
  /** Hosts that the browser itself asks, whatever is visited and installed. */
  readonly browsersOwn: readonly string[];
}

/** Everything that a request to the server may say. None of it differs between two installations of the same browser. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  host: /^127\.0\.0\.1:\d+$/,
  connection: /^keep-alive$/,
  'proxy-connection': /^keep-alive$/i,
  pragma: /^no-cache$/,
  'cache-control': /^no-cache$/,
  'user-agent': /^Mozilla\/5\.0 /,
  accept: /^\*\/\*$/,
  'accept-encoding': /^[a-z, ]+$/,
  'accept-language': /^[\w,;=.\- ]+$/,
  // Of the extension, not of an installation: Chromium makes it of the extension's key. Firefox's would be one's own.
  origin: /^chrome-extension:\/\/[a-p]{32}$/,
  'sec-fetch-dest': /^empty$/,
  'sec-fetch-mode': /^cors$/,
  // `same-origin`: Firefox, where the server may be read.
  'sec-fetch-site': /^(none|cross-site|same-origin)$/,
  'sec-fetch-storage-access': /^(none|active)$/,
  priority: /^u=\d(, i)?$/,
};

/** What in these requests may have told anybody about a visited site, in words; empty: nothing. */
export function leaksIn(requests: readonly RecordedRequest[], session: Session): readonly string[] {
  const everything = hintsOfSites(session.visited, session.also);
  const others = new Map<string, HintsOfSites>();
  const othersOf = (host: string): HintsOfSites => {
    const own = host.split('.').slice(-2).join('.');
    const hints = others.get(own) ?? hintsOfOthers(own, session);
    others.set(own, hints);
    return hints;
  };
  return requests.flatMap((request) => {
    const faults = faultsOf(request, session, { everything, othersOf });
    return faults.map((fault) => `${request.method} ${request.url}: ${fault}`);
  });
}

interface Hints {
  readonly everything: HintsOfSites;
  /** Of all visited sites but the one of this host. */
  readonly othersOf: (host: string) => HintsOfSites;
}

function faultsOf(request: RecordedRequest, session: Session, { everything, othersOf }: Hints): readonly string[] {
  const { host, url, isTunnel } = request;
  if (host === session.server) return faultsOfAsking(request, session, everything);
  const name = new URL(url).hostname;
  if (session.visited.includes(name)) return hintsIn(request, othersOf(name));
  const hints = hintsIn(request, everything);
  if (!isTunnel && hints.length > 0) return hints;
  return session.browsersOwn.includes(name) ? hints : ['nobody knows why this host is asked', ...hints];
}

function faultsOfAsking(request: RecordedRequest, { server, paths }: Session, everything: HintsOfSites) {
  const { method, url, headers, body } = request;
  const path = url.replace(`http://${server}`, '');
  return [
    ...(method === 'GET' && body === '' ? [] : ['it is no plain question']),
    ...(paths.has(path) ? [] : ['nobody else asks for this']),
    ...headers
      .filter(([name, value]) => !HEADERS[name.toLowerCase()]?.test(value))
      .map(([name, value]) => `says ${name}: ${value}`),
    ...hintsIn({ ...request, url: paths.has(path) ? '' : url }, everything),
  ];
}

function hintsIn({ url, headers, body }: RecordedRequest, hints: HintsOfSites): readonly string[] {
  return hints.find([url, ...headers.flat(), body].join('\n')).map((hint) => `hints at a site by ${hint}`);
}

/** A site may know its own name and what hangs on it, and nothing of another one. */
const hintsOfOthers = (own: string, { visited }: Session): HintsOfSites =>
  hintsOfSites(visited.filter((other) => other !== own && !other.endsWith(`.${own}`)));
