/** The closed set of fault reasons: the `fault` of a log line and the label `reason` of `gateway_faults_total`. */

import { loginReasons } from './login-reasons.ts';
import { retirementReasons } from './retirement-reasons.ts';

/** A fault's reason, described for operators. */
interface Reason {
  /** The event, and its possible effect at the cloud. */
  readonly meaning: string;
  /** The action that the operator should take. */
  readonly action: string;
  /** The mark of a limit of the gateway: the fault counts in `gateway_limits_hit_total` too. */
  readonly isLimit?: true;
}

/** The quotas of a request's members. A quota has the name of the setting that holds its limit. */
export const quotaNames = [
  'personality.maxFiles',
  'personality.maxPathCharacters',
  'personality.maxContentsCharacters',
  'metadata.maxItems',
  'metadata.maxCharacters',
] as const;

/** The name of a quota; the compiler checks in `server/app/app.ts` that a setting has this name. */
export type QuotaName = (typeof quotaNames)[number];

const single = {
  'invalid-member': {
    meaning: "A member of the caller's message breaks a rule; the fault names its path. Nothing was sent to the cloud.",
    action: 'None; the caller must correct its request.',
  },
  'malformed-body': {
    meaning: 'The body is no well-formed document of the message that the path has. Nothing was sent to the cloud.',
    action: 'None, unless one client always fails: then compare its request with the legacy API.',
  },
  'media-type': {
    meaning: 'The Content-Type is neither XML nor JSON, or there is a Content-Encoding. Nothing was sent to the cloud.',
    action: 'None; the caller must send XML or JSON, not compressed.',
  },
  'no-action': {
    meaning: 'The body of an action is JSON without exactly one member to name it. Nothing was sent to the cloud.',
    action: 'None; the caller must correct its request.',
  },
  'unknown-action': {
    meaning: 'The body names an action that the legacy API does not have. Nothing was sent to the cloud.',
    action: 'None; the caller must correct its request.',
  },
  'unknown-path': {
    meaning:
      'XML was sent to the path of an operation with a slash or an unknown suffix at its end, which legacy Nova did not have. Nothing was sent to the cloud.',
    action: 'None; the caller must correct its request.',
  },
  'undescribed-xml': {
    meaning: 'The body is XML of a call that no operation describes. Nothing was sent to the cloud.',
    action: 'Let the caller send JSON; report the call if legacy Nova had it and the cloud still has it.',
  },
  strict: {
    meaning: 'Strict handling: a member would be dropped, be replaced or have no effect. Nothing was changed.',
    action: 'Set `handling` to lenient to let such members pass with a note; Prefer: handling=strict stays strict.',
  },
  target: {
    meaning:
      'The request target is no path of this API: no leading slash, a fragment, or segments of dots. Nothing was sent to the cloud.',
    action: 'None; many of them are a sign of a scanner.',
  },
  'unknown-region': {
    meaning: 'With several regions: the path and the host name none, or two. Nothing was sent to the cloud.',
    action: 'None, unless one client always fails: then correct its URL, or `regions`.',
  },
  host: {
    meaning: 'There is more than one Host, an invalid one, or none with HTTP/1.1. Nothing was sent to the cloud.',
    action: 'Let the caller, or the proxy in front, send one Host; several are a sign of an attack.',
  },
  'malformed-http': {
    meaning:
      "The request is not valid HTTP, or its chunks are not; the log line has the parser's error code as cause. Nothing was sent to the cloud, or not the whole request.",
    action: 'None, unless one client always fails: then look at what it sends, and whether it should speak TLS.',
  },
  'header-too-large': {
    meaning:
      'The header of the request is larger than `request.maxHeaderBytes`, one of its fields than `request.maxHeaderLineBytes`, or it has too many fields. Nothing was sent to the cloud.',
    action: 'Raise the limit if callers have longer tokens, and see that the cloud accepts them too.',
    isLimit: true,
  },
  'request-timeout': {
    meaning:
      'The request did not arrive within `request.headersTimeoutMs` (its header) or `request.timeoutMs` (the whole). Nothing was sent to the cloud, or not the whole request.',
    action: 'Look for a slow network; many of them at a time are a sign of an attack.',
    isLimit: true,
  },
  'http-version': {
    meaning: 'The request is not HTTP/1.0 or HTTP/1.1. Nothing was sent to the cloud.',
    action: 'Let the caller, or the proxy in front, speak HTTP/1.1.',
  },
  expectation: {
    meaning: 'The request has an Expect other than 100-continue. Nothing was sent to the cloud.',
    action: 'None; the caller must leave the header field out.',
  },
  'transfer-coding': {
    meaning: 'The request has a transfer coding other than chunked. Nothing was sent to the cloud.',
    action: 'Let the caller, or the proxy in front, send only chunked or Content-Length.',
  },
  http: {
    meaning: 'The HTTP layer refused the request, such as an undecodable path. Nothing was sent to the cloud.',
    action: 'None; the caller must correct its request.',
  },
  'body-too-large': {
    meaning: 'The body exceeds `request.maxBytes` or `request.maxParts`. Nothing was sent to the cloud.',
    action: 'Raise that setting if callers may send more; check `request.maxTotalBytes` with it.',
    isLimit: true,
  },
  'quota-user-data': {
    meaning: 'The user_data, or personality carried as it, is larger than the cloud accepts. Nothing was changed.',
    action: 'Set `userData.ecsMaxBytes` or `userData.novaMaxCharacters` to the limit of the cloud, or send less.',
    isLimit: true,
  },
  'present-user-data': {
    meaning: "The server's user data is broken gzip: no files can be joined to it. It was read; nothing was changed.",
    action: "Repair the server's user data at the cloud, or rebuild without personality.",
  },
  'gateway-busy': {
    meaning:
      'A limit of the gateway was reached: requests at a time, requests of one connection, or bytes of request bodies. Nothing was sent to the cloud.',
    action:
      'Look for a slow cloud first; then raise `exchanges.max`, `exchanges.maxWaiting`, `connections.maxPipelined` or `request.maxTotalBytes`, or add workers.',
    isLimit: true,
  },
  'project-share': {
    meaning:
      'The project, or the network of a caller whose token the cloud has not accepted yet, has its share of the requests at a time, and of those that wait. Nothing was sent to the cloud.',
    action:
      'None if others are to be served too; else raise `projects.maxShare` or `exchanges.max`. If many callers share one address, list their proxy in `trusted.proxies`.',
    isLimit: true,
  },
  'project-rate': {
    meaning: 'The project sent more than `projects.requestsPerMinute`. Nothing was sent to the cloud.',
    action: 'None; the caller should wait for Retry-After. Raise `projects.requestsPerMinute` if the cloud takes more.',
    isLimit: true,
  },
  'gateway-full': {
    meaning:
      "The answers that the gateway holds reached `upstream.answersMaxTotalBytes`, so that the cloud's answer was discarded. The cloud may have acted.",
    action: 'Raise `upstream.answersMaxTotalBytes` if there is memory, or let callers page through long lists.',
    isLimit: true,
  },
  'exchange-timeout': {
    meaning: 'The exchange took longer than `exchanges.timeoutMs` as a whole. The cloud may have acted.',
    action: 'Look for a caller or a cloud that is very slow; raise `exchanges.timeoutMs` for long downloads.',
    isLimit: true,
  },
  'caller-gone': {
    meaning: 'The caller closed the connection before it had its answer. The cloud may have acted.',
    action: "Compare the caller's timeout with the cloud's latency (`gateway_cloud_duration_seconds`).",
  },
  'cloud-refusal': {
    meaning: 'The cloud refused the request (401, 404, 409 ...); the caller has its status and message.',
    action: "None; the log line's requestId finds the request in the logs of the cloud.",
  },
  'cloud-error': {
    meaning: 'The cloud failed with a status from 500 on, which the caller has. The cloud may have acted.',
    action: "Check the cloud: the log line's requestId finds the request in its logs.",
  },
  'cloud-unreachable': {
    meaning: 'No connection to the cloud could be opened. Nothing was sent to the cloud.',
    action: "Check `upstream.url`, the network and TLS; the log line's cause has the system's error code.",
  },
  'cloud-timeout': {
    meaning: 'The cloud did not answer within `upstream.answerTimeoutMs`. The cloud may have acted.',
    action: 'Check the load of the cloud; raise `upstream.answerTimeoutMs` if its operations take longer.',
  },
  'cloud-gone': {
    meaning: 'The cloud closed the connection without an answer. The cloud may have acted.',
    action: 'Check the cloud, and the idle timeout of a balancer in front of it.',
  },
  'cloud-broke-off': {
    meaning: "The cloud's answer broke off or is no valid HTTP. The cloud may have acted.",
    action: 'Check the cloud, and proxies between it and the gateway.',
  },
  'cloud-nonsense': {
    meaning: 'The answer has a status or a document that the operation does not describe. The cloud may have acted.',
    action: 'Check that `upstream.url` and `upstream.profile` fit the cloud; else report the operation as a defect.',
  },
  'cloud-too-large': {
    meaning:
      "The cloud's answer is larger than `upstream.answerMaxBytes`, or translating it needs too much time or memory. The cloud may have acted.",
    action:
      "Raise `upstream.answerMaxBytes`, or let callers page through long lists. With node's `--permission`, allow threads (`--allow-worker`).",
    isLimit: true,
  },
  ...loginReasons,
  ...retirementReasons,
  loop: {
    meaning: 'The request came back to the gateway that had sent it. Nothing was sent to the cloud.',
    action: 'Set `upstream.url` to an address of the cloud itself.',
  },
  internal: {
    meaning: 'The gateway has a defect. The cloud may have acted.',
    action: 'Report the log line `internal error` with the same requestId.',
  },
} as const satisfies Record<string, Reason>;

/** The name of a reason of its own: neither that of a quota nor that of a failed read before a change. */
export type SingleReason = keyof typeof single;

/** The reasons for which reading a resource before its change can fail. */
const readFailures = [
  'cloud-unreachable',
  'cloud-timeout',
  'cloud-gone',
  'cloud-broke-off',
  'cloud-nonsense',
  'cloud-too-large',
  'gateway-full',
] as const satisfies readonly (keyof typeof single)[];

/** The reason of a fault: a short name that never contains data of a request or an answer. */
export type FaultReason = SingleReason | `quota-${QuotaName}` | `present-${(typeof readFailures)[number]}`;

/** Every reason. `quota-*` is derived from the quotas, `present-*` from the failures of a read. */
export const faultReasons: Readonly<Record<FaultReason, Reason>> = {
  ...single,
  ...(Object.fromEntries([
    ...quotaNames.map((name) => [`quota-${name}`, quotaReason(name)]),
    ...readFailures.map((failure) => [`present-${failure}`, presentReasonOf(failure)]),
    // The type of fromEntries() has no member names; these are all members of both families.
  ]) as Record<Exclude<FaultReason, keyof typeof single>, Reason>),
};

function quotaReason(name: QuotaName): Reason {
  return {
    meaning: `The request has more than \`${name}\` allows, a quota of legacy Nova. Nothing was sent to the cloud.`,
    action: `Raise \`${name}\` if the cloud accepts more.`,
    isLimit: true,
  };
}

function presentReasonOf(failure: (typeof readFailures)[number]): Reason {
  return {
    meaning: `The resource had to be read before it could be changed, and the read failed with ${failure}. Nothing was changed.`,
    action: single[failure].action,
  };
}

/** Return the reason for a failed read before a change: `present-` and the failure. Any other reason is unchanged. */
export function presentReason(reason: FaultReason): FaultReason {
  const failure = readFailures.find((candidate) => candidate === reason);
  return failure === undefined ? reason : `present-${failure}`;
}
