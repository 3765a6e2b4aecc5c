/**
 * The names that a module exports, found by reading its text. A collection's filter functions are other people's code:
 * nothing but the tracker's confined process may load them, so the module is never imported here.
 *
 * This is a scan, not a parser: comments, strings, templates and regular expressions are blanked out first, then the
 * forms of `export` are matched. Names of destructured exports are not found.
 *
 * @returns undefined where they cannot be known: everything of another module is exported (`export *`).
 */
export function exportedNames(source: string): Set<string> | undefined {
  const code = blankLiterals(source);
  if (/\bexport\s*\*\s*from\b/.test(code)) return undefined;
  const names = new Set<string>();
  for (const [, name] of code.matchAll(
    /\bexport\s+(?:async\s+)?(?:function\b\s*\*?|class\b)\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu,
  )) {
    if (name) names.add(name);
  }
  for (const [, name] of code.matchAll(/\bexport\s+(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu)) {
    if (name) names.add(name);
  }
  for (const [, list = ''] of code.matchAll(/\bexport\s*\{([^}]*)\}/g)) {
    for (const specifier of list.split(',')) {
      const name = specifier
        .trim()
        .split(/\s+as\s+/)
        .at(-1);
      if (name) names.add(name);
    }
  }
  for (const [, name] of code.matchAll(/\bexport\s*\*\s*as\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu)) {
    if (name) names.add(name);
  }
  return names;
}

/** After one of these, a `/` divides; anywhere else it starts a regular expression. */
const ENDS_OPERAND = /[\p{ID_Continue}$)\]}]\s*$/u;
const KEYWORD_BEFORE_REGEX = /\b(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield)\s*$/;

/** The code with the contents of comments, strings, templates and regular expressions replaced by blanks. */
function blankLiterals(source: string): string {
  let code = '';
  let at = 0;
  while (at < source.length) {
    const literal = literalAt(source, at, code);
    if (literal === 0) {
      code += source[at];
      at += 1;
    } else {
      // A literal is an operand for what follows; a comment is not.
      code += /^\/[/*]/.test(source.slice(at, at + 2)) ? ' ' : ' 0 ';
      at += literal;
    }
  }
  return code;
}

/** Length of the literal or comment that starts at an index; 0 where none does. */
function literalAt(source: string, at: number, before: string): number {
  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0].length ?? 0;
  };
  const start = source[at];
  if (start === '"') return match(/"(?:[^"\\\n]|\\[\s\S])*"?/y);
  if (start === "'") return match(/'(?:[^'\\\n]|\\[\s\S])*'?/y);
  if (start === '`') return templateLength(source, at);
  if (start !== '/') return 0;
  if (source[at + 1] === '/') return match(/\/\/[^\n\r\u2028\u2029]*/y);
  if (source[at + 1] === '*') return match(/\/\*[\s\S]*?(?:\*\/|$)/y);
  const context = before.slice(-32);
  if (ENDS_OPERAND.test(context) && !KEYWORD_BEFORE_REGEX.test(context)) return 0;
  return match(/\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y);
}

/** Templates nest through `${…}`, whose code may hold strings and templates of its own. */
function templateLength(source: string, start: number): number {
  let at = start + 1;
  while (at < source.length && source[at] !== '`') {
    if (source[at] === '\\') at += 2;
    else if (source.startsWith('${', at)) at = expressionEnd(source, at + 2);
    else at += 1;
  }
  return at + 1 - start;
}

function expressionEnd(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < source.length && depth > 0) {
    const literal = literalAt(source, at, source.slice(Math.max(start, at - 32), at));
    if (literal === 0 && source[at] === '{') depth += 1;
    if (literal === 0 && source[at] === '}') depth -= 1;
    at += Math.max(literal, 1);
  }
  return at;
}
