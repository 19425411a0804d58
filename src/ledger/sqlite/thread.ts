import { parentPort, workerData } from 'node:worker_threads';
import { sqliteError } from './sqlite-error.ts';
import type { SqliteOptions } from './connection.ts';
import { SqliteFile } from './sqlite-file.ts';
import type { SqliteRequest, SqliteResult } from './thread-messages.ts';

// The entry of the thread that writes a ledger's file, so that a slow disk or a lock holds no event loop that serves callers.

// The owner of the thread gives it these options.
const options = workerData as SqliteOptions;
const file = new SqliteFile(options);

parentPort?.on('message', (request: SqliteRequest) => {
  parentPort?.postMessage(answer(request), []);
  if (request.method === 'close') parentPort?.close();
});

function answer({ id, method, args }: SqliteRequest): SqliteResult {
  try {
    // The owner sends the arguments that belong to the method.
    return { id, result: (file[method].bind(file) as (...given: readonly unknown[]) => unknown)(...args) };
  } catch (error) {
    const { message, code, isLasting } = sqliteError(error, options.file);
    return { id, error: { message, code, isLasting } };
  }
}
