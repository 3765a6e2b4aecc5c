/** Time that one document has been worked on, as against the time it waits for its turn. Milliseconds. */
export class Stopwatch {
  readonly #limit: number;
  #before = 0;
  #startedAt: number | undefined;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs the watch while `work` does. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#startedAt = performance.now();
    try {
      return await work();
    } finally {
      this.#before = this.#used();
      this.#startedAt = undefined;
    }
  }

  /** What is left of the limit; below zero when it is overrun. */
  left(): number {
    return this.#limit - this.#used();
  }

  #used(): number {
    return this.#before + (this.#startedAt === undefined ? 0 : performance.now() - this.#startedAt);
  }
}
