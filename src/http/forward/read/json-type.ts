import type { IncomingHttpHeaders } from 'node:http';

const jsonType = /^\s*application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/** Check that a body is JSON, the only form of the cloud's in which this API has links. */
export function isJson({ 'content-type': type = '' }: IncomingHttpHeaders): boolean {
  return jsonType.test(type);
}
