import { fileURLToPath } from 'node:url';

/** A location that git may fetch from; `refused` says why it may not. */
export type RemoteLocation =
  | { readonly url: string; readonly refused?: undefined }
  | { readonly url?: undefined; readonly refused: string };

const EXPECTED = 'give an address that starts with https://, ssh:// or file:///';

/** `user@host:path`, which git takes for ssh. */
const SCP_LIKE = /^([\w.][\w.+-]*)@([\w][\w.-]*|\[[0-9a-fA-F:]+\]):([^-].*)$/;

/** Whether a text is meant as the location of a remote repository, rather than as a path here. */
export const isRemoteLocation = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^[\w+.-]+::/.test(text) || SCP_LIKE.test(text);

/**
 * Checks a location before git sees it. Git itself would run commands for some (`ext::sh -c …`), take others for options
 * (`--upload-pack=…`, `ssh://-oProxyCommand=…`), and speak protocols that anyone on the way can change.
 */
export function readRemoteLocation(text: string): RemoteLocation {
  const shown = withoutUserinfo(text);
  if (text.startsWith('-')) return { refused: `${shown} looks like an option; ${EXPECTED}` };
  if ([...text].some((character) => character <= ' ' || character === '\u007f')) {
    return { refused: `${JSON.stringify(shown)} has a space or control character in it; ${EXPECTED}` };
  }
  const scp = SCP_LIKE.exec(text);
  if (scp) return { url: text };
  if (/^[\w+.-]+::/.test(text)) return { refused: `${shown} would have git start a program; ${EXPECTED}` };
  if (!URL.canParse(text)) return { refused: `${shown} is not an address; ${EXPECTED}` };
  const { protocol, hostname, username, pathname } = new URL(text);
  if (protocol === 'file:') {
    if (hostname !== '') return { refused: `${shown} names a host; write file:/// and the whole path` };
    return pathOf(text) === undefined ? { refused: `${shown} names no path; ${EXPECTED}` } : { url: text };
  }
  if (protocol !== 'https:' && protocol !== 'ssh:') {
    return { refused: `${shown} is of the kind ${protocol}//, which anyone on the way could change; ${EXPECTED}` };
  }
  // As written, since a name that is not ASCII has lost its hyphen in `hostname`; and decoded, as git decodes too: ssh
  // would take what begins with a hyphen for an option.
  const isOptionLike = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?-/i.test(text);
  const parts = [hostname, username, pathname.replace(/^\//, '')].map(decoded);
  if (isOptionLike || hostname === '' || parts.some((part) => part === undefined || part.startsWith('-'))) {
    return { refused: `${shown} has a part that begins with a hyphen, or no host; ${EXPECTED}` };
  }
  return { url: text };
}

/** What git is given for a location that `readRemoteLocation` let through: for `file:` the path, so that bundles work too. */
export const gitArgument = (url: string): string => (url.startsWith('file:') ? fileURLToPath(url) : url);

/** For messages and logs: user names and passwords in an address are nobody's business. */
export function withoutUserinfo(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^/?#\s]*@/gi, '$1');
}

/** With and without `.git` or a slash at the end it is the same repository. */
export const bareLocation = (location: string): string => location.replace(/\/*(?:\.git)?\/*$/, '');

/** undefined where an address of a file holds what no path can. */
function pathOf(url: string): string | undefined {
  try {
    const path = fileURLToPath(url);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
