import { type Block, parseBlocks, parseInline } from './blocks.ts';
import type { DemoService } from './catalogue.ts';
import type { DemoDocument } from './demo-document.ts';

/** The HTML page of a document; `visit` counts the requests for it, from 0. */
export function renderPage(service: DemoService, document: DemoDocument, visit: number): string {
  const isScripted = document.rendering === 'script';
  const advert = document.advertsBeside[visit % Math.max(1, document.advertsBeside.length)];
  return `<!doctype html>
<html lang="${service.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(service.name)}</title>
<style>body{font:16px/1.5 sans-serif;margin:0 auto;max-width:44rem;padding:1rem}nav a{margin-right:1rem}table{border-collapse:collapse}td,th{border:1px solid;padding:.2rem .6rem}aside{background:#eee;padding:.5rem}</style>
</head>
<body>
<header><strong>${escapeHtml(service.name)}</strong><nav><a href="/">Home</a><a href="/help">Help</a></nav></header>
${advert === undefined ? '' : `<aside class="promotion">${escapeHtml(advert)}</aside>\n`}<main>
<article class="${document.container}"${isScripted ? ` data-source="${document.path}.json"` : ''}>${
    isScripted ? '<p class="loading">…</p>' : `\n${renderArticle(document, visit)}\n`
  }</article>
</main>
<footer id="footer"><p>© ${escapeHtml(service.name)}</p></footer>
${isScripted ? '<script src="/article.js"></script>\n' : ''}</body>
</html>
`;
}

/** The script of pages that hold no text of their own: it fetches the article and puts it in. */
export const articleScript = `const article = document.querySelector('[data-source]');
fetch(article.dataset.source)
  .then((response) => response.json())
  .then(({ html }) => {
    article.innerHTML = html;
  });
`;

/** What stands inside the container: the text, and what services put among it. */
export function renderArticle(document: DemoDocument, visit: number): string {
  const blocks = parseBlocks(document.text).map(renderBlock);
  const share = '<div class="share"><a href="#print">Print</a> <a href="#share">Share</a></div>';
  const advert =
    document.advertInside === '' ? [] : [`<div class="oferta"><p>${escapeHtml(document.advertInside)}</p></div>`];
  const counter = document.visitorCounter === '' ? [] : [`<p>${document.visitorCounter} ${4711 + visit}.</p>`];
  const middle = Math.ceil(blocks.length / 2);
  return [blocks[0], share, ...blocks.slice(1, middle), ...advert, ...blocks.slice(middle), ...counter].join('\n');
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${renderInline(block.text)}</h${block.level}>`;
    case 'paragraph':
      return `<p>${renderInline(block.text)}</p>`;
    case 'list':
      return `<ul>\n${block.items.map((item) => `<li>${renderInline(item)}</li>`).join('\n')}\n</ul>`;
    case 'table': {
      const [head = [], ...body] = block.rows;
      const row = (cells: readonly string[], tag: string): string =>
        `<tr>${cells.map((cell) => `<${tag}>${renderInline(cell)}</${tag}>`).join('')}</tr>`;
      return `<table>\n<thead>${row(head, 'th')}</thead>\n<tbody>\n${body.map((cells) => row(cells, 'td')).join('\n')}\n</tbody>\n</table>`;
    }
  }
}

function renderInline(source: string): string {
  return parseInline(source)
    .map(({ text, isBold, address }) => {
      if (address !== undefined) return `<a href="${escapeHtml(address)}">${escapeHtml(text)}</a>`;
      return isBold ? `<strong>${escapeHtml(text)}</strong>` : escapeHtml(text);
    })
    .join('');
}

export const escapeHtml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
