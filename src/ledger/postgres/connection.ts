import { Socket } from 'node:net';
import { Client } from 'pg';
import type { LedgerStoreError } from '../store-error.ts';
import { databaseError, explain } from './database-error.ts';
import type { PostgresTarget } from './target.ts';

/** The one file that imports pg. It is loaded only if the ledger is in PostgreSQL. */

export type PostgresRow = Readonly<Record<string, unknown>>;

/** A connection to PostgreSQL. */
export class PostgresConnection {
  // The socket is made here: pg has no way to close a connection whose server does not answer.
  readonly #socket = new Socket();
  readonly #client: Client;
  #end: LedgerStoreError | undefined;

  constructor(target: PostgresTarget) {
    this.#client = new Client({
      host: target.host,
      port: target.port,
      user: target.user,
      // A function, so that neither PGPASSWORD nor a file ~/.pgpass takes the place of a password that the URL lacks.
      password: () => target.password ?? '',
      database: target.database,
      ssl: target.tls,
      application_name: target.applicationName,
      stream: () => this.#socket,
    });
    // Without a listener, the loss of an idle connection would end the process.
    this.#client.on('error', (error) => this.destroy(explain(error)));
    this.#client.on('end', () => this.destroy(databaseError('it has closed the connection', 'ECONNRESET')));
  }

  /** False after an error, or when the server has closed the connection. */
  get isUsable(): boolean {
    return this.#end === undefined;
  }

  /** Connect and log in. @throws {LedgerStoreError} */
  async connect(limitMs: number): Promise<void> {
    const late = databaseError(`no login within ${limitMs} ms`, 'ETIMEDOUT');
    const timer = setTimeout(() => this.destroy(late), limitMs);
    try {
      await this.#client.connect();
    } catch (error) {
      throw this.#destroyed(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Send a statement, or several without values, and return the rows of the last one. @throws {LedgerStoreError} */
  async query(sql: string, values?: readonly unknown[]): Promise<readonly PostgresRow[]> {
    // Several statements have a list of results, which the types of pg do not know.
    const result: { rows: PostgresRow[] } | { rows: PostgresRow[] }[] = await this.#send(sql, values);
    return (Array.isArray(result) ? result.at(-1) : result)?.rows ?? [];
  }

  /** Send a statement, and return the number of rows that it has changed. @throws {LedgerStoreError} */
  async change(sql: string, values: readonly unknown[]): Promise<number> {
    return (await this.#send(sql, values)).rowCount ?? 0;
  }

  /** Let the process end while the connection is idle, or not while it is in use. */
  hold(isInUse: boolean): void {
    if (isInUse) this.#socket.ref();
    else this.#socket.unref();
  }

  /** Say good-bye; resolves when the server has closed the connection. */
  async end(): Promise<void> {
    await this.#client.end();
  }

  /** Close the connection at once: everything that waits for it rejects with the first error. */
  destroy(error: LedgerStoreError): void {
    this.#end ??= error;
    this.#socket.destroy();
  }

  async #send(sql: string, values: readonly unknown[] | undefined) {
    try {
      return await (values === undefined ? this.#client.query(sql) : this.#client.query<PostgresRow>(sql, [...values]));
    } catch (error) {
      throw this.#end ?? explain(error);
    }
  }

  #destroyed(error: unknown): LedgerStoreError {
    const cause = this.#end ?? explain(error);
    this.destroy(cause);
    return cause;
  }
}
