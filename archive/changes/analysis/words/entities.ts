/** What a tool shows of HTML that it should have read, by what it stands for. */
const NAMED: Readonly<Record<string, string>> = {
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  shy: '',
  zwnj: '',
  zwj: '',
  amp: '&',
  quot: '"',
  apos: "'",
  lt: '<',
  gt: '>',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  bull: '•',
  middot: '·',
  reg: '®',
  trade: '™',
  copy: '©',
  euro: '€',
  pound: '£',
  sect: '§',
};
const ENTITY = /&(?:([a-z]{2,6})|#(\d{1,7})|#x([\da-f]{1,6}));/gi;

/** Text with entities of HTML read; twice, since tools write them twice ("&amp;nbsp;"). Unknown ones stay. */
export const withoutEntities = (text: string): string => readEntities(readEntities(text));

const readEntities = (text: string): string =>
  text.includes('&')
    ? text.replace(ENTITY, (all, name: string | undefined, decimal: string | undefined, hex: string | undefined) =>
        name === undefined
          ? characterOf(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16))
          : (NAMED[name.toLowerCase()] ?? all),
      )
    : text;

/** Half of a pair, or none of Unicode's, is seen as a blank. */
const characterOf = (code: number): string =>
  code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : ' ';
