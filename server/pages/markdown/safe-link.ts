const SCHEMES: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
/** Longer ones are data, not addresses. */
const LONGEST = 4_000;

/**
 * The address that a link of archived text may lead to, as the URL standard writes it; undefined where it may lead
 * nowhere: other schemes, addresses without a host of their own, and such as pretend to be somewhere else by a user name.
 */
export function safeHref(target: string): string | undefined {
  if (target.length > LONGEST) return undefined;
  const url = URL.parse(target);
  if (!url || !SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}
