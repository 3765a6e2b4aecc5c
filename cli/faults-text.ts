import { styleText } from 'node:util';
import type { Fault } from '../archive/declarations/fault.ts';

/** Faults for a person: grouped by file, in the order of their first faults. */
export function faultsAsText(faults: readonly Fault[], stream: NodeJS.WritableStream & { isTTY?: boolean }): string {
  const groups = Map.groupBy(faults, ({ file }) => file);
  return [...groups]
    .map(([file, ofFile]) => [styleText('bold', file, { stream }), ...ofFile.map((fault) => line(fault, stream))])
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function line({ path, message, hint, severity }: Fault, stream: NodeJS.WritableStream): string {
  const mark =
    severity === 'fault' ? styleText('red', 'fault', { stream }) : styleText('yellow', 'warning', { stream });
  return `  ${mark} ${path === '' ? '' : `${styleText('cyan', path, { stream })} `}${message}\n      → ${hint}`;
}
