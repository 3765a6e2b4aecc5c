import { expect, test } from 'vitest';
import { startTerms } from '../helpers/terms-site.ts';
import { trackerOfTest } from '../helpers/tracker.ts';

/** Terms that remember their visitor, and show whoever comes again something else. */
const remembering = (text: string): string => `<!doctype html><main><h1>Terms</h1><p>${text}</p><p id=again></p></main>
  <script>
    const isKnown = localStorage.seen === '1' || document.cookie.includes('seen=1');
    again.textContent = isKnown ? 'Good to see you again. You may cancel within 99 days.' : 'Welcome.';
    localStorage.seen = '1';
    document.cookie = 'seen=1';
  </script>`;

test('a second fetch comes to the browser as a new visitor', async () => {
  const site = await startTerms({ '/terms': remembering('You may cancel within 30 days.') });
  const tracker = await trackerOfTest({ secondFetch: { wait: 50 }, fetcher: { allowAddresses: [site.address] } });
  const services = tracker.declare({
    'Terms of Service': { fetch: `${site.origin}/terms`, select: 'main', executeClientScripts: true },
  });
  expect((await tracker.run(services)).map(({ status }) => status)).toEqual(['first']);
  site.documents['/terms'] = remembering('You may cancel within 14 days.');
  const [outcome] = await tracker.run(services);
  expect(outcome).toMatchObject({ status: 'changed', secondFetch: { outcome: 'confirmed', found: 'new' } });
  expect(site.answers.filter((status) => status === 200)).toHaveLength(3);
  expect((await tracker.versions('Example')).at(-1)?.text).toContain('Welcome.');
});
