import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { CommandIo } from '../../command.ts';
import { UsageError } from '../../command.ts';
import type { LogReader } from '../log/log-reader.ts';
import { Progress } from './progress.ts';
import { systemCode, type ReportSource } from './source.ts';

/** The part of a file that is read at a time, in bytes. */
const chunkBytes = 1_048_576;

type LogSource = Extract<ReportSource, { readonly kind: 'log' | 'stdin' }>;

/** Read log files one after another. @returns the files whose compression ended too early @throws {UsageError} */
export async function readLogs(
  sources: readonly LogSource[],
  reader: LogReader,
  io: CommandIo,
): Promise<readonly string[]> {
  const sizes = sources.map((source) => (source.kind === 'log' ? source.bytes : Number.NaN));
  const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
  const progress = new Progress(io, Number.isNaN(total) ? undefined : total);
  const cut: string[] = [];
  try {
    for (const source of sources) {
      const isWhole = await readLog(source, reader, io, progress);
      if (!isWhole && source.kind === 'log') cut.push(source.file);
    }
  } finally {
    progress.end();
  }
  return cut;
}

async function readLog(source: LogSource, reader: LogReader, io: CommandIo, progress: Progress): Promise<boolean> {
  const name = source.kind === 'log' ? source.file : 'The standard input';
  const input = source.kind === 'log' ? createReadStream(source.file, { highWaterMark: chunkBytes }) : io.stdin;
  const counted = countBytes(input, progress);
  try {
    if (source.kind === 'log' && source.isCompressed) await reader.read(unzipped(counted), name);
    else await reader.read(counted, name);
    return true;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    // A file that is still being compressed, or was not copied whole: what came before has been read.
    if (systemCode(error) === 'Z_BUF_ERROR') return false;
    throw new UsageError(`${name} cannot be read (${systemCode(error)}).`);
  }
}

async function* countBytes(input: AsyncIterable<unknown>, progress: Progress): AsyncGenerator<Buffer> {
  for await (const chunk of input) {
    // Streams without an encoding give buffers; a test may give texts.
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    progress.add(bytes.length);
    yield bytes;
  }
}

function unzipped(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  // An error ends the iteration, too.
  pipeline(Readable.from(chunks), gunzip, () => undefined);
  return gunzip;
}
