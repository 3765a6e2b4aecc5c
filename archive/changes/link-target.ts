/** A link target longer than this is none: the bracket that would close it belongs to something else. */
const LONGEST_TARGET = 4000;

/** Finds the ends of link targets in one text, going forward; a text without closing brackets is searched only once. */
export class LinkTargets {
  readonly #text: string;
  #closing = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Behind the bracket that closes the target that `](` at this place opens; -1 where no target begins or ends. */
  end(at: number): number {
    const text = this.#text;
    if (text[at] !== ']' || text[at + 1] !== '(') return -1;
    let closing = this.#closingFrom(at + 2);
    // The address may hold escaped brackets, as Turndown writes them.
    while (closing >= 0 && closing - at <= LONGEST_TARGET && text[closing - 1] === '\\') {
      closing = this.#closingFrom(closing + 1);
    }
    return closing < 0 || closing - at > LONGEST_TARGET ? -1 : closing + 1;
  }

  #closingFrom(at: number): number {
    if (this.#closing >= 0 && this.#closing < at) this.#closing = this.#text.indexOf(')', at);
    return this.#closing;
  }
}

/** The text with its link targets cut out: what is left of a block of images and empty links tells what kind it is. */
export function withoutTargets(text: string): string {
  const targets = new LinkTargets(text);
  let left = '';
  let from = 0;
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', from > at ? from : at + 1)) {
    const end = targets.end(at);
    if (end < 0) continue;
    left += text.slice(from, at + 1);
    from = end;
  }
  return left + text.slice(from);
}
