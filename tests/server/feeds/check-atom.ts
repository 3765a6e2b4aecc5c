import { XmlElement as Element, parseXml, type XmlElement, XmlText } from '@rgrove/parse-xml';

const ATOM = 'http://www.w3.org/2005/Atom';
const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const ABSOLUTE = /^[a-z][a-z\d+.-]*:\S/i;

/** How often an element may stand in its parent: least and most. */
type Rules = Readonly<Record<string, readonly [number, number]>>;
const ANY = [0, Number.POSITIVE_INFINITY] as const;
const FEED: Rules = {
  author: ANY,
  category: ANY,
  contributor: ANY,
  generator: [0, 1],
  icon: [0, 1],
  id: [1, 1],
  link: ANY,
  logo: [0, 1],
  rights: [0, 1],
  subtitle: [0, 1],
  title: [1, 1],
  updated: [1, 1],
  entry: ANY,
};
const ENTRY: Rules = {
  author: ANY,
  category: ANY,
  content: [0, 1],
  contributor: ANY,
  id: [1, 1],
  link: ANY,
  published: [0, 1],
  rights: [0, 1],
  source: [0, 1],
  summary: [0, 1],
  title: [1, 1],
  updated: [1, 1],
};

/**
 * What a text breaks of Atom (RFC 4287, section 4), and that it is well-formed XML 1.0 with namespaces as they are.
 *
 * @throws where it is not well-formed.
 */
export function atomFaults(text: string): string[] {
  const root = parseXml(text).root;
  if (root?.name !== 'feed' || root.attributes.xmlns !== ATOM) return ['the root is no feed of Atom'];
  const entries = childrenOf(root, 'entry');
  return [
    ...container(root, FEED, 'feed'),
    ...entries.flatMap((entry, place) => container(entry, ENTRY, `entry ${place}`)),
    ...(childrenOf(root, 'author').length > 0 || entries.every((entry) => childrenOf(entry, 'author').length > 0)
      ? []
      : ['neither the feed nor every entry has an author (4.1.1)']),
    ...(childrenOf(root, 'link').some(({ attributes }) => attributes.rel === 'self')
      ? []
      : ['the feed has no link to itself (4.1.1)']),
    ...repeated(entries.map((entry) => textOf(entry, 'id'))).map((id) => `entry ${id} stands there twice (4.1.1)`),
    ...entries
      .filter((entry) => childrenOf(entry, 'content').length === 0 && alternates(entry).length === 0)
      .map((entry) => `entry ${textOf(entry, 'id')} has neither content nor alternate link (4.1.2)`),
  ];
}

/** Text of an element's child, as it stands there. */
export const textOf = (parent: XmlElement, name: string): string => childrenOf(parent, name)[0]?.text ?? '';

export const childrenOf = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child): child is XmlElement => child instanceof Element && child.name === name);

export const entriesOf = (text: string): XmlElement[] => {
  const root = parseXml(text).root;
  return root ? childrenOf(root, 'entry') : [];
};

function container(parent: XmlElement, rules: Rules, what: string): string[] {
  const names = parent.children.flatMap((child) => (child instanceof Element ? [child.name] : []));
  const faults = Object.entries(rules)
    .map(([name, [least, most]]) => ({ name, least, most, found: names.filter((one) => one === name).length }))
    .filter(({ least, most, found }) => found < least || found > most)
    .map(({ name, found }) => `${what} has ${found} of ${name}`);
  const unknown = names.filter((name) => !(name in rules)).map((name) => `${what} has ${name}`);
  const stray = parent.children.some((child) => child instanceof XmlText && child.text.trim() !== '');
  return [
    ...faults,
    ...unknown,
    ...(stray ? [`${what} has text of its own`] : []),
    ...['id', 'icon', 'logo'].flatMap((name) =>
      childrenOf(parent, name)
        .filter(({ text }) => !ABSOLUTE.test(text) || text !== text.trim())
        .map(({ text }) => `${what}: ${name} “${text}” is no absolute address`),
    ),
    ...['updated', 'published'].flatMap((name) =>
      childrenOf(parent, name)
        .filter(({ text }) => !RFC_3339.test(text))
        .map(({ text }) => `${what}: ${name} “${text}” is no date (3.3)`),
    ),
    ...childrenOf(parent, 'title')
      .filter(({ text, attributes }) => text === '' || !['text', undefined].includes(attributes.type))
      .map(() => `${what} has no plain title`),
    ...childrenOf(parent, 'author')
      .filter((author) => childrenOf(author, 'name').length !== 1)
      .map(() => `${what} has an author without one name (3.2)`),
    ...childrenOf(parent, 'category')
      .filter(({ attributes }) => !attributes.term || !ABSOLUTE.test(attributes.scheme ?? 'x:y'))
      .map(() => `${what} has a category without term (4.2.2)`),
    ...childrenOf(parent, 'link')
      .filter(({ attributes }) => !URL.canParse(attributes.href ?? '') || /[\s<>"]/.test(attributes.href ?? ''))
      .map(({ attributes }) => `${what} links to “${attributes.href}” (4.2.7)`),
    ...repeated(alternates(parent).map(({ attributes }) => `${attributes.type} ${attributes.hreflang}`)).map(
      (kind) => `${what} has two alternate links of ${kind} (4.1.1, 4.1.2)`,
    ),
  ];
}

const alternates = (parent: XmlElement): XmlElement[] =>
  childrenOf(parent, 'link').filter(({ attributes }) => (attributes.rel ?? 'alternate') === 'alternate');

const repeated = (values: readonly string[]): string[] =>
  values.filter((value, place) => values.indexOf(value) !== place);
