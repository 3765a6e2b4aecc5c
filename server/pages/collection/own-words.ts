import type { CollectionMetadata } from '../../api/contract.ts';
import type { PageLanguage } from '../languages.ts';

/** What a collection says of itself, in the reader's language where it has it. */
export interface OwnWords {
  readonly name: string | undefined;
  readonly tagline: string | undefined;
  /** The language that the tagline is in, where it is known. */
  readonly taglineLanguage: string | undefined;
  /** Markdown of whoever keeps the collection. */
  readonly description: string | undefined;
  /** Name of a governing body as readers of this language know it. */
  readonly bodyName: (name: string) => string;
  /** The language that the description is in, where it is known. */
  readonly language: string | undefined;
}

/** The keys of `i18n` in `metadata.yml` are free: only texts are taken from it. */
export function ownWords(metadata: CollectionMetadata | null, language: PageLanguage): OwnWords {
  const translated: Readonly<Record<string, unknown>> = metadata?.i18n?.[language] ?? {};
  const [tagline, description] = [textAt(translated, 'tagline'), textAt(translated, 'description')];
  const original = metadata?.languages[0];
  const governance = translated.governance;
  return {
    name: textAt(translated, 'name') ?? metadata?.name,
    tagline: tagline ?? metadata?.tagline,
    taglineLanguage: tagline === undefined ? original : language,
    description: description ?? metadata?.description,
    bodyName: (name) =>
      textAt(isRecord(governance) && Object.hasOwn(governance, name) ? governance[name] : undefined, 'name') ?? name,
    language: description === undefined ? original : language,
  };
}

function textAt(value: unknown, key: string): string | undefined {
  const found = isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return typeof found === 'string' && found !== '' ? found : undefined;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
