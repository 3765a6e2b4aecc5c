import { memberPath } from './fault.ts';

/** Of the control characters, only those below the blank are forbidden in texts. */
const TOKEN =
  /"(?:[^"\\[\p{Cc}--[\x7f-\x9f]]]|\\(?:["\\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+\-]?\d+)?|true|false|null|[\{\}\[\],:]/vy;
const BLANKS = /[ \t\n\r]*/y;

type Awaited = 'value' | 'firstItem' | 'key' | 'firstKey' | 'colon' | 'next' | 'end';

const EXPECTATION: Record<Awaited, string> = {
  value: 'expected a value',
  firstItem: 'expected a value or ]',
  key: 'expected a key in double quotes (no comma stands after the last one)',
  firstKey: 'expected a key in double quotes, or }',
  colon: 'expected : after the key',
  next: 'expected a comma, or the end of the object or array',
  end: 'expected nothing more',
};

interface Container {
  readonly path: string;
  /** Keys seen so far; undefined in an array. */
  readonly keys: Set<string> | undefined;
  /** The member being read. */
  member: string | number;
}

export interface JsonScan {
  /** Paths of keys that occur twice in one object. */
  readonly duplicates: readonly string[];
  /** The first fault of syntax: index in the text, and what was expected there. */
  readonly fault: { readonly index: number; readonly expected: string } | undefined;
}

/**
 * Finds what `JSON.parse` does not tell: where exactly a syntax fault is (V8 leaves the position out of most messages),
 * and keys given twice. Works without recursion, since the texts may come from anywhere.
 */
export function scanJson(source: string): JsonScan {
  const duplicates: string[] = [];
  const open: Container[] = [];
  let awaited: Awaited = 'value';
  let index = 0;
  const faulty = (): JsonScan => ({ duplicates, fault: { index, expected: EXPECTATION[awaited] } });
  while (true) {
    BLANKS.lastIndex = index;
    index += BLANKS.exec(source)?.[0].length ?? 0;
    if (index === source.length) return awaited === 'end' ? { duplicates, fault: undefined } : faulty();
    TOKEN.lastIndex = index;
    const token = TOKEN.exec(source)?.[0];
    const container: Container | undefined = open.at(-1);
    const following: Awaited | undefined =
      token === undefined ? undefined : step(token, awaited, container, open, duplicates);
    if (token === undefined || following === undefined) return faulty();
    awaited = following;
    index += token.length;
  }
}

/** What is awaited after a token; undefined where the token cannot stand here. */
function step(
  token: string,
  awaited: Awaited,
  container: Container | undefined,
  open: Container[],
  duplicates: string[],
): Awaited | undefined {
  const path = container ? memberPath(container.path, container.member) : '';
  switch (awaited) {
    case 'key':
    case 'firstKey':
      if (token === '}' && awaited === 'firstKey') return close(open);
      if (!token.startsWith('"') || !container?.keys) return undefined;
      container.member = String(JSON.parse(token));
      if (container.keys.has(container.member)) duplicates.push(memberPath(container.path, container.member));
      container.keys.add(container.member);
      return 'colon';
    case 'colon':
      return token === ':' ? 'value' : undefined;
    case 'next':
      if (token === (container?.keys ? '}' : ']')) return close(open);
      if (token !== ',' || !container) return undefined;
      if (typeof container.member === 'number') container.member += 1;
      return container.keys ? 'key' : 'value';
    case 'value':
    case 'firstItem':
      if (token === ']' && awaited === 'firstItem') return close(open);
      if (/^[}\],:]/.test(token)) return undefined;
      if (token === '{') {
        open.push({ path, keys: new Set(), member: '' });
        return 'firstKey';
      }
      if (token === '[') {
        open.push({ path, keys: undefined, member: 0 });
        return 'firstItem';
      }
      return container ? 'next' : 'end';
    case 'end':
      return undefined;
  }
}

function close(open: Container[]): Awaited {
  open.pop();
  return open.length > 0 ? 'next' : 'end';
}
