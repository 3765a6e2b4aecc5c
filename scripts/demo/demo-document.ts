/** How a demo document reaches the reader. */
export type Rendering = 'page' | 'script' | 'pdf';

/** One document of a fictional service, as its website holds it at a time. */
export interface DemoDocument {
  /** File of its text, below scripts/demo/services, without `.md`. */
  readonly key: string;
  readonly serviceId: string;
  readonly path: string;
  readonly rendering: Rendering;
  /** Whether the site answers conditional requests with 304. */
  readonly sendsEtag: boolean;
  /** In the markup that blocks.ts reads. */
  readonly text: string;
  /** Class of the element that holds the text. */
  readonly container: string;
  /** An advertisement beside the text; another one on each request. */
  readonly advertsBeside: readonly string[];
  /** An advertisement in the midst of the text. */
  readonly advertInside: string;
  /** Words before a number, in the text, that grows with each request. */
  readonly visitorCounter: string;
}

/** The parts of a document that scripted changes touch. */
export type ChangingPart = 'text' | 'container' | 'advertInside';
