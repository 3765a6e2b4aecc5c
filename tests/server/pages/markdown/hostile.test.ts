import { describe, expect, test } from 'vitest';
import { termsText } from '../../../../server/pages/markdown/terms-text.ts';
import { faultsOf, HOSTILE } from '../../../helpers/hostile.ts';

const WORDS = { language: 'en', picture: 'Picture:', table: 'Table' };

const rendered = async (markdown: string): Promise<string> => String((await termsText(markdown, WORDS)).html);

const PAYLOADS = [...HOSTILE.markdown, ...HOSTILE.names, ...HOSTILE.locations].map(
  ({ name, text }, place) => [`${place} ${name}`, text] as const,
);

/** Places in which a text may stand inside others. */
const AROUND: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `# ${text}`,
  (text) => `*   ${text}\n\n    ${text}`,
  (text) => `> ${text}`,
  (text) => `| ${text} | ${text} |\n| --- | --- |\n| ${text} | x |`,
  (text) => `[${text}](${text})`,
  (text) => `![${text}](${text} "${text}")`,
  (text) => `<${text}>`,
  (text) => `**${text}** \`${text}\``,
  (text) => `\`\`\`${text}\n${text}\n\`\`\``,
  (text) => `${'word '.repeat(790)}${text} ${'word '.repeat(900)}`,
];

test('there are two hundred payloads and more, no two alike', () => {
  expect(new Set(HOSTILE.markdown.map(({ text }) => text)).size).toBeGreaterThanOrEqual(200);
});

test.each(PAYLOADS)('is inert wherever it stands: %s', async (_name, text) => {
  for (const around of AROUND) expect(faultsOf(await rendered(around(text))), around(text).slice(0, 300)).toEqual([]);
});

test('is inert all in one text', async () => {
  const html = await rendered(PAYLOADS.map(([, text]) => text).join('\n\n'));
  expect(faultsOf(html)).toEqual([]);
});

test('shows the words of what it does not do', async () => {
  expect(await rendered('<b onclick=x>bold</b>')).toBe('<p id="b0">&lt;b onclick=x&gt;bold&lt;/b&gt;</p>');
  expect(await rendered('See [our rules](javascript:x).')).toBe('<p id="b0">See <span>our rules</span>.</p>');
});

describe('the check itself finds', () => {
  test.each([
    ['scripts', '<p><script>1</script></p>', '<script>'],
    ['handlers', '<p onclick="x">x</p>', '<p onclick>'],
    ['styles', '<p style="color:red">x</p>', '<p style>'],
    ['pictures', '<img src="https://a.example/p.gif">', '<img>'],
    ['links to programs', '<a href="javascript:1" rel="nofollow noopener noreferrer">x</a>', 'link to javascript:1'],
    ['what ends its place', '</article><p>x</p>', '<p>x</p> stands outside'],
    ['ids of others', '<p id="content">x</p>', 'id content'],
  ])('%s', (_what, html, fault) => {
    expect(faultsOf(html)).toContain(fault);
  });
});
