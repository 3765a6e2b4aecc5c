import pino, { type Logger } from 'pino';
import pretty from 'pino-pretty';

/** The log of a long-running command, on stderr: readable on a terminal, one JSON object a line for a service. */
export function createLogger(level: string, stream: NodeJS.WriteStream = process.stderr): Logger {
  const options = { level, base: {}, timestamp: pino.stdTimeFunctions.isoTime };
  if (!stream.isTTY) return pino({ ...options, formatters: { level: (label) => ({ level: label }) } }, stream);
  return pino(
    options,
    pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname', destination: stream, sync: true }),
  );
}
