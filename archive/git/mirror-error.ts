import { withoutUserinfo } from './remote-location.ts';

export type MirrorFailure =
  | 'refused-location'
  | 'not-found'
  | 'no-access'
  | 'not-a-repository'
  | 'no-branch'
  | 'empty'
  | 'network'
  | 'stalled'
  | 'too-slow'
  | 'damaged'
  | 'disk'
  | 'other';

/** A repository could not be fetched; what was fetched before is as it was. The message names the next step. */
export class MirrorError extends Error {
  override readonly name = 'MirrorError';
  readonly reason: MirrorFailure;

  constructor(reason: MirrorFailure, message: string, options?: ErrorOptions) {
    super(withoutUserinfo(message), options);
    this.reason = reason;
  }
}

interface Sign {
  readonly reason: MirrorFailure;
  /** What git says, in English (LC_ALL=C); the first that is found decides. */
  readonly said: RegExp;
  /** What follows the repository's location in the message. */
  readonly message: string;
}

/** Sayings of git 2.34 to 2.47, curl and OpenSSH. */
const SIGNS: readonly Sign[] = [
  {
    reason: 'no-access',
    said: /detected dubious ownership/,
    message: 'belongs to another user of this machine; run as that user, or add it to git’s safe.directory',
  },
  {
    reason: 'no-access',
    said: /could not read Username|could not read Password|terminal prompts disabled/,
    message:
      'is not there or not public: it asks who you are. Check the address; for a private one, give git a credential helper that asks nothing, or use ssh with a key',
  },
  {
    reason: 'no-access',
    said: /Authentication failed|Permission denied|Host key verification failed|error: 403|HTTP 403|access denied/i,
    message: 'does not let you in; check the address, and the key or credentials that git has for it',
  },
  {
    reason: 'no-branch',
    said: /couldn't find remote ref|Remote branch .* not found/i,
    message: 'has no such branch; name another, or leave it out to take the repository’s own',
  },
  {
    reason: 'not-found',
    said: /[Rr]epository .*not found|does not exist|No such file or directory|error: 404|HTTP 404/,
    message: 'was not found; check the address',
  },
  {
    reason: 'not-a-repository',
    said: /does not appear to be a git repository|not a git repository|not valid: is this a git repository|does not look like a v\d bundle|protocol error: bad line/,
    message: 'is not a git repository; give the address that "git clone" takes',
  },
  {
    reason: 'damaged',
    said: /fsck error|index-pack failed|unpack-objects|bad object|did not send all necessary objects|inflate|corrupt|invalid index-pack|missing blob|missing tree/i,
    message:
      'sent objects that are damaged or malformed, and none of them was taken; ask whoever keeps it to run "git fsck"',
  },
  {
    reason: 'disk',
    said: /No space left on device|Disk quota exceeded/,
    message: 'does not fit on the disk; free some space',
  },
  {
    reason: 'network',
    said: /Could not resolve|unable to access|Failed to connect|Connection (?:refused|reset|timed out|closed)|timed out|early EOF|RPC failed|hung up|SSL|Network is unreachable|Operation too slow/i,
    message: 'could not be reached; check the address and the network',
  },
];

/** Why a fetch failed, from what git said. Its own words follow, since no table knows them all. */
export function mirrorFailure(url: string, said: string): MirrorError {
  const words = said
    .split(/[\r\n]+/)
    .filter((line) => /^(fatal|error|remote: (?:error|fatal)|ssh)|Permission|verification/i.test(line.trim()))
    .slice(0, 4)
    .map((line) => line.trim())
    .join('; ')
    .slice(0, 600);
  const sign = SIGNS.find((candidate) => candidate.said.test(said));
  const told = words === '' ? '' : ` (git: ${words})`;
  return sign
    ? new MirrorError(sign.reason, `${url} ${sign.message}${told}`)
    : new MirrorError('other', `${url} could not be fetched${told || `: ${said.trim().slice(-300)}`}`);
}
