declare module 'joplin-turndown-plugin-gfm' {
  import type TurndownService from 'turndown';

  /** Tables, task lists, strikethrough and highlighted code blocks of GitHub. */
  export const gfm: TurndownService.Plugin;
}
