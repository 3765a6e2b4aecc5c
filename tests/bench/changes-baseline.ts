const STATES = 20;
const CHANGES = 20;
const TIMES = 3;

interface Former {
  readonly blocks: ReadonlySet<string>;
  /** The last states and the last changes, by words. */
  readonly states: string[];
  readonly touched: (readonly string[])[];
}

/**
 * What anybody would write first, in forty lines, to have something to compare with: normalises words, remembers the
 * last 20 states of each document, and leaves out blocks that came and went in three of its last 20 changes.
 */
export function createBaseline(): (path: string, markdown: string) => boolean {
  const documents = new Map<string, Former>();
  return (path, markdown) => {
    const blocks = new Set(
      markdown
        .split('\n')
        .map(normalised)
        .filter((line) => line !== ''),
    );
    const state = [...blocks].sort().join('\n');
    const former = documents.get(path);
    const states = former?.states ?? [];
    const touched = former?.touched ?? [];
    documents.set(path, { blocks, states, touched });
    const isKnown = states.includes(state);
    states.push(state);
    if (states.length > STATES) states.shift();
    if (!former) return false;
    const differing = [...blocks, ...former.blocks].filter((one) => !(blocks.has(one) && former.blocks.has(one)));
    const isNew = (one: string): boolean => touched.filter((change) => change.includes(one)).length < TIMES;
    const alert = !isKnown && differing.some(isNew);
    if (differing.length > 0) touched.push(differing);
    if (touched.length > CHANGES) touched.shift();
    return alert;
  };
}

/** Letters and digits in small, without pictures, link targets and hidden mail addresses. */
const normalised = (line: string): string =>
  line
    .replace(/!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|https?:\/\/\S+|\[email.protected\]|[\w.+-]+@[\w.-]+/g, ' ')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%€$£]+/gu, ' ')
    .trim();
