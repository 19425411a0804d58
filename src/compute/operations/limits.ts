import { attribute, dict, element, inline, integer, list, record, string } from '../../schema/words.ts';
import { common } from '../namespaces.ts';
import type { Operation } from '../operation.ts';

const rate = record({
  regex: attribute(string()),
  uri: attribute(string()),
  limit: inline(
    list(
      record({
        'next-available': attribute(string()),
        unit: attribute(string()),
        verb: attribute(string()),
        remaining: attribute(integer()),
        value: attribute(integer()),
      }),
      { tag: 'limit' },
    ),
  ),
});

/** Show the quotas of the project and its rate limits. */
export const showLimits = {
  name: 'showLimits',
  method: 'GET',
  route: 'limits',
  answer: {
    root: 'limits',
    content: record({
      rate: element(list(rate, { tag: 'rate' }), { xml: 'rates', always: true }),
      absolute: element(dict(integer(), { tag: 'limit', key: 'name', valueIn: 'value' }), { always: true }),
    }),
    ...common,
  },
  status: 200,
} as const satisfies Operation;
