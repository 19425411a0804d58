import { faultReasons, type FaultReason, type SingleReason } from '../fault-reasons.ts';

/**
 * The origin of a fault, by which operators decide whether to act. caller: the request was wrong or unwelcome, and the gateway
 * and the cloud work. limit: a limit of the gateway was reached. cloud: the cloud failed. gateway: a defect.
 */
export type FaultFamily = 'caller' | 'limit' | 'cloud' | 'gateway';

/** The families of reasons that are neither quotas nor failed reads before a change. */
const families: Readonly<Record<SingleReason, FaultFamily>> = {
  'invalid-member': 'caller',
  'malformed-body': 'caller',
  'media-type': 'caller',
  'no-action': 'caller',
  'unknown-action': 'caller',
  'unknown-path': 'caller',
  'unknown-region': 'caller',
  'undescribed-xml': 'caller',
  'retired-brownout': 'caller',
  'retired-rule': 'caller',
  strict: 'caller',
  target: 'caller',
  'http-version': 'caller',
  expectation: 'caller',
  'transfer-coding': 'caller',
  http: 'caller',
  host: 'caller',
  'malformed-http': 'caller',
  'header-too-large': 'caller',
  'request-timeout': 'caller',
  // One caller's message is too large, however idle the gateway is.
  'body-too-large': 'caller',
  'quota-user-data': 'caller',
  'present-user-data': 'caller',
  // One project asks for more than its share, however well the others are served.
  'project-rate': 'caller',
  'project-share': 'caller',
  'caller-gone': 'caller',
  'login-refused': 'caller',
  'identity-path': 'caller',
  // One address or user, however idle the gateway is.
  'login-rate': 'caller',
  'cloud-refusal': 'caller',
  'gateway-busy': 'limit',
  'gateway-full': 'limit',
  'exchange-timeout': 'limit',
  'cloud-too-large': 'limit',
  // The URL of the cloud leads back to the gateway.
  loop: 'cloud',
  'cloud-error': 'cloud',
  'cloud-unreachable': 'cloud',
  'cloud-timeout': 'cloud',
  'cloud-gone': 'cloud',
  'cloud-broke-off': 'cloud',
  'cloud-nonsense': 'cloud',
  // A setting is missing.
  'login-region': 'gateway',
  internal: 'gateway',
};

/** Return the family of a reason. A failed read has the family of its failure; a quota limits what a caller may ask for. */
export function familyOf(reason: FaultReason): FaultFamily {
  if (isSingle(reason)) return families[reason];
  const failure = reason.replace(/^present-/, '');
  return failure in families ? families[failure as SingleReason] : 'caller';
}

function isSingle(reason: FaultReason): reason is SingleReason {
  return Object.hasOwn(families, reason);
}

/** The level of the log line of an exchange that ended with a fault, by its family. */
export const levelOfFamily = {
  caller: 'info',
  limit: 'warn',
  cloud: 'warn',
  gateway: 'error',
} as const satisfies Record<FaultFamily, 'info' | 'warn' | 'error'>;

/** Return the label of a reason in `gateway_limits_hit_total`; undefined if the reason is not a limit. */
export function limitOf(reason: FaultReason): string | undefined {
  return faultReasons[reason].isLimit === true ? reason.replace(/^quota-/, '') : undefined;
}
