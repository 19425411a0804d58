/**
 * Limits that are not settings, because no known cloud, caller or machine needs another value. Each has its unit in its
 * name and its reason in its comment.
 */
export const fixedLimits = {
  /**
   * Longest body that is sent to the cloud whole, which costs half of streaming it (98 us instead of 189 for a short
   * request, docs/speed.md). A longer body is streamed, so that it is not held in memory.
   */
  shortBodyBytes: 65_536,
  /**
   * Wait for a short body to arrive whole; after it the body is streamed. A longer wait would only delay the part that a
   * slow client has already sent.
   */
  shortBodyWaitMs: 10,
  /**
   * Longest fault or list of choices (300) of the cloud that is rewritten for the caller. A longer fault keeps its status and
   * loses its text; longer choices become 502. Faults of clouds are far smaller, and parsing one of 16 MB that is made of
   * brackets holds the event loop for seconds.
   */
  faultBytes: 65_536,

  /**
   * Longest document of the cloud that is translated on the event loop in one piece; each step of it takes 1 us for a byte at
   * the most. A longer one that is no list is translated in a thread, which takes 0.6 s for the first (150 KB) and 2 ms for the next.
   */
  wholeDocumentBytes: 131_072,
  /** Memory for the objects of a document in a thread. A document of 16 MB that is made of brackets would need gigabytes. */
  threadHeapMegabytes: 512,
  /**
   * Longest time of a thread for one document. The slowest of 16 MB take 5 s on a quiet machine, and 20 to 25 s were seen beside
   * other load.
   */
  threadMs: 30_000,
  /** Time after which a thread without documents ends, because it needs about 70 MB. */
  idleThreadMs: 60_000,

  /** Longest request of the Identity API, that of legacy Keystone: a login is shorter than its longest token. */
  identityBodyBytes: 114_688,
  /** Networks and users whose failed logins are counted, in each of two generations: about 5 MB a worker. */
  rememberedLogins: 16_384,

  /** Time for which it stays known whether the cloud has /v2; then the cloud is asked again, beside the requests. */
  legacyPathMs: 300_000,
  /** The same after the cloud could not be asked. */
  legacyPathRetryMs: 10_000,
  /** Longest wait for each answer about the cloud's versions, of which there are at most three. The first request waits as long. */
  versionsWaitMs: 2000,
  /**
   * Time for which such an answer serves every question, so that the check of the profile and the search of /v2 do not both
   * ask when the gateway begins to serve. Shorter than legacyPathMs, so that each renewal asks the cloud.
   */
  versionsKeptMs: 60_000,
  /** Wait between the first answer of the cloud and the check of the profile, so that it takes nothing from the first requests. */
  profileCheckDelayMs: 1000,
  /**
   * Shortest time between two checks of the profile if the cloud could not be asked. A wrong profile is found soon
   * after the cloud can answer, and a request every five minutes is no load.
   */
  profileCheckRetryMs: 300_000,

  /** Largest file that holds a secret. A larger one, such as a log or a device, was named by mistake. */
  secretFileBytes: 65_536,

  /** Largest retirement file: 20,000 projects and more. A larger one was named by mistake. */
  retirementFileBytes: 1_048_576,
  /** Rules of a retirement file, and selections of a list in it. Those that name projects are looked up. */
  retirementRules: 5000,
  /** Rules without a project, which are compared one by one with each exchange that needs the gateway. */
  retirementOpenRules: 200,
  /**
   * Agents and networks of a retirement file beside which there is no project, and those of one project that stand beside no whole
   * agent. They are compared one by one, in some 40 ns each.
   */
  retirementPatterns: 500,
  /** Brownouts of a retirement file. The next windows of all are computed at each change, in some 50 us each. */
  retirementBrownouts: 100,

  /** Longest wait for each step of `--check --reach`, even if connectTimeoutMs is longer: an operator waits for it. */
  reachStepMs: 5000,

  /**
   * Projects, tokens without one, and networks of callers whose turns are counted, in each of two generations: about 5 MB a
   * worker if somebody invents that many. Those that hold turns are never forgotten.
   */
  sharedAccounts: 8192,
  /** Tokens of which it stays known that the cloud accepted them, in each of two generations, about 200 bytes each. */
  provenTokens: 16_384,

  /**
   * Gateways in a row, by Via; a request that has passed as many is refused as a loop, which may lead through replicas that do
   * not know each other. Nobody needs more than two.
   */
  mostGateways: 4,
  /** Shortest time between two error lines of a loop: each request has a line of its own as well. */
  loopLogMs: 10_000,

  /** Time after its shutdown timeout until a worker that has not ended is killed: by then it hangs. */
  workerOverdueMs: 2000,
  /** A worker that served at least this long did not fail at its start, so its replacement starts at once. */
  steadyWorkerMs: 10_000,
  /** Wait before the replacement of a worker that failed early; each further failure in a row doubles it. */
  firstBackoffMs: 250,
  /** Longest such wait, so that workers return within half a minute after the cause is fixed. */
  longestBackoffMs: 30_000,
  /** Connections of the admin port. Probes and scrapers of one machine or cluster need a few. */
  adminConnections: 256,
  /** Requests of a connection of the admin port that wait for their answers; no probe, scraper or browser sends several at once. */
  adminPipelined: 4,
  /** Longest time in which the admin port's answer must be taken: a table of some megabytes over a slow line takes as long. */
  adminAnswerMs: 60_000,
  /** Readers of the exchanges as they end. Browsers open six connections to a place, and few people watch at a time. */
  liveReaders: 8,
  /** Exchanges that wait for a reader, in bytes. A reader that is too slow misses those beyond it, and is told how many. */
  liveReaderBytes: 262_144,
  /** Exchanges of a process that are shown at a time: ten times a second, more than a process serves. More are counted only. */
  liveBatchExchanges: 500,
  /** Time that an exchange waits for others, so that they share a message between processes and a write to each reader. */
  liveBatchMs: 100,
  /** Exchanges that a reader is sent at first, of those that are kept. */
  liveFirstExchanges: 200,
  /** Memory for the exchanges that are kept; beyond it the oldest are removed early. Callers choose the length of their paths. */
  liveKeptBytes: 8_388_608,
  /** Interval of the comments that keep a stream of exchanges open through proxies, which close silent connections after 30 s and more. */
  liveHeartbeatMs: 15_000,
  /** Heartbeats in a row in which a reader takes nothing of what waits for it; then it is gone. */
  liveStuckHeartbeats: 4,
  /** Longest text that is tried in the console: a HAR of some hundred requests. */
  tryBodyBytes: 1_048_576,
  /** Texts that are received, wait or are translated at a time; each takes its length in memory, and its turn in one thread. */
  tryPlaces: 4,
  /** Requests of a text that are shown. */
  tryRequests: 20,
  /** Time of a text in the thread, whose start takes a second or two on a busy machine. */
  tryMs: 10_000,
  /** Memory for the objects of a text in the thread. */
  tryHeapMegabytes: 256,
  /** Wait for the metrics of a worker; a slower worker counts with its previous ones. Scrapers give up after 10 s. */
  metricsWaitMs: 1000,

  /**
   * Wait for the last export of spans at the end of the process. A collector that does not answer must not delay it beyond the
   * time after which a worker counts as hanging.
   */
  tracesFlushMs: 1500,

  /** Counts that the ledger in memory holds, about 300 bytes each. Beyond it the oldest days are removed early. */
  ledgerMemoryCells: 100_000,
  /** Needs of one exchange that are counted; each is a member at most, and no operation has more. */
  ledgerNeeds: 64,
  /** Days after which a key that was not seen leaves its place in the memory of the process to another. */
  ledgerKeyDays: 30,
  /** Counts of a run that are held for a store that is away, about 500 bytes each. More are lost, and that is told. */
  ledgerHeldCells: 50_000,
  /** Counts that are stored at a time: a slice takes 1 to 5 ms. */
  ledgerSliceRows: 200,
  /** Time after which a write that has not ended is reported. It is waited for: two at a time would only burden the store more. */
  ledgerWriteMs: 10_000,
  /** Longest pause before a store that failed is tried again. */
  ledgerRetryMs: 300_000,
  /** Longest wait for the store at the end of the process, as long as the time of the shutdown allows. */
  ledgerEndMs: 5000,
  /** Counts that are read from a file at once. Receiving 5000 of them from its thread would hold the event loop for tens of milliseconds. */
  ledgerPageRows: 250,
  /** Wait of a file of the ledger for the lock of another process, which holds it for milliseconds. */
  ledgerBusyMs: 2000,
  /** Time to reach a database of the ledger and to log in. Several seconds pass where a name has a dead address before a live one. */
  ledgerConnectMs: 5000,
  /** Time of one transaction on a database of the ledger: 18,000 counts take 2 s on a busy machine. */
  ledgerTransactionMs: 20_000,
  /** Wait for the calls before: one that connects and takes all of its time. */
  ledgerTurnMs: 25_000,
  /**
   * Time after which a connection to a database of the ledger is closed. What is written each minute needs none in between, which a
   * firewall would forget, and which would lead to the former server after a failover.
   */
  ledgerIdleMs: 5000,
  /** Counts of one statement, a text of about 100 KB: it is written in a millisecond or two, which holds the event loop. */
  ledgerStatementRows: 500,
  /** Sums of one answer of a database, which are read in a millisecond or two. */
  ledgerAnswerRows: 500,

  /** Combinations of which the console knows the names; further ones of the ledger are counted as (other). About 1 KB each. */
  consoleKeys: 20_000,
  /** Days with calls that the console holds, of all projects together, about 80 bytes each. Beyond it the older half is forgotten. */
  consoleProjectDays: 500_000,
  /** Memory for the objects of the thread that reads the ledger for the console. */
  consoleHeapMegabytes: 512,
  /** Shortest time for which a reading of the ledger answers the console. */
  consoleKeptMs: 10_000,
  /** The same in times of what the reading took, so that a large ledger takes a twentieth of a core at the most. */
  consoleKeptTimes: 20,
  /** Longest wait of the console for the ledger. A reading goes on, and answers the next question. */
  consoleAnswerMs: 30_000,
  /** Time after which the thread ends, if nobody looks at the console. */
  consoleIdleMs: 120_000,
  /** Questions that wait for the thread; more are refused, because a browser asks a handful. */
  consoleQuestions: 64,
  /** Counts that are handed to the thread at a time from a ledger in memory: it takes about a millisecond. */
  consoleSliceRows: 500,
  /** Rows of a table of the ledger in one document, and in one as CSV. */
  consoleRows: 1000,
  consoleCsvRows: 20_000,

  /** Interval at which the certificate files are checked for a change; certificates are renewed well before they expire. */
  certificateCheckMs: 5000,
  /** Listeners of a response before node warns of a leak; each step of an exchange adds one for its end. */
  responseListeners: 24,

  /**
   * Size of a batch of log lines that is written to a pipe: Linux's PIPE_BUF, up to which a write is atomic even if another
   * process writes to the same pipe.
   */
  logPipeBatchBytes: 4096,
  /**
   * Size of a batch of log lines that is written to a file, which accepts any size. Compared with batches for pipes it saves
   * 5 us of an exchange of 130 us (docs/decisions/0006-one-line-an-exchange.md).
   */
  logFileBatchBytes: 65_536,
  /** Time that a log line waits, so that several lines share one write. */
  logDelayMs: 10,
  /** Pause before a write to a full pipe is retried. A pipe holds 64 KiB, so a fast reader keeps up. */
  logRetryMs: 2,
  /** Log that is held for a slow reader. Lines beyond it are dropped and counted, so that memory stays bounded. */
  logHeldBytes: 1_048_576,
  /** Time that the exit of the process waits for a slow reader of its log. */
  logExitMs: 1000,
} as const;
