import { Fault } from '../../fault.ts';
import { isFields, type Fields } from '../../schema/fields.ts';
import { pageText } from './page-text.ts';
import { isPlain, type CloudAnswer } from '../cloud-answer.ts';
import { redactMessage } from './redact-message.ts';

/** The longest page whose words are looked for, in characters. */
const longestPage = 65_536;

/** The shapes of a fault's JSON, the more telling first: each gives the message, or undefined if the shape is another. */
const shapes: readonly ((body: Fields) => string | undefined)[] = [
  // Keystone and ECS.
  ({ error }) => (isFields(error) ? withCode(text(error['message']), error['code']) : undefined),
  // The API gateway in front of ECS.
  ({ error_msg: message, error_code: code }) => withCode(text(message), code),
  // webob in Nova's middleware: HTML in a JSON string, the status in its code.
  ({ message, title }) => (text(title) === undefined ? undefined : words(message) || text(title)),
  // Nova: a member named as the fault.
  (body) =>
    Object.values(body)
      .filter(isFields)
      .map(({ message }) => text(message))
      .find((message) => message !== undefined),
  // Other services of a cloud, and what stands in front of it.
  ({ message, code }) => withCode(text(message), code),
  ({ errors }) =>
    Array.isArray(errors)
      ? errors.filter(isFields).map(({ detail, message }) => text(detail) ?? text(message))[0]
      : undefined,
  ({ error, error_description: description }) => text(description) ?? text(error),
];

/** A text that may have tags in it. */
function words(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= longestPage ? pageText(value) : undefined;
}

/**
 * The cloud's fault as a legacy fault: the same status, the message in whatever shape it came, without what it quotes of
 * the request. `Retry-After` and `WWW-Authenticate` are kept.
 */
export function cloudFault(answer: CloudAnswer, secrets: readonly string[]): Fault {
  const message = redactMessage(isPlain(answer) ? messageOf(answer.body) : '', secrets);
  const retryAfter = single(answer.headers['retry-after']);
  const challenge = answer.headers['www-authenticate'];
  return new Fault(renamed.get(answer.status) ?? answer.status, message === '' ? undefined : message, {
    reason: 'cloud-fault',
    retryAfter,
    ...(challenge !== undefined && { headers: { 'WWW-Authenticate': challenge } }),
  });
}

/** Whether a cloud's fault is a legacy fault in JSON as it is. */
export function isLegacyFault({ status, headers, body }: CloudAnswer): boolean {
  const parsed = isPlain({ status, headers, body }) ? parse(body.toString('utf8')) : undefined;
  const [entry, ...others] = isFields(parsed) ? Object.entries(parsed) : [];
  if (entry === undefined || others.length > 0 || renamed.has(status)) return false;
  const [name, content] = entry;
  if (name !== new Fault(status, undefined, { reason: 'cloud-fault' }).title || !isFields(content)) return false;
  return content['code'] === status && typeof content['message'] === 'string';
}

/** What a cloud says of calls that it no longer has (nova-network's), as legacy Nova said it of those that it had not. */
const renamed: ReadonlyMap<number, number> = new Map([[410, 501]]);

function messageOf(body: Buffer): string {
  const content = body.toString('utf8');
  const parsed = parse(content);
  if (parsed === undefined) return isPage(content) ? pageText(content.replace(statusLine, '')) : '';
  if (!isFields(parsed)) return '';
  for (const read of shapes) {
    const message = read(parsed);
    if (message !== undefined) return message;
  }
  return '';
}

/** With which webob begins its plain texts. */
const statusLine = /^\d{3} [A-Z][A-Za-z' -]*\r?\n\s*\n/;

/** What looks like JSON and is none has no words: it may be a part of the request. */
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

/** ECS faults are known by their code, such as Ecs.0100; other clouds' codes only repeat the status. */
function withCode(message: string | undefined, code: unknown): string | undefined {
  return typeof code === 'string' && message !== undefined ? `${message} (${code})` : message;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function single(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The legacy status of a cloud's. */
export function statusFor(status: number): number {
  return renamed.get(status) ?? status;
}
