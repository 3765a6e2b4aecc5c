import { checkbox, radios } from '../../setup/fields.ts';
import { type Page, section } from '../../setup/start-page.ts';
import { TOPICS } from '../../setup/topics.ts';
import { changeSettings, readSettings } from '../../state/settings.ts';
import { element } from '../../views/element.ts';

/** Topics that raise icon, count and notifications. The popup shows all changes in any case. */
export async function topicsSection({ words, say }: Page): Promise<HTMLElement> {
  const chosen = new Set((await readSettings()).topics);
  const save = async (topics: readonly string[]): Promise<void> => {
    await changeSettings({ topics });
    say(words('options_saved'));
  };
  const fields = Object.entries(TOPICS).map(([field, topics]) =>
    element('fieldset', {}, [
      element('legend', {}, [words.topicField(field)]),
      ...topics.map((topic) =>
        checkbox({ id: messageId(topic), label: words.topic(topic), isChecked: chosen.has(topic) }, (isChosen) => {
          if (isChosen) chosen.add(topic);
          else chosen.delete(topic);
          void save([...chosen]);
        }),
      ),
    ]),
  );
  const list = element('div', { class: 'columns' }, fields);
  list.hidden = chosen.size === 0;
  const which = radios(
    { id: 'topics', legend: words('options_topics_legend'), chosen: chosen.size === 0 ? 'all' : 'some' },
    [
      { value: 'all', label: words('options_topics_all') },
      { value: 'some', label: words('options_topics_some'), hint: words('options_topics_hint') },
    ],
    (value) => {
      list.hidden = value === 'all';
      // What was chosen stays there while the page is open, should somebody come back to it.
      void save(value === 'all' ? [] : [...chosen]);
    },
  );
  return section('topics', words('options_topics'), [which, list]);
}

const messageId = (topic: string): string => `topic-${topic.replace('/', '-')}`;
