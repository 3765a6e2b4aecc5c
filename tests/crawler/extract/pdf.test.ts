import { StandardFonts } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { ExtractError } from '../../../crawler/extract/extract-error.ts';
import { pdfToMarkdown } from '../../../crawler/extract/pdf.ts';
import {
  makeBombPdf,
  makeEncryptedPdf,
  makePdf,
  makeScannedPdf,
  makeWrappedPdf,
  type Setting,
} from '../../helpers/pdf-documents.ts';

const location = 'https://parcels.example/terms.pdf';

const paragraphs = [
  'These terms apply to every parcel that Parcels Limited of Sampletown carries for you, whatever its size, weight or destination may be, and to nothing else.',
  '1. You pack the parcel so that it survives a fall from the height of a table, and you pay for what its content does to other parcels.',
  '1.1 Liquids are packed twice. We may refuse them at any time, in any place, without giving a reason, and keep the postage that was paid.',
  '• First of the items',
  '• Second of the items, which goes on for so long that it has to be wrapped to the next line of the page, where it ends',
  '(a) A lettered item.',
  'We carry parcels within 30 days.',
];

/** What `error` is, or the text where there was none. */
async function outcome(bytes: Uint8Array): Promise<string> {
  return pdfToMarkdown(bytes, location).then(
    (markdown) => `text: ${markdown}`,
    (error: unknown) =>
      error instanceof ExtractError ? `${error.reason}: ${error.message}` : `untyped: ${String(error)}`,
  );
}

function column(lines: readonly string[], x: number, y = 760): Setting[] {
  return lines.map((text, index) => ({ text, x, y: y - index * 14 }));
}

describe('text', () => {
  test('wrapped lines become paragraphs, numbered and marked ones stay apart', async () => {
    const markdown = await pdfToMarkdown(await makeWrappedPdf(paragraphs), location);
    expect(markdown).toBe(paragraphs.map((paragraph) => paragraph.replace('•', '-')).join('\n\n'));
  });

  test('no word is lost or added in a long document, and a second time gives the same', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `${paragraphs[index % 3]} Clause ${index} ends.`);
    const bytes = await makeWrappedPdf(many, 37);
    const markdown = await pdfToMarkdown(bytes, location);
    expect(markdown.split(/\s+/)).toEqual(many.join(' ').split(/\s+/));
    expect(await pdfToMarkdown(bytes, location)).toBe(markdown);
  });

  test('the caller keeps its bytes', async () => {
    const bytes = await makeWrappedPdf(['Kept.']);
    await pdfToMarkdown(bytes, location);
    expect(bytes.byteLength).toBeGreaterThan(100);
  });

  const settings: Record<string, { pages: Setting[][]; expected: string }> = {
    'larger type is a heading': {
      pages: [
        [
          { text: 'Terms of carriage', y: 780, size: 22 },
          { text: 'Scope', y: 740, size: 14 },
          { text: 'All parcels are within the scope of these terms of carriage.', y: 720 },
        ],
      ],
      expected: '# Terms of carriage\n\n## Scope\n\nAll parcels are within the scope of these terms of carriage.',
    },
    'Markdown in the text is text': {
      pages: [[{ text: 'Use *stars*, snake_case, <b>, [links](x) and `code`.', y: 700 }]],
      expected: 'Use \\*stars\\*, snake\\_case, \\<b>, \\[links\\](x) and \\`code\\`.',
    },
    'a hyphen at the end of a line goes only where the document knows the word without it': {
      pages: [
        column(['We protect your infor-', 'mation and that of third-', 'party carriers. The information is ours.'], 72),
      ],
      expected: 'We protect your information and that of third-party carriers. The information is ours.',
    },
    'columns are read one after the other': {
      pages: [
        [
          ...column(['The left column has these lines and', 'goes on to the'], 72),
          ...column(['right column, where it ends at', 'the second line.'], 320),
        ],
      ],
      expected: 'The left column has these lines and goes on to the right column, where it ends at the second line.',
    },
    'page numbers that count along are dropped, other numbers stay': {
      pages: [1, 2, 3].map((page) => [
        { text: `This is the text of sheet ${page}.`, y: 700 },
        { text: '42', y: 650 },
        { text: `Page ${page + 4} of 12`, x: 280, y: 30 },
      ]),
      expected: [1, 2, 3].map((page) => `This is the text of sheet ${page}.\n\n42`).join('\n\n'),
    },
    'a number that does not count along stays': {
      pages: [7, 7, 7].map((number) => [
        { text: 'We carry parcels within this number of days:', y: 700 },
        { text: String(number), y: 30 },
      ]),
      expected: Array(3).fill('We carry parcels within this number of days:\n\n7').join('\n\n'),
    },
    'a header that repeats stays': {
      pages: [1, 2].map((page) => [
        { text: 'Parcels Limited, confidential.', y: 800 },
        { text: `Sheet ${page}.`, y: 700 },
      ]),
      expected: 'Parcels Limited, confidential.\n\nSheet 1.\n\nParcels Limited, confidential.\n\nSheet 2.',
    },
    'letters beyond ASCII': {
      pages: [[{ text: 'Größe, façade, año, søster, „Anführung“ – 5 €', y: 700 }]],
      expected: 'Größe, façade, año, søster, „Anführung“ – 5 €',
    },
  };
  test.each(Object.entries(settings))('%s', async (_, { pages, expected }) => {
    expect(await pdfToMarkdown(await makePdf(pages), location)).toBe(expected);
  });

  test('Greek, set in a symbol font', async () => {
    const bytes = await makePdf([[{ text: 'αβγ Ω', y: 700, size: 12 }]], StandardFonts.Symbol);
    expect(await pdfToMarkdown(bytes, location)).toBe('αβγ Ω');
  });
});

describe('typed errors', () => {
  test('a scan has no text', async () => {
    expect(await outcome(await makeScannedPdf())).toMatch(
      /^empty: The PDF https:\/\/parcels\.example\/terms\.pdf contains no text/,
    );
  });

  test('an encrypted one asks for a password', async () => {
    expect(await outcome(makeEncryptedPdf())).toMatch(/^unreadable: .*encrypted/);
  });

  test.each([
    ['nothing', new Uint8Array()],
    ['HTML', Buffer.from('<html><body>Not found</body></html>')],
    ['a header alone', Buffer.from('%PDF-1.7\n')],
    ['zeros', new Uint8Array(10_000)],
  ])('%s is broken', async (_, bytes) => {
    expect(await outcome(bytes)).toMatch(/^unreadable: .*broken/);
  });

  test('a compression bomb is refused before it is unpacked', async () => {
    const bytes = makeBombPdf(300_000_000);
    expect(bytes.byteLength).toBeLessThan(400_000);
    expect(await outcome(bytes)).toMatch(/^unreadable: .*compression bomb/);
    // The same file with less in it is read: it is the size that decides.
    expect(await outcome(makeBombPdf(1_000_000))).toMatch(/^empty:/);
  });

  test('cut at every tenth', async () => {
    const bytes = await makeWrappedPdf(paragraphs);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const cut = bytes.subarray(0, Math.floor((bytes.length * tenth) / 10));
      expect(await outcome(cut), `${tenth} tenths`).toMatch(/^(?:text|empty|unreadable): /);
    }
  });
});
