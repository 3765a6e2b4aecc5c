import { livePart } from '../../setup/live-part.ts';
import { type Page, paragraph } from '../../setup/start-page.ts';
import { readReceipts, removeReceipt, watchReceipts } from '../../state/receipts.ts';
import { button, element } from '../../views/element.ts';

/** What somebody agreed to and kept. */
export function receiptsPart({ words, say }: Page): Promise<HTMLElement> {
  const build = async (): Promise<readonly HTMLElement[]> => {
    const receipts = await readReceipts();
    if (receipts.length === 0) return [paragraph(words('receipts_empty'), 'muted')];
    const rows = receipts.map((receipt, place) => {
      const { serviceName, termsType, versionDate, agreedAt } = receipt;
      const what = element('strong', { dir: 'auto' }, [`${serviceName} – ${words.termsType(termsType)}`]);
      const version =
        versionDate === null ? words('receipts_unknown') : words('receipts_version', { date: words.day(versionDate) });
      const pressed = (): void => void removeReceipt(receipt).then(() => say(words('options_saved')));
      return element('li', {}, [
        element('div', {}, [
          what,
          element('p', { class: 'hint' }, [
            `${words('receipts_agreed', { date: words.moment(agreedAt) })} · ${version}`,
          ]),
        ]),
        button(words('receipts_remove'), pressed, {
          id: `receipt-${place}`,
          'aria-label': `${words('receipts_remove')} – ${serviceName}, ${words.termsType(termsType)}`,
        }),
      ]);
    });
    return [element('ul', { class: 'rows' }, rows)];
  };
  return livePart(build, [watchReceipts]);
}
