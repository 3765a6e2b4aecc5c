/**
 * The message that says something which servers name by an id: `topic` and `ai/training` make `topic_ai_training`, `type` and
 * `Privacy Policy` make `type_privacy_policy`. Names of messages are letters, figures and `_`, and browsers tell no case apart.
 */
export const messageOfId = (kind: 'mark' | 'topic' | 'field' | 'type', id: string): string =>
  `${kind}_${id
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '_')
    .replace(/^_|_$/g, '')}`;
