import { call, type TestAnswer } from '../support/http.ts';
import type { IdentityStep } from './identity-steps.ts';

/** A step with its answer. */
export interface IdentityExchange {
  readonly step: IdentityStep;
  readonly answer: TestAnswer;
}

/** Run steps at an identity service, whose accounts are in `names`, and return the exchanges in order. */
export async function runIdentitySession(
  url: string,
  steps: readonly IdentityStep[],
  given: Readonly<Record<string, string>>,
): Promise<readonly IdentityExchange[]> {
  const names = new Map(Object.entries({ ...given, dead: 'dead', nope: 'nope', empty: '' }));
  const filled = (text: string): string => text.replaceAll(/\{([a-z]+)\}/g, (whole, name) => names.get(name) ?? whole);
  const exchanges: IdentityExchange[] = [];
  for (const step of steps) {
    const { method, path, body, type = 'application/json', as, subject, keeps } = step;
    const text = body === undefined ? undefined : filled(typeof body === 'string' ? body : JSON.stringify(body));
    const answer = await call(url, {
      method,
      path: filled(path),
      headers: {
        ...(text !== undefined && { 'Content-Type': type, 'Content-Length': String(Buffer.byteLength(text)) }),
        ...(as !== undefined && { 'X-Auth-Token': names.get(as) ?? '' }),
        ...(subject !== undefined && { 'X-Subject-Token': names.get(subject) ?? '' }),
      },
      ...(text !== undefined && { body: text }),
    });
    exchanges.push({ step, answer });
    if (keeps !== undefined) names.set(keeps, answer.headers['x-subject-token'] ?? '');
  }
  return exchanges;
}

/** The header fields that an identity service sets itself. */
const compared = ['content-type', 'allow', 'location', 'vary', 'www-authenticate', 'x-subject-token'];

/** Describe an answer by its status, header fields and body, with ids, dates, tokens and addresses replaced. */
export function identityLooks({ answer }: IdentityExchange, secret: string): readonly string[] {
  const { status, headers, body } = answer;
  const fields = compared.flatMap((name) => (headers[name] === undefined ? [] : [`${name}: ${headers[name]}`]));
  const text = masked(body.replaceAll(secret, 'SECRET'));
  const isDocument = status < 400 && headers['content-type'] === 'application/json' && body !== '';
  return [
    String(status),
    ...fields.map((field) => masked(field.startsWith('allow: ') ? sortedList(field) : field)),
    ...(isDocument ? [spellingOf(body), JSON.stringify(summary(JSON.parse(text)))] : [text]),
  ];
}

function masked(text: string): string {
  return text
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'ORIGIN')
    .replaceAll(/gAAAAA[\w-]+/g, (token) => `TOKEN of ${token.length}`)
    .replaceAll(/"name": "(?:other|unassigned)"/g, '"name": "STRANGER"')
    .replaceAll(/"[\w-]{22}"/g, '"AUDIT"')
    .replaceAll(/\b[0-9a-f]{32}\b/g, 'ID')
    .replaceAll(/20[2-9]\d-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z/g, 'DATE');
}

function sortedList(field: string): string {
  return field.replace('allow: ', '').split(', ').toSorted().join(', ');
}

/** Describe how JSON is spelled: with spaces or without, and with a line feed at the end or without. */
function spellingOf(body: string): string {
  const hasSpaces = /": /.test(body) && !/":\S/.test(body);
  return `${hasSpaces ? 'spaces' : 'no spaces'}${body.endsWith('\n') ? ', line feed' : ''}`;
}

/** Reduce lists to their different items, and what the owner of a cloud chooses to its type. */
function summary(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) {
    return [...new Set(value.map((item) => JSON.stringify(summary(item, `${path}[]`))))].toSorted();
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, summary(inner, `${path}.${name}`)]));
  }
  return chosen.test(path) ? typeof value : value;
}

/** The members of services, projects and the other user that the owner of a cloud chooses. */
const chosen = /catalog\[\]\.(?:name|type|endpoints\[\]\.url)$|^\.projects\[\]\.(?:name|description|enabled)$/;
