/** Answers about texts, kept for a while: the texts asked for lately, up to about twice a number of characters. */
export interface TextMemo<Answer> {
  get(text: string): Answer | undefined;
  set(text: string, answer: Answer): void;
}

/**
 * Two generations, so that nothing is counted or moved while a text is found: when the young one is full, the old one is
 * forgotten with all that was not asked for since.
 *
 * @param mostCharacters of the texts of one generation; a text counts some more for its entry.
 */
export function createTextMemo<Answer>(mostCharacters: number): TextMemo<Answer> {
  let young = new Map<string, Answer>();
  let old = young;
  let characters = 0;

  function set(text: string, answer: Answer): void {
    young.set(text, answer);
    characters += text.length + ENTRY;
    if (characters < mostCharacters) return;
    old = young;
    young = new Map();
    characters = 0;
  }

  return {
    get(text) {
      const answer = young.get(text);
      if (answer !== undefined || old === young) return answer;
      const former = old.get(text);
      if (former !== undefined) set(text, former);
      return former;
    },
    set,
  };
}

/** What an entry takes beside its text, in characters. */
const ENTRY = 64;

/** Longer texts are seldom asked for twice. */
const LONGEST = 4000;
const MOST_CHARACTERS = 1_000_000;

/** The same function of a text, which keeps its answers for a while. What it answers is not to be changed. */
export function remembering<Answer extends string | boolean | object>(
  answer: (text: string) => Answer,
): (text: string) => Answer {
  const memo = createTextMemo<Answer>(MOST_CHARACTERS);
  return (text) => {
    if (text.length > LONGEST) return answer(text);
    let known = memo.get(text);
    if (known === undefined) {
      known = answer(text);
      memo.set(text, known);
    }
    return known;
  };
}
