import { LedgerStoreError } from '../store-error.ts';
import { PostgresConnection } from './connection.ts';
import { databaseError } from './database-error.ts';
import type { PostgresTarget } from './target.ts';

/** The times of a session. */
export interface SessionLimits {
  /** Time to resolve the name, connect, negotiate TLS and log in. */
  readonly connectMs: number;
  /** Time of one transaction, all of its statements and answers together. */
  readonly workMs: number;
  /** Wait for the work before; with the two others the longest time of a call. */
  readonly waitMs: number;
  /** Time after which a connection without work is closed. */
  readonly idleMs: number;
}

/**
 * A line of work on one connection, which is opened when there is work, and closed soon after. Any error closes it, so that the
 * next work begins with a sound one.
 */
export class Session {
  readonly #target: PostgresTarget;
  readonly #limits: SessionLimits;
  #last: Promise<unknown> = Promise.resolve();
  #open: PostgresConnection | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(target: PostgresTarget, limits: SessionLimits) {
    this.#target = target;
    this.#limits = limits;
  }

  /** Do work on the connection when its turn comes. @throws {LedgerStoreError} within the limits */
  async run<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    const turn = this.#last;
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    this.#last = turn.then(() => done);
    try {
      await inTurn(turn, this.#limits.waitMs);
      return await this.#use(work);
    } finally {
      finish();
    }
  }

  /** Refuse further work, let the current one end, and close the connection. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#last;
    clearTimeout(this.#idle);
    await this.#hangUp();
  }

  async #use<T>(work: (connection: PostgresConnection) => Promise<T>): Promise<T> {
    clearTimeout(this.#idle);
    if (this.#isClosed) throw closed();
    const { workMs, idleMs } = this.#limits;
    const connection = await this.#connected();
    const late = databaseError(`it did not finish within ${workMs} ms`, 'ETIMEDOUT');
    const timer = setTimeout(() => connection.destroy(late), workMs);
    try {
      connection.hold(true);
      const result = await work(connection);
      // A process that has nothing else to do may end.
      connection.hold(false);
      this.#idle = setTimeout(() => void this.#hangUp(), idleMs).unref();
      return result;
    } catch (error) {
      connection.destroy(error instanceof LedgerStoreError ? error : databaseError('it failed', 'EFAILED'));
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  async #connected(): Promise<PostgresConnection> {
    if (this.#open?.isUsable === true) return this.#open;
    const connection = new PostgresConnection(this.#target);
    this.#open = connection;
    await connection.connect(this.#limits.connectMs);
    return connection;
  }

  async #hangUp(): Promise<void> {
    const leaving = this.#open;
    this.#open = undefined;
    if (leaving?.isUsable !== true) return;
    const timer = setTimeout(() => leaving.destroy(closed()), this.#limits.connectMs);
    await leaving.end().finally(() => clearTimeout(timer));
  }
}

async function inTurn(turn: Promise<unknown>, waitMs: number): Promise<void> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const error = databaseError(`earlier calls did not finish within ${waitMs} ms`, 'EBUSY');
  const timer = setTimeout(() => reject(error), waitMs);
  await Promise.race([turn, late]).finally(() => clearTimeout(timer));
}

function closed(): LedgerStoreError {
  return databaseError('the gateway has closed it', 'ECLOSED');
}
