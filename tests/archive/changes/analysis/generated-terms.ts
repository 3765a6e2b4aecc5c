import fc from 'fast-check';

/** Words of several scripts, none of which tells a time, a number or a negation. */
const VOCABULARIES = {
  latin:
    'service account passenger crossing harbour ticket notice consent payment content privacy vessel kitchen orchard meadow lantern copper garden'.split(
      ' ',
    ),
  accents:
    'compte société données façade größe straße jardín añadir opłata żagiel hôtel crème überfahrt niño łódź château'.split(
      ' ',
    ),
  cyrillic: 'договор услуга клиент оплата срок право данные письмо город берег'.split(' '),
  greek: 'σύμβαση υπηρεσία πελάτης πληρωμή δικαίωμα λιμάνι θάλασσα πλοίο'.split(' '),
  arabic: 'العقد الخدمة العميل الدفع الحق الميناء البحر السفينة'.split(' '),
  hangul: '계약 서비스 고객 결제 권리 항구 바다 선박'.split(' '),
} as const;
const HAN = [...'契約服務客戸支払権利港海船規約条項利用者情報提供管理'];

const spaced = fc
  .constantFrom(...Object.values(VOCABULARIES))
  .chain((words) =>
    fc.array(fc.constantFrom(...words), { minLength: 4, maxLength: 24 }).map((chosen) => `${chosen.join(' ')}.`),
  );
const unspaced = fc
  .array(fc.constantFrom(...HAN), { minLength: 8, maxLength: 40 })
  .map((signs) => `${signs.join('')}。`);

/** A sentence of one script, without numbers. */
export const sentence = fc.oneof({ weight: 5, arbitrary: spaced }, { weight: 1, arbitrary: unspaced });

/** A piece of a document; each can be written in more than one way. */
export type Piece =
  | { readonly kind: 'heading'; readonly text: string; readonly level: 1 | 2 }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'linked'; readonly text: string; readonly anchor: string; readonly path: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly [string, string])[] };

const path = fc.constantFrom('terms', 'privacy', 'fees/2', 'legal?lang=en', 'a#b');
const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: spaced, level: fc.constantFrom(1 as const, 2 as const) }),
  fc.record({ kind: fc.constant('paragraph' as const), text: sentence }),
  fc.record({ kind: fc.constant('linked' as const), text: sentence, anchor: spaced, path }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(sentence, { minLength: 1, maxLength: 5 }) }),
  fc.record({
    kind: fc.constant('table' as const),
    rows: fc.array(fc.tuple(sentence, sentence), { minLength: 2, maxLength: 4 }),
  }),
);

/** Documents of sentences, headings, lists, tables and links. */
export const pieces = fc.array(piece, { minLength: 3, maxLength: 12 });

/** One of the ways of writing the same text. */
export interface Style {
  readonly bullet: '*' | '-' | '+';
  readonly underlined: boolean;
  readonly emphasis: '' | '*' | '**' | '_';
  readonly indent: '' | '  ';
  readonly gap: '\n\n' | '\n\n\n' | '\n \n';
  readonly wrapped: boolean;
  readonly blank: ' ' | '  ' | '\u00a0' | '\u202f';
  readonly title: boolean;
  readonly page: string;
  readonly escaped: boolean;
  readonly picture: boolean;
}

export const style: fc.Arbitrary<Style> = fc.record({
  bullet: fc.constantFrom('*', '-', '+'),
  underlined: fc.boolean(),
  emphasis: fc.constantFrom('', '*', '**', '_'),
  indent: fc.constantFrom('', '  '),
  gap: fc.constantFrom('\n\n', '\n\n\n', '\n \n'),
  wrapped: fc.boolean(),
  blank: fc.constantFrom(' ', '  ', '\u00a0', '\u202f'),
  title: fc.boolean(),
  page: fc.constantFrom('a', 'b/c', 'd?e=f&g=h'),
  escaped: fc.boolean(),
  picture: fc.boolean(),
});

/** Markdown of the pieces in a style. Other styles change nothing that is said, nor the hosts to which links lead. */
export function write(document: readonly Piece[], how: Style): string {
  const { bullet, underlined, emphasis, indent, gap, wrapped, blank, title, page, escaped, picture } = how;
  const prose = (text: string): string => {
    const words = text.split(' ');
    if (emphasis && words.length > 2) words[1] = `${emphasis}${words[1]}${emphasis}`;
    const middle = Math.floor(words.length / 2);
    const joined =
      wrapped && middle > 1
        ? `${words.slice(0, middle).join(blank)}\n${indent}${words.slice(middle).join(blank)}`
        : words.join(blank);
    return escaped ? joined.replaceAll('.', '\\.') : joined;
  };
  const line = (text: string): string => prose(text).replaceAll(/\n\s*/g, ' ');
  const writtenPiece = (one: Piece): string => {
    switch (one.kind) {
      case 'heading':
        return underlined
          ? `${line(one.text)}\n${(one.level === 1 ? '=' : '-').repeat(how.title ? 12 : 5)}`
          : `${'#'.repeat(one.level)} ${line(one.text)}`;
      case 'paragraph':
        return `${prose(one.text)}${picture ? ' ![](https://img.quay.example/x.png)' : ''}`;
      case 'linked':
        return `${prose(one.text)} [${line(one.anchor)}](https://quay.example/${one.path}/${page}${title ? ' "more of it"' : ''})`;
      case 'list':
        return one.items.map((item) => `${indent}${bullet}   ${line(item)}`).join(title ? '\n\n' : '\n');
      case 'table':
        return one.rows
          .map(([left, right], at) => `| ${line(left)} | ${line(right)} |${at === 0 ? '\n| --- | :---: |' : ''}`)
          .join('\n');
    }
  };
  return document.map(writtenPiece).join(gap);
}
