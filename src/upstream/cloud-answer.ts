import { parseExactly } from '../schema/exact-json.ts';
import { isFields, type Fields } from '../schema/fields.ts';

/** A complete answer of the cloud; header names are in lower case. */
export interface CloudAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Check that the status is 2xx. */
export function isSuccess({ status }: CloudAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Check that an answer is a redirect with a Location. */
export function isRedirect({ status, headers }: CloudAnswer): boolean {
  return status >= 301 && status <= 308 && status !== 304 && typeof headers['location'] === 'string';
}

/** Check that the body has no content encoding, such as gzip. The gateway does not ask for one, but a cloud may use one. */
export function isUnencoded({ headers }: CloudAnswer): boolean {
  return ['identity', undefined].includes(headers['content-encoding']?.toString().toLowerCase());
}

/** Parse the body as a JSON object, and keep the digits of its numbers; undefined for any other body. */
export function documentOf({ body }: Pick<CloudAnswer, 'body'>): Fields | undefined {
  try {
    const parsed = parseExactly(body.toString('utf8'));
    return isFields(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
