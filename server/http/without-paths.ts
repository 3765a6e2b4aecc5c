/**
 * A message for readers: where files are on this machine is none of their business, their last part says enough; nor is
 * who asks a repository for what it has, which may stand in its address.
 */
export const withoutPaths = (message: string): string =>
  message
    .replace(/\bfile:\/\/[^\s'"“”,;]*?([^\s'"“”,;/:]*)\/?(?=[:.]?(?:[\s'"“”,;]|$))/gi, '$1')
    .replace(/\b([a-z][a-z\d+.-]*:\/\/)[^\s/?#'"“”]*@/gi, '$1')
    .replace(/(?<![\w.:/])(?:\/[^\s/:;,'"“”]+)*\/([^\s/:;,'"“”]+)/g, '$1');
