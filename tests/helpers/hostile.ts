import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JSDOM } from 'jsdom';

/** What somebody might write into an archive to harm its readers. What would run sets `canary`. */
export interface Payload {
  readonly name: string;
  readonly text: string;
}

export const HOSTILE: {
  readonly markdown: readonly Payload[];
  /** Service ids and terms types, as they can stand in paths of a repository. */
  readonly names: readonly Payload[];
  readonly locations: readonly Payload[];
} = { markdown: read('markdown'), names: read('names'), locations: read('locations') };

function read(name: string): Payload[] {
  return JSON.parse(readFileSync(join(import.meta.dirname, `../fixtures/hostile/${name}.json`), 'utf8'));
}

/** What archived text may become: elements and their attributes. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'].map((name) => [name, ['id', 'class']])),
  ...Object.fromEntries(['ul', 'ol', 'blockquote', 'table', 'tbody'].map((name) => [name, []])),
  ...Object.fromEntries(['td', 'strong', 'em', 's', 'code', 'br'].map((name) => [name, []])),
  hr: ['id'],
  li: ['value'],
  tr: ['id', 'hidden'],
  th: ['scope'],
  div: ['class', 'role', 'tabindex', 'aria-label'],
  span: ['class', 'lang'],
  a: ['href', 'rel'],
};

/** One for all: a window for each takes twenty times as long. */
const parser = new new JSDOM().window.DOMParser();

/** What in a piece of HTML is more than archived text may be; empty where it is inert. */
export function faultsOf(fragment: string): string[] {
  const document = parser.parseFromString(
    `<!doctype html><article>${fragment}</article><p class="after">`,
    'text/html',
  );
  const faults: string[] = [];
  const after = document.querySelector('.after');
  if (after?.parentElement !== document.body || after.previousElementSibling?.tagName !== 'ARTICLE') {
    faults.push('it breaks out of its place');
  }
  for (const element of document.querySelectorAll('head > *, body > :not(article, .after)')) {
    faults.push(`${element.outerHTML.slice(0, 80)} stands outside`);
  }
  const ids = new Set<string>();
  for (const element of document.querySelectorAll('article *')) {
    const name = element.tagName.toLowerCase();
    const allowed = ALLOWED[name];
    if (!allowed) faults.push(`<${name}>`);
    for (const attribute of element.getAttributeNames()) {
      if (!allowed?.includes(attribute)) faults.push(`<${name} ${attribute}>`);
    }
    if (element.id !== '' && !/^b\d+$/.test(element.id)) faults.push(`id ${element.id}`);
    if (element.id !== '' && ids.has(element.id)) faults.push(`id ${element.id} twice`);
    ids.add(element.id);
    const href = element.getAttribute('href');
    if (href !== null && !/^(?:https?:\/\/[^/@]+(?:\/|$)|mailto:)/.test(href))
      faults.push(`link to ${href.slice(0, 80)}`);
    if (href !== null && element.getAttribute('rel') !== 'nofollow noopener noreferrer')
      faults.push('link without rel');
  }
  return faults;
}
