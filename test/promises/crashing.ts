import assert from 'node:assert/strict';
import { words } from '../process/canary.ts';

/**
 * Loaded into a gateway by --import: on SIGUSR2 it throws an unexpected error that quotes a request in all of its parts. The
 * environment variable CRASH names the kind of error.
 */

const quoting = `cannot read <rebuild adminPass="${words.password}">\n    at ${words.token} (/etc/${words.contents}:1:1)\nend`;

const crashes: Readonly<Record<string, () => void>> = {
  exception: () => {
    throw Object.assign(new TypeError(quoting, { cause: new Error(words.userData) }), { body: words.password });
  },
  rejection: () => void Promise.reject(new AggregateError([new Error(words.password)], quoting)),
  text: () => {
    throw quoting;
  },
  changed: () => {
    const error = new Error(quoting);
    // Reading the stack fixes it: it keeps the first message.
    assert.ok(error.stack);
    error.message = 'another message';
    throw error;
  },
};

process.on('SIGUSR2', () => crashes[process.env['CRASH'] ?? '']?.());
