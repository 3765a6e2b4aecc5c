import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** A local web of many hosts (addresses 127.0.1.1 and up, one port) whose documents can be changed. */
export interface BenchWeb {
  readonly addresses: readonly string[];
  /** Writes the collection that declares all of it, or only the documents that need no scripts. */
  writeCollection(directory: string, options: { scripted: boolean }): Promise<{ terms: number }>;
  /** Changes a sentence in the given share of the documents. */
  change(share: number): void;
  close(): Promise<void>;
}

const HOSTS = 200;
const TERMS = 220;
const TYPES = ['Terms of Service', 'Privacy Policy'] as const;
const WORDS =
  'the service you account content may use information provide agreement party notice rights data third law access terms data dispute liability payment cancel personal cookies'.split(
    ' ',
  );

/** Sizes, structure and the share of scripted documents (a fifth) follow the description of the work. */
export async function startBenchWeb(): Promise<BenchWeb> {
  const documents = Array.from({ length: TERMS }, (_, index) => ({
    host: `127.0.1.${1 + (index % HOSTS)}`,
    path: `/legal/${index}`,
    service: `Bench ${index % HOSTS}`,
    type: TYPES[Math.floor(index / HOSTS)] ?? TYPES[0],
    isScripted: index % 5 === 4,
    revision: 0,
    seed: index,
    kilobytes: 50 + ((index * 97) % 451),
  }));
  const bodies = new Map<string, { body: Buffer; etag: string }>();
  const render = (document: (typeof documents)[number]): void => {
    const body = Buffer.from(pageOf(document));
    bodies.set(document.path, { body, etag: `"${createHash('sha1').update(body).digest('hex')}"` });
  };
  documents.forEach(render);
  const server = createServer((request, response) => {
    const found = bodies.get(request.url ?? '');
    if (!found) return response.writeHead(404).end();
    if (request.headers['if-none-match'] === found.etag) return response.writeHead(304, { etag: found.etag }).end();
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag: found.etag }).end(found.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    addresses: [...new Set(documents.map(({ host }) => `${host}:${port}`))],
    async writeCollection(directory, { scripted }) {
      const chosen = documents.filter(({ isScripted }) => scripted || !isScripted);
      await mkdir(join(directory, 'declarations'), { recursive: true });
      await writeFile(
        join(directory, 'metadata.yml'),
        'id: bench\nname: Bench\ntagline: Local documents\nlanguages: [en]\njurisdictions: [EU]\n',
      );
      for (const [service, terms] of Map.groupBy(chosen, (document) => document.service)) {
        const declared = terms.map(({ host, path, type, isScripted }) => [
          type,
          {
            fetch: `http://${host}:${port}${path}`,
            select: 'main',
            remove: ['.share', 'nav'],
            ...(isScripted ? { executeClientScripts: true } : {}),
          },
        ]);
        await writeFile(
          join(directory, 'declarations', `${service}.json`),
          JSON.stringify({ name: service, terms: Object.fromEntries(declared) }, null, 2),
        );
      }
      return { terms: chosen.length };
    },
    change(share) {
      for (const document of documents.filter(({ seed }) => seed % Math.round(1 / share) === 0)) {
        document.revision++;
        render(document);
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A page as large services serve them: a third is text with markup, the rest head, menus, data for scripts. */
function pageOf({ seed, revision, kilobytes, isScripted, type }: PageFacts): string {
  let state = seed + 1;
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const sentence = (): string =>
    `${Array.from({ length: 8 + random(18) }, () => WORDS[random(WORDS.length)]).join(' ')}.`;
  const sections: string[] = [`<h1>${type}</h1><p>Revision ${revision} of these terms.</p>`];
  const textBytes = (kilobytes * 1024) / 3;
  for (let number = 1, size = 0; size < textBytes; number++) {
    const items = Array.from({ length: 3 }, () => `<li>${sentence()} <a href="/legal/${random(99)}">more</a></li>`);
    const section = `<section class="c-${random(50)}"><h2 id="s${number}">${number}. ${sentence()}</h2><p>${sentence()} <strong>${sentence()}</strong> ${sentence()}</p><p>${sentence()}</p><ul>${items.join('')}</ul></section>`;
    sections.push(section);
    size += section.length;
  }
  const text = sections.join('\n');
  const menu = Array.from({ length: 60 }, () => `<li><a href="/p/${random(9999)}">${WORDS[random(20)]}</a></li>`).join(
    '',
  );
  const state64 = Buffer.from(Array.from({ length: (kilobytes * 1024) / 3 }, () => random(256))).toString('base64');
  const main = isScripted
    ? `<main></main><script>setTimeout(() => { document.querySelector('main').innerHTML = ${JSON.stringify(text).replaceAll('</', '<\\/')}; }, 50);</script>`
    : `<main>${text}</main>`;
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${type}</title><style>.a{color:red}</style></head><body><nav><ul>${menu}</ul></nav>${main}<footer><ul>${menu}</ul></footer><script type="application/json">"${state64}"</script></body></html>`;
}

interface PageFacts {
  seed: number;
  revision: number;
  kilobytes: number;
  isScripted: boolean;
  type: string;
}
