import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const DATA = new URL('../../../shared/data/', import.meta.url).pathname;
const LABELS = `${DATA}changes/dev.json`;
const BUNDLE = `${DATA}contrib-versions.bundle`;

/** A change that was read and labelled by hand. */
export interface LabelledChange {
  readonly id: string;
  readonly path: string;
  readonly commit: string;
  /** Ids of the blobs before and after. */
  readonly old: string;
  readonly new: string;
  readonly label: 'substantive' | 'editorial' | 'date-only' | 'noise' | 'capture-fault';
  readonly alert: boolean;
  readonly confidence: 'high' | 'medium' | 'low';
}

/** Why there are no labelled changes here; undefined where there are. */
export const withoutLabels = existsSync(LABELS) && existsSync(BUNDLE) ? undefined : 'real archives are not here';

export function labelledChanges(): LabelledChange[] {
  const changes: LabelledChange[] = JSON.parse(readFileSync(LABELS, 'utf8'));
  return changes;
}

/** A bare clone of the archive that the labelled changes come from. */
export function cloneOfLabelled(directory: string): string {
  execFileSync('git', ['clone', '--quiet', '--bare', BUNDLE, directory], { stdio: 'ignore' });
  return directory;
}

/** How well alerts agree with labels. */
export interface Agreement {
  readonly recall: number;
  readonly precision: number;
  /** Worth an alert, without one. */
  readonly missed: readonly LabelledChange[];
  /** Alerted without being worth it. */
  readonly needless: readonly LabelledChange[];
}

/** @param isAlerted by commit and path, as `nameOf` joins them. Throws where a labelled change was not judged at all. */
export function agreementOf(isAlerted: ReadonlyMap<string, boolean>): Agreement {
  const missed: LabelledChange[] = [];
  const needless: LabelledChange[] = [];
  let worthy = 0;
  let alerted = 0;
  for (const change of labelledChanges()) {
    const alert = isAlerted.get(nameOf(change));
    if (alert === undefined) throw new Error(`${change.id} was not judged`);
    if (change.alert) worthy++;
    if (alert) alerted++;
    if (change.alert && !alert) missed.push(change);
    if (alert && !change.alert) needless.push(change);
  }
  return {
    recall: (worthy - missed.length) / worthy,
    precision: alerted === 0 ? 1 : (alerted - needless.length) / alerted,
    missed,
    needless,
  };
}

export const nameOf = ({ commit, path }: { readonly commit: string; readonly path: string }): string =>
  `${commit} ${path}`;
