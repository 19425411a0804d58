import winston from 'winston';
import { jsonEscape } from '../schema/json-escape.ts';
import { createLineWriter } from './line-writer.ts';
import type { Config } from '../config/settings.ts';

/** What a line may hold: names, numbers and ids of our own; never anything of a body, a token or a cloud's message. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log: one line an event on stdout, in batches; what is more than information is written at once. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Takes a line of another process as it is. */
  readonly pass: (line: string) => void;
  /** Resolves when every line has been handed to the operating system. */
  close(): Promise<void>;
}

/** Where winston's formats leave the line (the symbol of its package triple-beam). */
const line = Symbol.for('message');

/** The log of the process: JSON lines, or lines for people on a terminal. Whatever ends the process, its lines are written. */
export function createLog(settings: Config['log']): Log {
  // Asked for its stdout, node has a pipe refuse what it cannot take, rather than wait for its reader.
  const stream = process.stdout;
  const forPeople = settings.format === 'text' || (settings.format === 'auto' && stream.isTTY);
  const format = forPeople ? readable : jsonLines;
  const printed = (level: string, message: string, fields: LogFields): string => {
    const info = format.transform({ level, message, fields });
    return typeof info === 'object' ? String(info[line]) : '';
  };
  const writer = createLineWriter(stream.fd, (count) => printed('warn', 'lines lost', { count }));
  const transport = new winston.transports.Stream({
    stream,
    log: (info: winston.Logform.TransformableInfo, next) => {
      writer.add(String(info[line]));
      if (info.level !== 'info') writer.write();
      next();
    },
  });
  const logger = winston.createLogger({ level: settings.level, format, transports: [transport], exitOnError: false });
  process.once('exit', writer.finish);
  const logAt = (level: string): Log['info'] =>
    logger.isLevelEnabled(level)
      ? (message, fields = {}) => void logger.log({ level, message, fields })
      : () => undefined;
  return {
    info: logAt('info'),
    warn: logAt('warn'),
    error: logAt('error'),
    pass: writer.add,
    close: () =>
      new Promise((resolve) => {
        logger.once('finish', () => {
          writer.finish();
          resolve();
        });
        logger.end();
      }),
  };
}

/** Printed once, as it is: winston's own formats copy the fields three times, and sort them. */
const jsonLines = winston.format.printf(({ level, message, fields }) => {
  const head = `{"timestamp":"${timestamp()}","level":"${level}","message":${JSON.stringify(message)}`;
  const rest = JSON.stringify(fields);
  return rest === '{}' ? `${head}}` : `${head},${rest.slice(1)}`;
});

let stamped = { second: 0, text: '' };

/** The time; its text is made once a second, for that is a fifth of what a line costs. */
function timestamp(): string {
  const now = Date.now();
  const ms = now % 1000;
  if (now - ms !== stamped.second) stamped = { second: now - ms, text: new Date(now).toISOString().slice(0, -4) };
  return `${stamped.text}${String(ms).padStart(3, '0')}Z`;
}

/** As JSON, with what would steer a terminal escaped. */
function quoted(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f]/g, jsonEscape);
}

const readable = winston.format.combine(
  winston.format.timestamp({ format: 'HH:mm:ss.SSS' }),
  winston.format.printf(({ timestamp, level, message, fields }) => {
    // Every line is logged with its fields, above.
    const details = Object.entries(fields as LogFields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${typeof value === 'string' && /^[!-~]+$/.test(value) ? value : quoted(value)}`);
    return [String(timestamp), level.padEnd(5), String(message), ...details].join(' ');
  }),
);
