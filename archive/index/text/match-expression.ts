import { foldLetters } from './indexed-words.ts';
import type { QueryLeaf, QueryNode } from './parse-query.ts';

/** A query in the language of SQLite's full-text search, for one of its tables; or as sets of blocks from both. */
export type Match =
  | { readonly kind: 'table'; readonly table: 'block_words' | 'block_trigrams'; readonly expression: string }
  /** `sql` gives the ids of blocks in a column `id`. */
  | { readonly kind: 'sets'; readonly sql: string; readonly parameters: readonly string[] };

/** A trigram index finds nothing shorter. */
const TRIGRAM = 3;

/** Every word in quotation marks: nothing that was typed is read as an operator, a column or a function. */
export function toMatch(node: QueryNode): Match {
  const leaves = leavesOf(node);
  if (leaves.every(({ isUnspaced }) => !isUnspaced)) {
    return { kind: 'table', table: 'block_words', expression: expressionOf(node) };
  }
  if (leaves.every((leaf) => leaf.isUnspaced && hasTrigram(leaf))) {
    return { kind: 'table', table: 'block_trigrams', expression: expressionOf(node) };
  }
  const parameters: string[] = [];
  return { kind: 'sets', sql: setOf(node, parameters), parameters };
}

/** All leaves that have to be there, or one of several that may. */
export function positiveLeaves(node: QueryNode): QueryLeaf[] {
  return node.kind === 'leaf' ? [node.leaf] : node.nodes.flatMap(positiveLeaves);
}

/** The words of a query that is nothing but words, all of which must be there. */
export function plainWords(node: QueryNode): QueryLeaf[] | undefined {
  if (node.kind === 'leaf') return [node.leaf];
  if (node.kind === 'or' || node.without.length > 0) return undefined;
  const leaves = node.nodes.map((inner) => (inner.kind === 'leaf' ? inner.leaf : undefined));
  return leaves.every((leaf) => leaf !== undefined) ? leaves : undefined;
}

/** One leaf in the language of SQLite's full-text search. */
export function leafExpression({ text, isPrefix, isUnspaced }: QueryLeaf): string {
  const quoted = `"${(isUnspaced ? text : foldLetters(text)).replaceAll('"', '""')}"`;
  return isPrefix && !isUnspaced ? `${quoted} *` : quoted;
}

const leavesOf = (node: QueryNode): QueryLeaf[] =>
  node.kind === 'leaf' ? [node.leaf] : [...node.nodes, ...(node.kind === 'and' ? node.without : [])].flatMap(leavesOf);

const hasTrigram = ({ text }: QueryLeaf): boolean => Array.from(text).length >= TRIGRAM;

function expressionOf(node: QueryNode): string {
  if (node.kind === 'leaf') return leafExpression(node.leaf);
  const inner = node.nodes.map(expressionOf).join(node.kind === 'or' ? ' OR ' : ' AND ');
  if (node.kind === 'or' || node.without.length === 0) return `(${inner})`;
  return `((${inner}) NOT (${node.without.map(expressionOf).join(' OR ')}))`;
}

function setOf(node: QueryNode, parameters: string[]): string {
  if (node.kind === 'leaf') return leafSet(node.leaf, parameters);
  const sets = node.nodes.map((inner) => setOf(inner, parameters));
  const joined = sets.map((set) => `SELECT id FROM (${set})`).join(node.kind === 'or' ? ' UNION ' : ' INTERSECT ');
  if (node.kind === 'or' || node.without.length === 0) return joined;
  const without = node.without.map((inner) => ` EXCEPT SELECT id FROM (${setOf(inner, parameters)})`);
  return `SELECT id FROM (${joined})${without.join('')}`;
}

function leafSet(leaf: QueryLeaf, parameters: string[]): string {
  if (!leaf.isUnspaced || hasTrigram(leaf)) {
    parameters.push(leafExpression(leaf));
    const table = leaf.isUnspaced ? 'block_trigrams' : 'block_words';
    return `SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ?`;
  }
  // Few blocks are in that table, and what is shorter than its entries is looked for in their text.
  parameters.push(leaf.text.toLowerCase());
  return 'SELECT b.id AS id FROM block_trigrams_docsize d CROSS JOIN block b ON b.id = d.id WHERE instr(lower(b.text), ?) > 0';
}
