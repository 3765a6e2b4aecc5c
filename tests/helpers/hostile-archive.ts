import { HOSTILE } from './hostile.ts';
import type { TestCollection, TestRecord } from './small-collections.ts';

const day = (place: number): string => new Date(Date.UTC(2024, 0, 1 + place, 8)).toISOString();

/** A text with these payloads, each a paragraph; and what follows in a second version, so that there is a change. */
const textOf = (payloads: readonly { readonly text: string }[], after = ''): string =>
  `# Terms\n\n${payloads.map(({ text }) => text).join('\n\n')}${after}\n`;

/**
 * A collection whose keeper means harm: payloads in the text, in names of services and terms types, in the locations of
 * snapshots. Each terms have two versions, so that there are changes and redlines of all.
 */
export function hostileArchive(): TestCollection {
  const { markdown, names, locations } = HOSTILE;
  const records: TestRecord[] = [];
  const record = (serviceId: string, termsType: string, contents: readonly string[], location?: string): void => {
    for (const content of contents) {
      records.push({
        serviceId,
        termsType,
        date: day(records.length),
        content,
        snapshots: [{ content: `<script>canary=1</script>${content}`, ...(location !== undefined && { location }) }],
      });
    }
  };
  const size = Math.ceil(markdown.length / 6);
  for (let part = 0; part < 6; part++) {
    const payloads = markdown.slice(part * size, (part + 1) * size);
    const changed = payloads.map(({ text }) => ({ text: `New words. ${text} More words of arbitration.` }));
    record('Text', `Terms ${part}`, [textOf(payloads), textOf(changed)]);
  }
  for (const [place, { text }] of names.entries()) {
    const other = names[(place + 7) % names.length]?.text ?? '';
    const location = locations[place % locations.length]?.text;
    record(
      text,
      other,
      [textOf([{ text }]), textOf([{ text }], `\n\nDisputes: ${other} binding arbitration.`)],
      location,
    );
  }
  return { id: 'hostile', name: '<script>canary=1</script>', kind: 'mirrored', isDefault: true, records };
}
