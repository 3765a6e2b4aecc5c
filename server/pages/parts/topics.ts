import { html } from 'hono/html';
import { TOPICS, type Topic } from '../../../archive/changes/topics/topic-names.ts';
import type { Html } from '../frame.ts';
import type { PageContext } from '../page-context.ts';
import type { Choice } from './filter-fields.ts';

/** A topic in the reader's language; one that this release does not know stays as it is in addresses. */
export const topicWords = ({ t }: Pick<PageContext, 't'>, topic: string): string =>
  isTopic(topic) ? t(`topic.${topic}`) : topic;

/** What a change is about, each topic a link to all changes about it; nothing where there is none. */
export const topicLinks = (page: PageContext, topics: readonly string[]): Html | '' =>
  topics.length === 0
    ? ''
    : html`<span class="topics">${topics.map((topic) => html`<a class="topic" href="${page.to.start({ topic })}">${topicWords(page, topic)}</a> `)}</span>`;

/** All topics to choose from; those of one field follow each other. */
export const topicChoices = (page: Pick<PageContext, 't'>): readonly Choice[] =>
  TOPICS.map((topic) => ({
    value: topic,
    words: topicWords(page, topic),
    group: page.t(`topicField.${fieldOf(topic)}`),
  }));

type Field = Topic extends `${infer Name}/${string}` ? Name : never;

/** `ai/training` → `ai` */
const fieldOf = (topic: Topic): Field => topic.slice(0, topic.indexOf('/')) as Field;

const isTopic = (name: string): name is Topic => TOPICS.some((topic) => topic === name);
