import { isFields } from '../../schema/fields.ts';
import { isUnencoded, type CloudAnswer } from '../cloud-answer.ts';

/** The longest body that may say nothing, in bytes. */
const longest = 1024;

/** The members by which clouds acknowledge any request: ECS names its job so, its gateway the request. */
const always: ReadonlySet<string> = new Set(['job_id', 'request_id']);

/** The text that WebOb, Nova's library, writes with a success without a body of its own, in plain text or HTML. */
const webob = /^(?:\s*<html>\s*<head>\s*<title>)?(\d{3}) [A-Z][A-Za-z -]*(?:<\/title>.*|\r?\n\s*\n.*)?$/s;

/**
 * Check that the body of a success says nothing: it is empty, or acknowledges the request. A page for signing in does not.
 * @param ignored the members of a document that the operation may answer although legacy Nova answered none
 */
export function isAcknowledgement(answer: CloudAnswer, ignored: readonly string[] = []): boolean {
  if (answer.body.length > longest || !isUnencoded(answer)) return answer.body.length === 0;
  const text = answer.body.toString('utf8').trim();
  if (text === '' || webob.exec(text)?.[1] === String(answer.status)) return true;
  try {
    const value: unknown = JSON.parse(text);
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return true;
    return isFields(value) && Object.keys(value).every((key) => always.has(key) || ignored.includes(key));
  } catch {
    return false;
  }
}
