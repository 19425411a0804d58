import { Fault } from '../../fault.ts';

const mayHaveActed = 'It may have acted on the request.';

/** The faults for a request, translated or forwarded, without a usable answer: 503 if nothing was sent, else 504 or 502. */
export const noAnswer = {
  unreachable: (cause?: unknown) =>
    new Fault(503, 'The cloud cannot be reached. Nothing was sent to it.', { reason: 'cloud-unreachable', cause }),
  timeout: (cause?: unknown) =>
    new Fault(504, `The cloud did not answer in time. ${mayHaveActed}`, { reason: 'cloud-timeout', cause }),
  closed: (cause?: unknown) =>
    new Fault(504, `The cloud closed the connection without an answer. ${mayHaveActed}`, {
      reason: 'cloud-gone',
      cause,
    }),
  broken: (cause?: unknown) =>
    new Fault(502, `The cloud's answer broke off or cannot be read. ${mayHaveActed}`, {
      reason: 'cloud-broke-off',
      cause,
    }),
  tooMany: (cause?: unknown) =>
    new Fault(502, `The gateway holds too many answers to accept the cloud's. ${mayHaveActed}`, {
      reason: 'gateway-full',
      cause,
    }),
  tooLarge: () => new Fault(502, `The cloud's answer is too large. ${mayHaveActed}`, { reason: 'cloud-too-large' }),
};
