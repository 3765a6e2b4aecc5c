import { html } from 'hono/html';
import type { Html } from '../frame.ts';

export interface EmptyState {
  /** What will appear here, in a sentence. */
  readonly what: string;
  /** What the reader can do now. */
  readonly next?: Html | string | undefined;
}

/** In the place of a list without entries. */
export const emptyState = ({ what, next }: EmptyState): Html =>
  html`<div class="empty"><p>${what}</p>${next === undefined ? '' : html`<p>${next}</p>`}</div>`;
