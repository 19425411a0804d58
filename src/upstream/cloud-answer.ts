import { parseExactly } from '../schema/exact-json.ts';
import { isFields, type Fields } from '../schema/fields.ts';

/** An answer of the cloud, whole; header names in lower case. */
export interface CloudAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** Whether the cloud did what it was asked. */
export function isSuccess({ status }: CloudAnswer): boolean {
  return status >= 200 && status < 300;
}

/** Whether the cloud says that the resource is elsewhere, and where. */
export function isRedirect({ status, headers }: CloudAnswer): boolean {
  return status >= 301 && status <= 308 && status !== 304 && typeof headers['location'] === 'string';
}

/** Whether the body is as it reads: nothing was asked for but identity. */
export function isPlain({ headers }: CloudAnswer): boolean {
  return ['identity', undefined].includes(headers['content-encoding']?.toString().toLowerCase());
}

/** The JSON object in the body; undefined where there is none. */
export function documentOf({ body }: Pick<CloudAnswer, 'body'>): Fields | undefined {
  try {
    const parsed = parseExactly(body.toString('utf8'));
    return isFields(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
