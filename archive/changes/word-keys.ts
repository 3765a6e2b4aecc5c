import { keyOfWords, readWords } from './words.ts';

/** Numbers blocks so that those with the same words have the same number; each distinct text is read once. */
export class WordKeys {
  readonly #byMarkdown = new Map<string, number>();
  readonly #byKey = new Map<string, number>();
  readonly #words: (readonly number[])[] = [];

  /** All numbers given are below it. */
  get count(): number {
    return this.#words.length;
  }

  of(blocks: readonly { readonly markdown: string }[]): Int32Array {
    return Int32Array.from(blocks, ({ markdown }) => this.#number(markdown));
  }

  words(number: number): readonly number[] {
    return this.#words[number] ?? [];
  }

  #number(markdown: string): number {
    const known = this.#byMarkdown.get(markdown);
    if (known !== undefined) return known;
    const words = readWords(markdown);
    const key = keyOfWords(words, markdown);
    const number = this.#byKey.get(key) ?? this.#words.push(words) - 1;
    this.#byKey.set(key, number);
    this.#byMarkdown.set(markdown, number);
    return number;
  }
}
