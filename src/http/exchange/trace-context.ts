import type { Step } from './step.ts';

const version00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const laterVersion = /^(?!ff|00)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/**
 * Forward `traceparent` and `tracestate` unchanged if `traceparent` is valid, and remove both if it is malformed or repeated,
 * as W3C Trace Context requires.
 */
export function traceContext(): Step {
  return ({ request: { headers } }) => {
    const parent = headers['traceparent'];
    if (parent === undefined && headers['tracestate'] === undefined) return;
    const isValid = typeof parent === 'string' && (version00.test(parent) || laterVersion.test(parent));
    if (!isValid) {
      delete headers['traceparent'];
      delete headers['tracestate'];
    }
  };
}
