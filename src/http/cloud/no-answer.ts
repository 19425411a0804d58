import { Fault } from '../../fault.ts';

const mayHaveActed = 'It may have acted on the request.';

/** The faults for a request without a usable answer, on either road: 503 where nothing was sent, else 504 or 502. */
export const noAnswer = {
  unreachable: (cause?: unknown) =>
    new Fault(503, 'The cloud cannot be reached. Nothing was sent to it.', { reason: 'cloud-unreachable', cause }),
  silent: (cause?: unknown) =>
    new Fault(504, `The cloud did not answer in time. ${mayHaveActed}`, { reason: 'cloud-timeout', cause }),
  gone: (cause?: unknown) =>
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
    new Fault(502, `The gateway holds too many answers to take the cloud's. ${mayHaveActed}`, {
      reason: 'gateway-full',
      cause,
    }),
  tooLarge: () => new Fault(502, `The cloud's answer is too large. ${mayHaveActed}`, { reason: 'cloud-too-large' }),
};
