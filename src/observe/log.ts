import winston from 'winston';
import { jsonEscape } from '../schema/json-escape.ts';
import { LineWriter } from './lines/line-writer.ts';
import type { Config } from '../config/settings.ts';

/** The fields of a line: names, numbers and ids of the gateway, but no text of a body, no token and no message of the cloud. */
export type LogFields = Readonly<Record<string, unknown>>;

/** The log: one line on stdout for each event. Lines are written in batches, those of level error at once. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** Write a line that another process has formatted. */
  readonly writeLine: (line: string) => void;
  /** Close the log; resolves when all lines have been passed to the operating system. */
  close(): Promise<void>;
}

/** The log of a process, whose settings can change. */
export interface ProcessLog extends Log {
  /** Use another level and format from now on. */
  readonly configure: (settings: Config['log']) => void;
}

/** The key under which winston's formats leave the printed line (exported by its package triple-beam). */
const printedLine = Symbol.for('message');

/** Create the log of the process: JSON lines, or readable lines on a terminal. All lines are written before the exit. */
export function createLog(given: Config['log']): ProcessLog {
  // Reading process.stdout makes node open it: then a full pipe fails with EAGAIN instead of blocking the process.
  const stream = process.stdout;
  let format = formatFor(given, stream.isTTY);
  const writer = new LineWriter(stream.fd, (count) => print(format, 'warn', 'lines lost', { count }));
  const logger = winston.createLogger({
    level: given.level,
    format: { transform: (info) => format.transform(info) },
    transports: [transportTo(writer, stream)],
    exitOnError: false,
  });
  process.once('exit', () => writer.finish());
  // Asking winston costs more than the rest of a line that is not logged.
  const isEnabled = { info: true, warn: true, error: true };
  const configure = (settings: Config['log']): void => {
    logger.level = settings.level;
    format = formatFor(settings, stream.isTTY);
    for (const level of levels) isEnabled[level] = logger.isLevelEnabled(level);
  };
  configure(given);
  const logAt =
    (level: (typeof levels)[number]): Log['info'] =>
    (message, fields = {}) => {
      if (isEnabled[level]) logger.log({ level, message, fields });
    };
  return {
    info: logAt('info'),
    warn: logAt('warn'),
    error: logAt('error'),
    configure,
    writeLine: (line) => writer.add(line),
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

function formatFor({ format }: Config['log'], isTerminal: boolean): winston.Logform.Format {
  return format === 'text' || (format === 'auto' && isTerminal) ? readableLines : jsonLines;
}

const levels = ['info', 'warn', 'error'] as const;

/** Create the transport from winston to the writer. For a slow reader winston's own stream would hold lines without a limit. */
function transportTo(writer: LineWriter, stream: NodeJS.WritableStream): winston.transport {
  return new winston.transports.Stream({
    stream,
    log: (info: winston.Logform.TransformableInfo, next) => {
      writer.add(String(info[printedLine]));
      // Lines of level warn share writes too: while the cloud is down every exchange has one.
      if (info.level === 'error') writer.write();
      next();
    },
  });
}

function print(format: winston.Logform.Format, level: string, message: string, fields: LogFields): string {
  const info = format.transform({ level, message, fields });
  return typeof info === 'object' ? String(info[printedLine]) : '';
}

/**
 * Print a line as JSON. winston's own format copies the fields three times and sorts them: without it, and with batches, a
 * line costs 3.3 us instead of 11.
 */
const jsonLines = winston.format.printf(({ level, message, fields }) => {
  const head = `{"timestamp":"${timestamp()}","level":"${level}","message":${JSON.stringify(message)}`;
  const rest = JSON.stringify(fields);
  return rest === '{}' ? `${head}}` : `${head},${rest.slice(1)}`;
});

let lastSecond = { ms: 0, text: '' };

/** Print the time. The text of the current second is cached: printing it for each line is a fifth of the cost of a line. */
function timestamp(): string {
  const now = Date.now();
  const ms = now % 1000;
  if (now - ms !== lastSecond.ms) lastSecond = { ms: now - ms, text: new Date(now).toISOString().slice(0, -4) };
  return `${lastSecond.text}${String(ms).padStart(3, '0')}Z`;
}

/** Print a value as JSON, and escape the control characters that could control a terminal. */
function quoted(value: unknown): string {
  return JSON.stringify(value).replace(/[\u007f-\u009f]/g, jsonEscape);
}

const readableLines = winston.format.combine(
  winston.format.timestamp({ format: 'HH:mm:ss.SSS' }),
  winston.format.printf(({ timestamp, level, message, fields }) => {
    // Every line is logged with its fields, above.
    const details = Object.entries(fields as LogFields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${typeof value === 'string' && /^[!-~]+$/.test(value) ? value : quoted(value)}`);
    return [String(timestamp), level.padEnd(5), String(message), ...details].join(' ');
  }),
);
