import type { ExtractRequest } from '../../crawler/extract/extract-request.ts';
import { htmlPieces, mutate, pdfPieces, seededRandom } from './mutate.ts';
import { makeEncryptedPdf, makePdf, makePlainPdf, makeScannedPdf, makeWrappedPdf } from './pdf-documents.ts';

const html = `<!doctype html><html lang="en"><head><base href="/legal/"><title>Terms</title><style>p{}</style></head>
<body><nav><ul><li><a href="../home">Home</a></li></ul></nav><main><h1 id="top">Terms &amp; conditions</h1>
<p>We carry <b>parcels <i>everywhere</b></i>, see <a href="prices?sid=1">prices</a><br>and <code>x &lt; y</code>.
<table><caption>Fees</caption><tr><th>Weight<th>Price<tr><td>1 kg<td>5 €</table>
<ol start=3><li>One<ul><li>Two</ul><li><input type=checkbox checked> Three</ol><pre>  kept
  as it is</pre><noscript><p>Without scripts</p></noscript><template><p>Template</p></template>
<svg><title>Logo</title><foreignObject><p>In SVG</p></foreignObject></svg><del>gone</del>
<a href="/cdn-cgi/l/email-protection#ab">mail</a><blockquote>Quoted</blockquote><script>var a = "</p>";</script>
<p class="x">До свидания 再見 مع السلامة</p></main><footer>© Parcels</footer></body></html>`;

const selections: readonly Pick<ExtractRequest, 'select' | 'remove'>[] = [
  { select: 'main', remove: undefined },
  { select: ['h1', 'p', 'table'], remove: 'nav, .x' },
  { select: { startAfter: 'h1', endBefore: 'footer' }, remove: [{ startBefore: 'ol', endAfter: 'pre' }, 'script'] },
  { select: 'body > *:not(nav)', remove: ['svg', 'td:nth-child(2)'] },
];

/** Requests to extract damaged HTML, always the same ones for the same seed. */
export function damagedHtml(count: number, seed: number): ExtractRequest[] {
  const random = seededRandom(seed);
  const original = Buffer.from(html);
  return Array.from({ length: count }, (_, index) => ({
    content: mutate(original, htmlPieces, random),
    mimeType: 'text/html',
    location: 'https://parcels.example/legal/terms',
    ...(selections[index % selections.length] ?? { select: 'body', remove: undefined }),
    filter: index % 3 === 0 ? [{ removeQueryParams: ['sid'] }] : [],
  }));
}

/** Requests to extract damaged PDFs, always the same ones for the same seed. */
export async function damagedPdfs(count: number, seed: number): Promise<ExtractRequest[]> {
  const random = seededRandom(seed);
  const originals = [
    await makeWrappedPdf([
      'These terms apply to every parcel, whatever it weighs.',
      '1. You pack it.',
      '• We carry it.',
    ]),
    makePlainPdf('Plain terms of parcels'),
    makePlainPdf('Terms'.repeat(100)),
    await makePdf([[{ text: 'Parcels', y: 700 }], [{ text: 'More', y: 700, size: 20 }]]),
    await makeScannedPdf(),
    makeEncryptedPdf(),
  ];
  return Array.from({ length: count }, (_, index) => ({
    content: mutate(originals[index % originals.length] ?? new Uint8Array(), pdfPieces, random),
    mimeType: 'application/pdf',
    location: 'https://parcels.example/terms.pdf',
    select: undefined,
    remove: undefined,
    filter: [],
  }));
}
