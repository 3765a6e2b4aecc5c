import { UnsupportedSelector } from './unsupported-selector.ts';

const NAME = /(?:[-\w]|[^\0-\x7f]|\\(?:[0-9a-f]{1,6}(?:\r\n|[ \t\n\f\r])?|[^\n\f\r0-9a-f]))+/iy;
/** What a name may not start with, unlike an identifier's rest: a digit, a hyphen before a digit, a hyphen alone. */
const NOT_AN_IDENTIFIER = /^(?:-?\d|-$)/;
const STRING = /"(?:[^"\\\n\f\r]|\\[\s\S])*"|'(?:[^'\\\n\f\r]|\\[\s\S])*'/y;
const SPACE = /[ \t\n\f\r]*/y;
const ESCAPE = /\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\n\f\r])?|(\r\n|[\s\S]))/gi;

/** Reads a selector's text from left to right, in the lexical terms of CSS. */
export class Scanner {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  get isAtEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The next character, or '' at the end. */
  peek(): string {
    return this.text.charAt(this.position);
  }

  /** Takes the characters if they are next. */
  take(characters: string): boolean {
    if (!this.text.startsWith(characters, this.position)) return false;
    this.position += characters.length;
    return true;
  }

  expect(characters: string): void {
    if (!this.take(characters)) this.fail();
  }

  /** Takes white space; true if there was any. */
  skipSpace(): boolean {
    return this.match(SPACE) !== '';
  }

  /** Takes an identifier if one is next. */
  identifier(): string | undefined {
    const start = this.position;
    const name = this.match(NAME);
    if (name === '' || NOT_AN_IDENTIFIER.test(name)) {
      this.position = start;
      return undefined;
    }
    return withoutEscapes(name);
  }

  expectIdentifier(): string {
    return this.identifier() ?? this.fail();
  }

  /** Takes a quoted string or an identifier. */
  expectValue(): string {
    const quoted = this.match(STRING);
    return quoted === '' ? this.expectIdentifier() : withoutEscapes(quoted.slice(1, -1));
  }

  /** Takes what the sticky expression matches; '' if nothing. */
  match(expression: RegExp): string {
    expression.lastIndex = this.position;
    const [matched = ''] = expression.exec(this.text) ?? [];
    this.position += matched.length;
    return matched;
  }

  fail(): never {
    throw new UnsupportedSelector(this.text, this.position);
  }
}

function withoutEscapes(text: string): string {
  return text.replace(ESCAPE, (_, code: string | undefined, character: string | undefined) => {
    if (code === undefined) return character === undefined || /[\r\n\f]/.test(character) ? '' : character;
    const point = Number.parseInt(code, 16);
    const isCharacter = point !== 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
    return isCharacter ? String.fromCodePoint(point) : '\ufffd';
  });
}
