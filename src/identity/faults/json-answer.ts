import { isFields, type Fields } from '../../schema/fields.ts';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';

/**
 * Parse the body of an identity service as a JSON object; undefined for any other body. Nothing of it that is passed on is a
 * number, so that the digits of numbers need not be kept, which takes six times as long.
 */
export function jsonAnswer({ body }: Pick<CloudAnswer, 'body'>): Fields | undefined {
  try {
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return isFields(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
