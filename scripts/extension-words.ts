import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Puts texts of the extension into all its languages:
 *
 *     node scripts/extension-words.ts <<< '{"popup_read": {"en": "mark $NAME$ read", "fr": "…", "de": "…", "es": "…"}}'
 *
 * `null` in the place of the texts takes one away. Placeholders are noted as browsers want them.
 */
const LANGUAGES = ['en', 'fr', 'de', 'es'] as const;
type Texts = Readonly<Record<(typeof LANGUAGES)[number], string>>;

const locales = join(import.meta.dirname, '../extension/public/_locales');

function messageOf(text: string): object {
  const places = [...new Set([...text.matchAll(/\$(\w+)\$/g)].map(([, name = '']) => name.toLowerCase()))].sort();
  if (places.length === 0) return { message: text };
  const placeholders = Object.fromEntries(places.map((name, index) => [name, { content: `$${index + 1}` }]));
  return { message: text, placeholders };
}

function write(language: (typeof LANGUAGES)[number], given: Readonly<Record<string, Texts | null>>): void {
  const file = join(locales, language, 'messages.json');
  const messages = new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8'))));
  for (const [name, texts] of Object.entries(given)) {
    if (texts === null) messages.delete(name);
    else messages.set(name, messageOf(texts[language]));
  }
  const sorted = [...messages].toSorted(([a], [b]) => (a < b ? -1 : 1));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`);
}

const given = JSON.parse(readFileSync(0, 'utf8')) as Readonly<Record<string, Texts | null>>;
for (const [name, texts] of Object.entries(given)) {
  const missing = texts === null ? [] : LANGUAGES.filter((language) => typeof texts[language] !== 'string');
  if (missing.length > 0) throw new Error(`${name} has no text in ${missing.join(', ')}: give all four.`);
  if (!/^\w+$/.test(name)) throw new Error(`${name} is no name of a message: use letters, figures and _.`);
}
// Two of these at once would lose the texts of one.
const lock = join(locales, '.lock');
for (let tries = 0; ; tries++) {
  try {
    mkdirSync(lock);
    break;
  } catch (error) {
    if (tries > 100) throw new Error(`${lock} stays: remove it where no other of these runs.`, { cause: error });
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
try {
  for (const language of LANGUAGES) write(language, given);
} finally {
  rmdirSync(lock);
}
