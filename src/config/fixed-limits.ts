/**
 * Limits that are not settings: nothing about a cloud, its callers or a machine is known that would make another value
 * better. Each has its unit in its name and its reason beside it.
 */
export const fixedLimits = {
  /**
   * A short body is sent to the cloud whole, which costs half of streaming it (98 us instead of 189 for a short request,
   * docs/speed.md). A longer one is streamed, so that it is not held in memory.
   */
  shortBodyBytes: 65_536,
  /**
   * A short body that has not arrived whole after this time is streamed. Waiting longer would delay what a slow client has
   * already sent, and save nothing.
   */
  shortBodyWaitMs: 10,
  /**
   * A fault or a list of choices (300) from the cloud is read whole, to be rewritten for the caller. A longer fault keeps its
   * status and loses its text, longer choices become 502. No cloud's own fault comes near it; only a proxy's page might.
   */
  forwardedFaultBytes: 262_144,

  /** A worker that has not ended so long after its shutdown timeout hangs, and is killed. */
  workerOverdueMs: 2000,
  /** A worker that served so long did not fail at its start: its replacement starts at once. */
  steadyWorkerMs: 10_000,
  /** The wait before a worker is replaced that failed early; each further failure in a row doubles it. */
  firstBackoffMs: 250,
  /** The longest such wait: a mended cause is noticed within half a minute. */
  longestBackoffMs: 30_000,
  /** A worker that has not sent its metrics by then counts with those that it sent last; scrapers give up after 10 s. */
  metricsWaitMs: 1000,

  /** The interval at which the certificate files are checked for a change; a certificate is renewed well before it expires. */
  certificateCheckMs: 5000,
  /** Each step of an exchange adds a listener for its end; node warns of a leak above this number. */
  responseListeners: 24,

  /**
   * The size of a batch of log lines that is written to a pipe: Linux's PIPE_BUF, up to which a write is not torn by
   * another process that writes to the same pipe.
   */
  logPipeBatchBytes: 4096,
  /**
   * The size of a batch of log lines that is written to a file, which accepts any size whole. Against batches for pipes it
   * saves 5 us of an exchange of 130 us (docs/decisions/0006-one-line-an-exchange.md).
   */
  logFileBatchBytes: 65_536,
  /** A line waits so long for others to share its write with. */
  logDelayMs: 10,
  /** The pause before the log is offered again to a reader that was full. A pipe holds 64 KiB: a fast reader keeps up. */
  logRetryMs: 2,
  /** The log that is held for a slow reader; lines beyond it are lost, and counted, so that memory stays bounded. */
  logHeldBytes: 1_048_576,
  /** The process waits so long for a slow reader of its log before it exits. */
  logExitMs: 1000,
} as const;
