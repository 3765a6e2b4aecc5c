import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHANGE_STATES } from '../../archive/changes/analysis/analysed-change.ts';
import { CHANGE_CLASSES } from '../../archive/changes/analysis/difference/difference.ts';
import {
  agreementOf,
  cloneOfLabelled,
  type LabelledChange,
  labelledChanges,
  nameOf,
  withoutLabels,
} from '../helpers/labelled-changes.ts';
import { createBaseline } from './changes-baseline.ts';
import { judge, type Line, measureReading, readTexts, type Version, versionsOf } from './changes-run.ts';
import { type Figure, report } from './figures.ts';

// How far alerts can be trusted, on 150 changes labelled by hand, beside a simple program and beside alerting everything;
// what becomes of the changes of contrib-versions, and how fast. All through `clausewatch changes --repository --json`.

const NOISIEST = 15;
if (withoutLabels) throw new Error(`${withoutLabels}: this benchmark needs them beside the project`);
const directory = await mkdtemp(join(tmpdir(), 'clausewatch-bench-'));
const figures: Figure[] = [];
try {
  const repository = cloneOfLabelled(join(directory, 'versions.git'));
  const records = await versionsOf(repository);
  const raw = await measureReading(repository, records);
  const { lines, userSeconds, allSeconds, peakMegabytes, seconds } = await judge(repository);
  await tellAgreement(lines, repository, records);
  tellShares(lines);
  figures.push(
    {
      label: 'records per second of our processor time',
      value: records.length / userSeconds,
      unit: 'records/s',
      meaning: `${records.length} records, user time of our process: reading, blocks and judging; goal 600`,
    },
    {
      label: 'records per second of all processor time',
      value: records.length / allSeconds,
      unit: 'records/s',
      baseline: records.length / raw,
      ratio: raw / allSeconds,
      meaning: 'with the gits that read; beside git log --raw and git cat-file --batch alone',
    },
    {
      label: 'the whole archive',
      value: seconds,
      unit: 's',
      meaning: 'by the clock, on a machine that does other work as well',
    },
    { label: 'peak memory', value: peakMegabytes, unit: 'MB', meaning: 'of our process; its gits apart' },
  );
  tellNoisiest(lines);
} finally {
  await rm(directory, { recursive: true, force: true });
}
report({ name: 'Alerts of changes', figures });

async function tellAgreement(lines: readonly Line[], repository: string, records: readonly Version[]): Promise<void> {
  const judged = new Map(lines.map((line) => [nameOf(line), line]));
  const ours = agreementOf(new Map(lines.map((line) => [nameOf(line), line.alert])));
  const simple = agreementOf(await alertsOfBaseline(repository, records));
  const all = agreementOf(new Map(labelledChanges().map((change) => [nameOf(change), true])));
  const of = 'on 150 changes labelled by hand; ';
  figures.push(
    {
      label: 'recall of alerts',
      value: ours.recall,
      unit: 'of 1',
      baseline: simple.recall,
      ratio: ours.recall / simple.recall,
      meaning: `${of}goal 0.98; beside a program of forty lines`,
    },
    {
      label: 'precision of alerts',
      value: ours.precision,
      unit: 'of 1',
      baseline: simple.precision,
      ratio: ours.precision / simple.precision,
      meaning: `${of}goal 0.93; beside the same`,
    },
    {
      label: 'precision of alerting everything',
      value: all.precision,
      unit: 'of 1',
      meaning: `${of}its recall is ${all.recall}`,
    },
  );
  const tell = (what: string, change: LabelledChange): void => {
    const line = judged.get(nameOf(change));
    figures.push({
      label: `${what}: ${change.id}`,
      value: 1,
      unit: 'change',
      meaning: `labelled ${change.label}, confidence ${change.confidence}; we say ${line?.class}, ${line?.state}: ${line?.kinds.slice(0, 4).join('; ')}`,
    });
  };
  for (const change of ours.missed) tell('missed', change);
  for (const change of ours.needless) tell('needless', change);
}

/** The baseline over the same histories. */
async function alertsOfBaseline(repository: string, records: readonly Version[]): Promise<Map<string, boolean>> {
  const paths = new Set(labelledChanges().map(({ path }) => path));
  const own = records.filter(({ path }) => paths.has(path));
  const alerts = new Map<string, boolean>();
  const baseline = createBaseline();
  for await (const [version, text] of readTexts(repository, own)) {
    alerts.set(nameOf(version), baseline(version.path, text));
  }
  return alerts;
}

function tellShares(lines: readonly Line[]): void {
  const share = (of: readonly Line[]): number => (100 * of.length) / lines.length;
  const alerted = lines.filter(({ alert }) => alert);
  figures.push({
    label: 'alerted',
    value: share(alerted),
    unit: '%',
    meaning: `${alerted.length} of ${lines.length} changes of contrib-versions; goal at most 30`,
  });
  const upgrades = lines.filter(({ technicalUpgrade }) => technicalUpgrade);
  figures.push({ label: 'technical upgrades', value: share(upgrades), unit: '%', meaning: 'never alerted' });
  for (const name of CHANGE_CLASSES) {
    const of = lines.filter((line) => line.class === name);
    figures.push({
      label: `class ${name}`,
      value: share(of),
      unit: '%',
      meaning: `${of.length} changes, ${of.filter(({ alert }) => alert).length} alerted`,
    });
  }
  for (const name of CHANGE_STATES) {
    const of = lines.filter((line) => line.state === name);
    figures.push({
      label: `state ${name}`,
      value: share(of),
      unit: '%',
      meaning: `${of.length} changes, ${of.filter(({ alert }) => alert).length} alerted`,
    });
  }
}

function tellNoisiest(lines: readonly Line[]): void {
  const documents = new Map<string, { changes: number; alerts: number }>();
  for (const { path, alert } of lines) {
    const document = documents.get(path) ?? { changes: 0, alerts: 0 };
    documents.set(path, document);
    document.changes++;
    if (alert) document.alerts++;
  }
  const noisiest = [...documents].sort(([, a], [, b]) => b.changes - a.changes).slice(0, NOISIEST);
  for (const [path, { changes, alerts }] of noisiest) {
    figures.push({
      label: path.replaceAll('|', '\\|'),
      value: alerts,
      unit: 'alerts',
      baseline: changes,
      ...(alerts > 0 ? { ratio: changes / alerts } : {}),
      meaning: 'beside its changes, each of which is one without analysis',
    });
  }
}
