import { html } from 'hono/html';

/** Words between backquotes are set as code. */
export const prose = (text: string) =>
  text.split('`').map((part, place) => (place % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
