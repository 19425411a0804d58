const outcomes = ['accepted', 'refused', 'limited', 'invalid', 'failed'] as const;
/** The outcome of a login, for the metrics. */
type LoginOutcome = (typeof outcomes)[number];

/** The forms of a login; `unread` if the request could not be read. */
const loginForms = ['password', 'token', 'key', 'headers', 'unread'] as const;
/** A form of a login. */
export type CountedForm = (typeof loginForms)[number];

/** Find the outcome of a login by the status of its answer. A caller that disconnects counts as invalid. */
export function loginOutcome(status: number): LoginOutcome {
  if (status < 300) return 'accepted';
  if (status === 401 || status === 403) return 'refused';
  if (status === 429) return 'limited';
  return status < 500 ? 'invalid' : 'failed';
}

/** The series that exist from the start: each form with each outcome, without a media type. */
export const loginSeries = loginForms.flatMap((form) => outcomes.map((outcome) => [form, 'none', outcome]));
