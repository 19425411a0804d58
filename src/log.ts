import winston from 'winston';
import { jsonEscape } from './json-escape.ts';
import type { Config } from './settings.ts';

/** What a line may hold: names, numbers and ids of our own; never anything of a body, a token or a cloud's message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log: one line an event on stdout. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Resolves when every line has been handed to the operating system. */
  close(): Promise<void>;
}

/** The log of the process: JSON lines, or lines for people on a terminal. */
export function createLog(settings: Config['log']): Log {
  const forPeople = settings.format === 'text' || (settings.format === 'auto' && process.stdout.isTTY);
  const stream = new winston.transports.Stream({ stream: process.stdout });
  const logger = winston.createLogger({
    level: settings.level,
    format: forPeople ? readable : jsonLines,
    transports: [stream],
    exitOnError: false,
  });
  return {
    info: (event, fields) => void logger.info(event, fields),
    warn: (event, fields) => void logger.warn(event, fields),
    error: (event, fields) => void logger.error(event, fields),
    close: () =>
      new Promise((resolve) => {
        logger.once('finish', () => process.stdout.write('', () => resolve()));
        logger.end();
      }),
  };
}

/** One pass over the fields: winston's own formats make three, and sort the keys. */
const jsonLines = winston.format.printf(({ level, message, ...fields }) =>
  JSON.stringify({ timestamp: new Date().toISOString(), level, message, ...fields }),
);

/** As JSON, with what would steer a terminal escaped. */
function quoted(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f]/g, jsonEscape);
}

const readable = winston.format.combine(
  winston.format.timestamp({ format: 'HH:mm:ss.SSS' }),
  winston.format.printf(({ timestamp, level, message, ...fields }) => {
    const details = Object.entries(fields).map(
      ([name, value]) => `${name}=${typeof value === 'string' && /^[!-~]+$/.test(value) ? value : quoted(value)}`,
    );
    return [String(timestamp), level.padEnd(5), String(message), ...details].join(' ');
  }),
);
