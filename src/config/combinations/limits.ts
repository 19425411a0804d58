import { refuse, useless, warn } from './combination.ts';

/** Limits of which one makes the other impossible to reach. */
export const limitCombinations = [
  // Refused and not warned of, because a body over the total gets 503 with Retry-After, so that its caller would retry for ever.
  refuse(
    ['request.maxBytes', 'request.maxTotalBytes'],
    (one, all) => one > all,
    '{request.maxBytes=}, and {request.maxTotalBytes=}, which is less; one body may not be larger than all of them: lower {request.maxBytes}, or raise {request.maxTotalBytes}.',
  ),
  warn(
    ['upstream.answerMaxBytes', 'upstream.answersMaxTotalBytes'],
    (one, all) => one > all,
    '{upstream.answerMaxBytes=}, and {upstream.answersMaxTotalBytes=}, which is less; one response may not be larger than all of them: lower {upstream.answerMaxBytes}, or raise {upstream.answersMaxTotalBytes}.',
  ),
  warn(
    ['connections.maxUntakenBytes', 'upstream.answersMaxTotalBytes'],
    (untaken, all) => untaken >= all,
    '{connections.maxUntakenBytes=}, and {upstream.answersMaxTotalBytes=}, which is no more; callers that do not read can hold all of it: lower {connections.maxUntakenBytes}.',
  ),
  warn(
    ['shutdown.noticeMs', 'shutdown.timeoutMs'],
    (notice, timeout) => notice >= timeout,
    '{shutdown.noticeMs=}, and {shutdown.timeoutMs=}, which is no more; no time is left after the notice: raise {shutdown.timeoutMs}.',
  ),
  useless(
    ['request.maxHeaderLineBytes', 'request.maxHeaderBytes'],
    (line, header) => line > header,
    '{request.maxHeaderLineBytes=}, and {request.maxHeaderBytes=}, which is less; the header as a whole is refused before: raise {request.maxHeaderBytes}, or lower {request.maxHeaderLineBytes}.',
  ),
  useless(
    ['request.maxParts', 'request.maxBytes'],
    (parts, bytes) => parts > bytes,
    '{request.maxParts=}, and {request.maxBytes=}, which is less; no body of that size has as many parts: lower {request.maxParts}.',
  ),
  useless(
    ['personality.maxContentsCharacters', 'request.maxBytes'],
    (characters, bytes) => characters > bytes,
    '{personality.maxContentsCharacters=}, and {request.maxBytes=}, which is less; a body with such a file is refused before: raise {request.maxBytes}, or lower {personality.maxContentsCharacters}.',
  ),
  useless(
    ['request.headersTimeoutMs', 'request.timeoutMs'],
    (header, whole) => header > whole,
    '{request.headersTimeoutMs=}, and {request.timeoutMs=}, which is less; the request as a whole ends before: raise {request.timeoutMs}, or lower {request.headersTimeoutMs}.',
  ),
  ...(['upstream.connectTimeoutMs', 'upstream.answerTimeoutMs', 'exchanges.waitMs'] as const).map((path) =>
    useless(
      [path, 'exchanges.timeoutMs'],
      (step, whole) => step > whole,
      `{${path}=}, and {exchanges.timeoutMs=}, which is less; the exchange as a whole ends before, with 504: raise {exchanges.timeoutMs}, or lower {${path}}.`,
    ),
  ),
  useless(
    ['exchanges.waitMs', 'exchanges.maxWaiting'],
    (_, waiting) => waiting === 0,
    '{exchanges.waitMs=}, and {exchanges.maxWaiting=}; no request waits: raise {exchanges.maxWaiting}, or remove {exchanges.waitMs}.',
  ),
  useless(
    ['exchanges.maxLongAnswers', 'exchanges.max', 'upstream.connections'],
    (long, exchanges, connections) => long > Math.min(exchanges, connections),
    '{exchanges.maxLongAnswers=}, more than {exchanges.max} or {upstream.connections} lets be translated at a time: lower {exchanges.maxLongAnswers}.',
  ),
  useless(
    ['upstream.idleMs', 'upstream.maxConnectionAgeMs'],
    (idle, age) => idle > age,
    '{upstream.idleMs=}, and {upstream.maxConnectionAgeMs=}, which is less; a connection gets too old before it is idle as long: lower {upstream.idleMs}, or raise {upstream.maxConnectionAgeMs}.',
  ),
] as const;
