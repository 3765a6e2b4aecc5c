import { describe, expect, test } from 'vitest';
import { servedOfTest } from '../../helpers/served.ts';

describe('served collections', () => {
  test('have their names, services, metadata, records and contents', async () => {
    const served = await servedOfTest();
    expect(served.all().map(({ id, name, kind, schedule }) => [id, name, kind, schedule])).toEqual([
      ['harbour', 'Harbour', 'tracked', '30 */12 * * *'],
      ['lighthouse', 'Lighthouse', 'mirrored', '15 * * * *'],
    ]);
    expect(served.default()?.id).toBe('harbour');
    const harbour = served.get('harbour');
    if (!harbour) throw new Error('There is no harbour');
    expect(harbour.services().map(({ id }) => id)).toEqual(['Ferry & Sons!', 'Larkmail', 'Unrecorded']);
    expect(harbour.metadata()?.tagline).toBe('Fictional services of Harbour');
    const version = harbour.index().latestVersion('Larkmail', 'Terms of Service');
    if (!version) throw new Error('There is no version');
    expect(await harbour.content(version)).toContain('ten euros a year');
    const snapshot = harbour.index().snapshotById(version.snapshotIds[0] ?? '');
    if (!snapshot) throw new Error('There is no snapshot');
    expect(Buffer.from(await harbour.snapshotContent(snapshot)).toString()).toContain('<main>Terms');
    expect(harbour.ledger()).toBeUndefined();
  });
});
