/** What a frame holds; the number is the byte on the wire. */
export const frameKinds = { ready: 1, request: 2, markdown: 3, failure: 4, fetch: 5, fetched: 6 } as const;
export type FrameKind = keyof typeof frameKinds;

export interface Frame {
  readonly kind: FrameKind;
  /** Number of the request that the frame belongs to. */
  readonly request: number;
  readonly payload: Uint8Array;
}

const HEADER_BYTES = 9;
const kindOfByte = new Map<number, FrameKind>(
  (Object.keys(frameKinds) as FrameKind[]).map((kind) => [frameKinds[kind], kind]),
);

/** Largest payload of each kind, in bytes. A kind that is not listed is refused. */
export type FrameLimits = Partial<Record<FrameKind, number>>;

/** One frame on the wire: kind (1 byte), request (4 bytes), length of the payload (4 bytes), payload. */
export function encodeFrame(frame: Frame): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + frame.payload.byteLength);
  const header = new DataView(bytes.buffer);
  header.setUint8(0, frameKinds[frame.kind]);
  header.setUint32(1, frame.request);
  header.setUint32(5, frame.payload.byteLength);
  bytes.set(frame.payload, HEADER_BYTES);
  return bytes;
}

/**
 * Cuts a byte stream into frames. Node's own channel between processes is not used: it collects a message of any length
 * in the memory of the receiver. Here the length is known, and refused, before the payload is read.
 *
 * @param onFrame called with each whole frame
 * @returns a function that takes the next chunk; it throws an Error when a frame is unknown or larger than allowed
 */
export function frameReader(limits: FrameLimits, onFrame: (frame: Frame) => void): (chunk: Uint8Array) => void {
  let chunks: Uint8Array[] = [];
  let length = 0;
  let needed = HEADER_BYTES;
  let header: { kind: FrameKind; request: number } | undefined;

  return (chunk) => {
    chunks.push(chunk);
    length += chunk.byteLength;
    while (length >= needed) {
      const all = chunks.length === 1 ? (chunks[0] ?? chunk) : Buffer.concat(chunks);
      const part = all.subarray(0, needed);
      const rest = all.subarray(needed);
      chunks = rest.byteLength === 0 ? [] : [rest];
      length = rest.byteLength;
      if (header === undefined) {
        const view = new DataView(part.buffer, part.byteOffset, part.byteLength);
        const kind = kindOfByte.get(view.getUint8(0));
        const limit = kind === undefined ? undefined : limits[kind];
        const size = view.getUint32(5);
        if (kind === undefined || limit === undefined) throw new Error('an unknown kind of message');
        if (size > limit) throw new Error(`a message of ${size} bytes (${kind}), more than the ${limit} allowed`);
        header = { kind, request: view.getUint32(1) };
        needed = size;
      } else {
        const frame = { ...header, payload: part };
        header = undefined;
        needed = HEADER_BYTES;
        onFrame(frame);
      }
    }
  };
}
