import { parseArgs } from 'node:util';

/** What is measured, and how long. */
export interface Options {
  /** Which comparisons and figures, by name. */
  readonly only: RegExp;
  /** Whole seconds of one run of the load generator. */
  readonly seconds: number;
  /** How often everything is measured, in turn. */
  readonly repeats: number;
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  /** Whether the result goes into docs/ and the README. */
  readonly isPublished: boolean;
  /** A result to compare with; undefined for none. */
  readonly against: string | undefined;
}

/** How `npm run bench` is called. */
export const usage =
  'Usage: npm run bench -- [--only PATTERN] [--seconds S] [--repeats N] [--connections 1,16,64] [--quick] [--publish] [--against FILE]';

const whole = /^[1-9]\d*$/;

/** The options of a call; undefined where it makes no sense. */
export function parseOptions(args: readonly string[]): Options | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', default: '' },
        seconds: { type: 'string' },
        repeats: { type: 'string' },
        connections: { type: 'string' },
        quick: { type: 'boolean', default: false },
        publish: { type: 'boolean', default: false },
        against: { type: 'string' },
      },
    });
    const short = values.quick;
    const { seconds = short ? '1' : '2', repeats = short ? '1' : '5' } = values;
    const connections = (values.connections ?? (short ? '16' : '1,16,64')).split(',');
    if (![seconds, repeats, ...connections].every((text) => whole.test(text))) return undefined;
    return {
      only: new RegExp(values.only, 'i'),
      seconds: Number(seconds),
      repeats: Number(repeats),
      warmUpSeconds: short ? 1 : 2,
      connections: connections.map(Number),
      isPublished: values.publish,
      against: values.against,
    };
  } catch {
    return undefined;
  }
}
