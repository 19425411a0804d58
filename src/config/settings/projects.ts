import { wholeNumber, type SettingGroup } from './forms.ts';

/** The limits of one project, so that none can keep the gateway from the others. */
export const projectSettings = {
  title: 'Limits of a project',
  settings: {
    projects: {
      maxShare: wholeNumber({
        default: 75,
        least: 1,
        most: 100,
        unit: 'percent',
        help: 'Largest part of the requests at a time (exchanges.max, or upstream.connections if that is less), and of exchanges.maxWaiting, that one project may hold, rounded up; it may forward as many as this part of exchanges.max. Requests beyond it wait, and get 413 (v1.1, v2) or 429 with Retry-After if that takes longer than exchanges.waitMs, or if its part of the queue is full. A caller whose token the cloud has not accepted yet counts for its address; all of these together leave half of what one project leaves.',
        example: '50',
      }),
      requestsPerMinute: wholeNumber({
        default: 0,
        least: 0,
        most: 10_000_000,
        unit: 'requests',
        help: 'Requests that one project may send in a minute, per worker; a caller whose token the cloud has not accepted yet counts for its address. Beyond it the caller gets 413 (v1.1, v2) or 429 with Retry-After. 0: no limit.',
        example: '6000',
      }),
    },
  },
} as const satisfies SettingGroup;
