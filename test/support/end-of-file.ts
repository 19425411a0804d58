import { after } from 'node:test';
import { isMainThread } from 'node:worker_threads';

/** The time that a file has to close what it opened after its last test, in milliseconds. */
const lateMs = 30_000;

/*
 * Loaded before each file of tests. A socket, a server or a process that a test leaves open would keep its file alive for ever, and
 * the whole run with it. --test-force-exit is no way out: it loses the results that are not written yet, and failures among them.
 */
if (isMainThread && process.env['NODE_TEST_CONTEXT'] !== undefined) {
  after(() => {
    setTimeout(() => {
      console.error(`${process.argv[1]} does not end; it holds ${process.getActiveResourcesInfo().join(', ')}`);
      process.exit(1);
    }, lateMs).unref();
  });
}
