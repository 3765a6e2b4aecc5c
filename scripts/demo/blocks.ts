/** The parts of a demo text; inline markup (`**bold**`, `[text](address)`) is still in the strings. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

/** A run of text with one look. */
export interface Inline {
  readonly text: string;
  readonly isBold: boolean;
  readonly address: string | undefined;
}

/** Reads the small markup of scripts/demo/services: blocks divided by empty lines. */
export function parseBlocks(source: string): Block[] {
  return source
    .trim()
    .split(/\n{2,}/)
    .map((chunk): Block => {
      const heading = /^(#+) (.*)$/.exec(chunk);
      if (heading) return { kind: 'heading', level: heading[1]?.length ?? 1, text: heading[2] ?? '' };
      const lines = chunk.split('\n');
      if (chunk.startsWith('- ')) return { kind: 'list', items: lines.map((line) => line.slice(2)) };
      if (chunk.startsWith('| ')) {
        const rows = lines.filter((line) => !line.startsWith('| ---'));
        return { kind: 'table', rows: rows.map((row) => row.slice(2, -2).split(' | ')) };
      }
      return { kind: 'paragraph', text: chunk };
    });
}

/** Divides a string of a block into runs. */
export function parseInline(source: string): Inline[] {
  return source
    .split(/(\*\*[^*]+\*\*|\[[^\]]+\]\([^)]+\))/)
    .filter((part) => part !== '')
    .map((part) => {
      const link = /^\[([^\]]+)\]\(([^)]+)\)$/.exec(part);
      if (link) return { text: link[1] ?? '', isBold: false, address: link[2] };
      const bold = /^\*\*(.+)\*\*$/.exec(part);
      return { text: bold?.[1] ?? part, isBold: bold !== null, address: undefined };
    });
}
