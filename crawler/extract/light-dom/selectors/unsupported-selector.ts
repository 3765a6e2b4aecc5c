/** A selector that the light DOM's engine does not know, right or wrong: jsdom has to be asked. */
export class UnsupportedSelector extends Error {
  override readonly name = 'UnsupportedSelector';

  constructor(selector: string, position: number) {
    super(`${JSON.stringify(selector)} is not understood at character ${position + 1}`);
  }
}
