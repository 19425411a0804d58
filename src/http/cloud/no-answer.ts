import { Fault } from '../../fault.ts';

const consequence = 'It may have acted on the request.';

/** The faults for a request, translated or forwarded, without a usable answer: 503 if nothing was sent, else 504 or 502. */
export const noAnswer = {
  unreachable: (cause?: unknown) =>
    new Fault(503, 'The cloud cannot be reached. Nothing was sent to it.', { reason: 'cloud-unreachable', cause }),
  timeout: (cause?: unknown) =>
    new Fault(504, 'The cloud did not answer in time.', { reason: 'cloud-timeout', cause, consequence }),
  closed: (cause?: unknown) =>
    new Fault(504, 'The cloud closed the connection without an answer.', { reason: 'cloud-gone', cause, consequence }),
  broken: (cause?: unknown) =>
    new Fault(502, "The cloud's answer broke off or cannot be read.", {
      reason: 'cloud-broke-off',
      cause,
      consequence,
    }),
  tooMany: (cause?: unknown) =>
    new Fault(502, "The gateway holds too many answers to accept the cloud's.", {
      reason: 'gateway-full',
      cause,
      consequence,
    }),
  tooLarge: () => new Fault(502, "The cloud's answer is too large.", { reason: 'cloud-too-large', consequence }),
};
