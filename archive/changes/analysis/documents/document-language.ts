import { countLanguages, decideLanguage, type LanguageCounts } from '../../languages/detect-language.ts';
import { type BlockFacts, blockWords } from './block-facts.ts';
import type { DocumentState } from './state.ts';

const languages = new WeakMap<DocumentState, string | false>();

/** The language of a version (ISO 639-1); undefined where none is clear or there is no file for it. */
export function languageOf(state: DocumentState): string | undefined {
  let language = languages.get(state);
  if (language === undefined) {
    language = decideLanguage(countsOf(state)) ?? false;
    languages.set(state, language);
  }
  return language || undefined;
}

/** The language of a block by itself; null where it is not clear. */
export function languageOfBlock(facts: BlockFacts): string | null {
  facts.language ??= decideLanguage([countsOfBlock(facts)]) ?? null;
  return facts.language;
}

function* countsOf({ blocks }: DocumentState): Generator<LanguageCounts> {
  for (const facts of blocks) yield countsOfBlock(facts);
}

/** Facts of unchanged blocks are shared from state to state, so most blocks are counted once. */
function countsOfBlock(facts: BlockFacts): LanguageCounts {
  facts.languages ??= countLanguages(blockWords(facts.markdown));
  return facts.languages;
}
