import type { Step } from './step.ts';

const version00 = /^00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const laterVersion = /^(?!ff|00)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/** The form of a request id that OpenStack's services accept from outside, as the global id of a request. */
const globalIdForm = /^req-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Forward the caller's X-OpenStack-Request-ID, which OpenStack's services log as the global id of a request; without one,
 * send the gateway's own id, so that a request that the cloud never answered is found in the cloud's log too.
 */
export function requestIds(): Step {
  return ({ request: { headers }, trace }) => {
    const given = headers['x-openstack-request-id'];
    if (given === undefined) {
      headers['x-openstack-request-id'] = trace.id;
      trace.globalRequestId = trace.id;
    } else if (globalIdForm.test(String(given))) trace.globalRequestId = String(given);
  };
}

/**
 * Forward `traceparent` and `tracestate` unchanged if `traceparent` is valid, and remove both if it is malformed or repeated,
 * as W3C Trace Context requires.
 */
export function traceContext(): Step {
  return ({ request: { headers }, trace }) => {
    const parent = headers['traceparent'];
    if (parent === undefined && headers['tracestate'] === undefined) return;
    const isValid = typeof parent === 'string' && (version00.test(parent) || laterVersion.test(parent));
    if (isValid) trace.traceId = parent.slice(3, 35);
    else {
      delete headers['traceparent'];
      delete headers['tracestate'];
    }
  };
}
