/**
 * The parts of undici that the gateway uses; the only file that imports it.
 *
 * undici has one public entry, which loads fetch, caches and WebSockets too: 13 MB of memory and 50 ms of processor time at
 * every start. The paths below are private. test/http/cloud/undici.test.ts compares them with the public entry and fails
 * when an upgrade moves them or changes the errors that failures.ts recognises.
 */

import { createRequire } from 'node:module';
import type * as undici from 'undici';

/** The receiver of the events of one request. */
export type DispatchHandler = undici.Dispatcher.DispatchHandler;
/** The control of one request: pause, resume, abort. */
export type DispatchController = undici.Dispatcher.DispatchController;

const load = createRequire(import.meta.url);

/** A request as undici sends it. */
export type DispatchOptions = undici.Dispatcher.DispatchOptions;

/** Connections to one origin. */
export type Pool = undici.Pool;
export const Pool = load('undici/lib/dispatcher/pool.js') as typeof undici.Pool;

/** The function that opens a connection for a pool. */
export type Connector = undici.buildConnector.connector;
export const buildConnector = load('undici/lib/core/connect.js') as typeof undici.buildConnector;

/** The classes of undici's errors. */
export const errors = load('undici/lib/core/errors.js') as typeof undici.errors;
