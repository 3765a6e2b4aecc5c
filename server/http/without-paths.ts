/** A message for readers: where files are on this machine is none of their business, their last part says enough. */
export const withoutPaths = (message: string): string =>
  message.replace(/(?<![\w.:/])(?:\/[^\s/:;,'"“”]+)*\/([^\s/:;,'"“”]+)/g, '$1');
