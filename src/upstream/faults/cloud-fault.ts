import { fixedLimits } from '../../config/fixed-limits.ts';
import type { FaultReason } from '../../fault-reasons.ts';
import { Fault } from '../../fault.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { pageText } from './page-text.ts';
import { isUnencoded, type CloudAnswer } from '../cloud-answer.ts';
import { validRetryAfter } from './retry-after.ts';
import { redactMessage } from './redact-message.ts';

/**
 * The longest page that is searched for a message, in characters. The lenient parser takes up to 3 us for a character of a
 * page that is full of tags.
 */
const longestPage = 16_384;

/** The readers of the forms of a fault in JSON, the most informative form first. Each returns undefined for another form. */
const readers: readonly ((body: Fields) => string | undefined)[] = [
  // Keystone and ECS: { error: { message, code } }
  ({ error }) => (isFields(error) ? withCode(text(error['message']), error['code']) : undefined),
  // The API gateway in front of ECS: { error_msg, error_code }
  ({ error_msg: message, error_code: code }) => withCode(text(message), code),
  // WebOb in Nova's middleware: HTML in a JSON string. Its code repeats the status.
  ({ message, title }) => (text(title) === undefined ? undefined : messageText(message) || text(title)),
  // Nova: { itemNotFound: { message, code } }
  (body) =>
    Object.values(body)
      .filter(isFields)
      .map(({ message }) => text(message))
      .find((message) => message !== undefined),
  // Other services of a cloud, and proxies in front of it.
  ({ message, code }) => withCode(text(message), code),
  ({ errors }) =>
    Array.isArray(errors)
      ? errors.filter(isFields).map(({ detail, message }) => text(detail) ?? text(message))[0]
      : undefined,
  ({ error, error_description: description }) => text(description) ?? text(error),
];

/** Extract the text of a message that may contain HTML; undefined for a value that is not a string, or is too long. */
function messageText(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= longestPage ? pageText(value) : undefined;
}

/**
 * Convert a fault of the cloud to a legacy fault with the status that {@link statusFor} chooses, the message of any known
 * form, and the fields Retry-After and WWW-Authenticate.
 * @param secrets texts of the request that the message must not quote
 * @param isModern true for a caller who asked for a microversion
 */
export function cloudFault(answer: CloudAnswer, secrets: readonly string[], isModern = false): Fault {
  const message = redactMessage(isUnencoded(answer) ? messageOf(answer) : '', secrets);
  const retryAfter = validRetryAfter(answer.headers['retry-after']);
  const challenge = answer.headers['www-authenticate'];
  return new Fault(statusFor(answer.status, isModern), message === '' ? undefined : message, {
    reason: cloudReasonOf(answer.status),
    retryAfter,
    ...(challenge !== undefined && { headers: { 'WWW-Authenticate': challenge } }),
  });
}

/**
 * Check that a fault of the cloud already has the status and form of the caller's fault in JSON.
 * @param isModern true for a caller who asked for a microversion
 */
export function isLegacyFault({ status, headers, body }: CloudAnswer, isModern = false): boolean {
  const isRead = isUnencoded({ status, headers, body }) && body.length <= fixedLimits.faultBytes;
  const parsed = isRead ? parse(body.toString('utf8')) : undefined;
  const [entry, ...others] = isFields(parsed) ? Object.entries(parsed) : [];
  if (entry === undefined || others.length > 0 || statusFor(status, isModern) !== status) return false;
  const [name, content] = entry;
  if (name !== new Fault(status, undefined, { reason: cloudReasonOf(status) }).title || !isFields(content))
    return false;
  return content['code'] === status && typeof content['message'] === 'string';
}

/**
 * Choose the reason of a fault of the cloud by its status, so that operators can tell its failures from the refusals that
 * callers deserve. With 501 clouds refuse what they do not have.
 */
export function cloudReasonOf(status: number): FaultReason {
  return status >= 500 && status !== 501 ? 'cloud-error' : 'cloud-refusal';
}

/** The statuses that change: 410, modern Nova's for removed calls (those of nova-network), to 501, legacy Nova's for missing ones. */
const renamed: ReadonlyMap<number, number> = new Map([[410, 501]]);

function messageOf({ status, body }: CloudAnswer): string {
  if (body.length > fixedLimits.faultBytes) return '';
  const content = body.toString('utf8');
  const parsed = parse(content);
  if (parsed === undefined) return isPage(content) ? pageText(content.replace(statusLine, ''), status) : '';
  if (!isFields(parsed)) return '';
  for (const read of readers) {
    const message = read(parsed);
    if (message !== undefined) return message;
  }
  return '';
}

/** The status line at the start of WebOb's plain texts. */
const statusLine = /^\d{3} [A-Z][A-Za-z' -]*\r?\n\s*\n/;

/** Check that a body may be a page of text or HTML. Broken JSON is refused, because it may quote the request. */
function isPage(content: string): boolean {
  return content.length <= longestPage && !/^\s*[{["]/.test(content);
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}

/** Append the code of a fault, such as Ecs.0100, which ECS documents. Codes of other clouds are numbers that repeat the status. */
function withCode(message: string | undefined, code: unknown): string | undefined {
  return typeof code === 'string' && message !== undefined ? `${message} (${code})` : message;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/**
 * Convert a status of the cloud to legacy Nova's.
 * @param isModern true for a caller who asked for a microversion: modern clients expect the cloud's own status
 */
export function statusFor(status: number, isModern = false): number {
  return isModern ? status : (renamed.get(status) ?? status);
}
