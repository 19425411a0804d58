import { parseArgs } from 'node:util';

/** The options of `npm run bench`. */
export interface Options {
  /** Selects comparisons and figures by name. */
  readonly only: RegExp;
  /** Whole seconds of one run of the load generator. */
  readonly seconds: number;
  /** The number of repetitions. */
  readonly repeats: number;
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  /** Write the result to docs/. */
  readonly isPublished: boolean;
  /** The path of a result to compare with. */
  readonly against: string | undefined;
}

/** The usage line of `npm run bench`. */
export const usage =
  'Usage: npm run bench -- [--only PATTERN] [--seconds S] [--repeats N] [--connections 1,16,64] [--quick] [--publish] [--against FILE]';

const positiveInteger = /^[1-9]\d*$/;

/** Parse command-line options; undefined if they are invalid. */
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
    if (![seconds, repeats, ...connections].every((text) => positiveInteger.test(text))) return undefined;
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
