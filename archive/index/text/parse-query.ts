import { hasUnspacedScript } from '../../changes/blocks/unspaced-scripts.ts';
import { QuerySyntaxError } from '../index-error.ts';

/** What a search asks for. */
export type QueryNode =
  | { readonly kind: 'leaf'; readonly leaf: QueryLeaf }
  | { readonly kind: 'or'; readonly nodes: readonly QueryNode[] }
  /** All of `nodes` (at least one) and none of `without`. */
  | { readonly kind: 'and'; readonly nodes: readonly QueryNode[]; readonly without: readonly QueryNode[] };

/** A word, or words in a row. */
export interface QueryLeaf {
  readonly text: string;
  /** The last word is only the beginning of one. */
  readonly isPrefix: boolean;
  /** Holds letters of a script without spaces: found as part of a text, not as words. */
  readonly isUnspaced: boolean;
}

/** Nobody types more; a pasted sentence is asked for as a passage. */
const MOST_CHARACTERS = 2_000;
const MOST_LEAVES = 64;
/** Each collects the blocks of all words that begin so: 60 of them took a second. */
const MOST_PREFIXES = 8;
const DEEPEST = 16;
/** With one letter more than half of all blocks match, and finding that out takes a tenth of a second. */
const SHORTEST_PREFIX = 2;

const TOKEN = /\s+|"([^"]*)(?:"|$)(\*?)|([()])|(-(?=[^\s)-]))?([^\s()"]*)/gy;
const WORD = /[\p{L}\p{N}\p{Co}]/u;

const EXAMPLE = 'Write for instance: arbitration "class action" waive* -employee (refund OR repay).';

type Token = { readonly kind: 'leaf'; readonly leaf: QueryLeaf } | { readonly kind: '(' | ')' | 'OR' | 'AND' | 'NOT' };

/**
 * Reads what a person typed: words (all of them), "phrases", prefix*, OR, AND, NOT or -word, parentheses; operators in
 * capital letters only. Reading is tolerant: a quotation mark or parenthesis that is not closed ends with the query, one
 * too many is passed over, as is an operator with nothing beside it. Signs that are no letters or digits separate words,
 * so `NEAR(…)` and `column:` have no special meaning.
 *
 * @throws QuerySyntaxError where nothing to find is left, or where the query is too long or too deep.
 */
export function parseQuery(query: string): QueryNode {
  if (query.length > MOST_CHARACTERS) {
    throw new QuerySyntaxError(
      `The query has ${query.length} characters; at most ${MOST_CHARACTERS} can be searched for.`,
    );
  }
  const tokens = tokensOf(query.replaceAll('\0', ' '));
  const leaves = tokens.filter(({ kind }) => kind === 'leaf').length;
  if (leaves === 0) throw new QuerySyntaxError(`The query has no words to find. ${EXAMPLE}`);
  if (leaves > MOST_LEAVES) {
    throw new QuerySyntaxError(
      `The query has ${leaves} words and phrases; at most ${MOST_LEAVES} can be searched for. Put words that follow each other into "quotation marks".`,
    );
  }
  const prefixes = tokens.filter(
    (token) => token.kind === 'leaf' && token.leaf.isPrefix && !token.leaf.isUnspaced,
  ).length;
  if (prefixes > MOST_PREFIXES) {
    throw new QuerySyntaxError(
      `The query has ${prefixes} beginnings of words (with *); at most ${MOST_PREFIXES} can be searched for.`,
    );
  }
  return new Parser(tokens).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): QueryNode {
    const nodes: QueryNode[] = [];
    while (this.#next < this.#tokens.length) {
      const node = this.#either(0);
      if (node) nodes.push(node);
      // A closing parenthesis too many.
      this.#next++;
    }
    return joined('and', nodes) ?? nothingPositive();
  }

  #either(depth: number): QueryNode | undefined {
    if (depth > DEEPEST)
      throw new QuerySyntaxError(`The query has more than ${DEEPEST} parentheses inside each other.`);
    const nodes: QueryNode[] = [];
    do {
      const node = this.#all(depth);
      if (node) nodes.push(node);
    } while (this.#takes('OR'));
    return joined('or', nodes);
  }

  #all(depth: number): QueryNode | undefined {
    const nodes: QueryNode[] = [];
    const without: QueryNode[] = [];
    let isNot = false;
    for (;;) {
      const token = this.#tokens[this.#next];
      if (!token || token.kind === ')' || token.kind === 'OR') break;
      this.#next++;
      if (token.kind === 'AND') continue;
      if (token.kind === 'NOT') {
        isNot = true;
        continue;
      }
      const node = token.kind === 'leaf' ? token : this.#group(depth);
      if (node) (isNot ? without : nodes).push(node);
      isNot = false;
    }
    if (without.length === 0) return joined('and', nodes);
    return nodes.length === 0 ? nothingPositive() : { kind: 'and', nodes, without };
  }

  #group(depth: number): QueryNode | undefined {
    const node = this.#either(depth + 1);
    if (this.#tokens[this.#next]?.kind === ')') this.#next++;
    return node;
  }

  #takes(kind: Token['kind']): boolean {
    const is = this.#tokens[this.#next]?.kind === kind;
    if (is) this.#next++;
    return is;
  }
}

function nothingPositive(): never {
  throw new QuerySyntaxError(`The query only says what must not be there; add a word to find. ${EXAMPLE}`);
}

function joined(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode | undefined {
  const [first] = nodes;
  if (nodes.length <= 1) return first;
  return kind === 'or' ? { kind, nodes } : { kind, nodes, without: [] };
}

function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < query.length) {
    const [whole = '', phrase, phraseStar, parenthesis, minus, word = ''] = TOKEN.exec(query) ?? [];
    if (parenthesis === '(' || parenthesis === ')') tokens.push({ kind: parenthesis });
    else if (phrase !== undefined) pushLeaf(tokens, phrase, phraseStar === '*');
    else if (word === 'OR' || word === 'AND' || word === 'NOT') tokens.push({ kind: word });
    else {
      if (minus) tokens.push({ kind: 'NOT' });
      if (word !== '') pushLeaf(tokens, word, word.endsWith('*'));
    }
    if (whole === '') TOKEN.lastIndex++;
  }
  return tokens;
}

function pushLeaf(tokens: Token[], text: string, isPrefix: boolean): void {
  if (!WORD.test(text)) return;
  const isUnspaced = hasUnspacedScript(text);
  const bare = isUnspaced ? text.replace(/^[\s*]+|[\s*]+$/g, '') : text;
  const letters = /[\p{L}\p{M}\p{N}]*$/u.exec(bare.replace(/[*\s]+$/, ''))?.[0] ?? '';
  if (isPrefix && !isUnspaced && letters.length < SHORTEST_PREFIX) {
    throw new QuerySyntaxError(
      `“${text}${text.endsWith('*') ? '' : '*'}” is too short: a beginning of a word needs at least ${SHORTEST_PREFIX} letters before the *.`,
    );
  }
  tokens.push({ kind: 'leaf', leaf: { text: bare, isPrefix, isUnspaced } });
}
