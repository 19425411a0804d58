import type { Step } from './step.ts';

const version00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const later = /^(?!ff|00)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/**
 * Passes a trace's context on by the rules of W3C Trace Context: as it came where it can be read; with its `tracestate`
 * not at all where it cannot, or came twice.
 */
export function traceContext(): Step {
  return ({ headers }) => {
    const parent = headers['traceparent'];
    if (parent === undefined && headers['tracestate'] === undefined) return;
    const isReadable = typeof parent === 'string' && (version00.test(parent) || later.test(parent));
    if (!isReadable) {
      delete headers['traceparent'];
      delete headers['tracestate'];
    }
  };
}
