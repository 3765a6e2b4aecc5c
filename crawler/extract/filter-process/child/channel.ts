import fs from 'node:fs';
import { encodeFrame, type FrameKind } from '../frames.ts';

/** The pipe for answers; 1 and 2 are free for what filter functions print. */
const ANSWERS = 3;
const { writeSync } = fs;

/** Sends one frame to the parent and returns when the pipe has taken it. */
export function send(kind: FrameKind, request: number, payload: Uint8Array): void {
  const bytes = encodeFrame({ kind, request, payload });
  let written = 0;
  while (written < bytes.byteLength) {
    written += writeSync(ANSWERS, bytes, written);
  }
}

export function sendJson(kind: FrameKind, request: number, value: unknown): void {
  send(kind, request, Buffer.from(JSON.stringify(value), 'utf8'));
}
