/** What kind of document a form's link leads to, as far as its words tell. */
export type LegalKind = 'terms' | 'sale' | 'privacy';

export const LEGAL_KINDS: readonly LegalKind[] = ['terms', 'sale', 'privacy'];

/**
 * What the script beside forms says to the background. None names a site: the background knows from the browser itself which
 * tab asks. `place` is that of a line in the answer to the same kinds.
 */
export type AgreeMessage =
  | { readonly kind: 'agree_look' | 'agree_keep'; readonly kinds: readonly LegalKind[] }
  | {
      readonly kind: 'agree_open';
      readonly kinds: readonly LegalKind[];
      readonly place: number;
      readonly what: AgreeLink;
    };

/** What the background says to every tab when it was turned off: scripts that are there stay, and have to end themselves. */
export const AGREE_END = 'agree_end';

/** `history`: the document's changes. `since`: its redline since somebody agreed to it. */
export type AgreeLink = 'history' | 'since';

/** All that the chip says, in the reader's language; the background alone has words and files. */
export interface AgreeNote {
  readonly language: string;
  readonly title: string;
  readonly lines: readonly AgreeLine[];
  readonly keep: string;
  readonly kept: string;
  readonly notKept: string;
  readonly close: string;
}

export interface AgreeLine {
  /** Of the document, with its service's where several share the site. */
  readonly name: string;
  /** The version of which day, and how often it changed. */
  readonly text: string;
  /** Words of the link to its changes. */
  readonly history: string;
  /** Words of the link to what changed since a receipt was kept; undefined: there is none, or nothing changed. */
  readonly since?: string | undefined;
}
