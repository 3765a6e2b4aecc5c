import { tipSignature } from '../../git/tip-signature.ts';

/** Where both repositories of a collection stand, for comparison with a later answer. */
export async function tipSignatures(places: {
  readonly versionsDirectory: string;
  readonly snapshotsDirectory: string;
}): Promise<string> {
  const both = await Promise.all([tipSignature(places.versionsDirectory), tipSignature(places.snapshotsDirectory)]);
  return both.join('\n\n');
}
