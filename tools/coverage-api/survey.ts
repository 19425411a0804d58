import type { Operation } from '../../src/compute/operation.ts';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import { comparePair, wrongness, type PairComparison } from './compare.ts';
import { describedMessages, type Described } from './described.ts';
import { readSamples, type SamplePair, type Samples } from './pairs.ts';
import { UnreadableXml } from './resolved-tree.ts';

/** A pair and the message that it is. */
export interface Match extends PairComparison {
  readonly pair: string;
  /** All operations that have this message. */
  readonly operations: readonly string[];
  readonly as: 'request' | 'answer';
}

/** All that was found in a folder. */
export interface Survey {
  readonly folder: string;
  readonly files: number;
  readonly pairs: number;
  readonly messages: number;
  readonly operations: readonly string[];
  readonly matches: readonly Match[];
  /** Pairs that are no operation's. */
  readonly strangers: readonly string[];
  /** Pairs whose XML cannot be read. */
  readonly unreadable: readonly string[];
  /** Files that are no pair. */
  readonly others: readonly string[];
}

/** Compares every pair below a folder with the messages of operations. @throws for a folder that cannot be read */
export function survey(folder: string, operations: readonly Operation[]): Survey {
  const { files, pairs, others }: Samples = readSamples(folder);
  const described = describedMessages(operations);
  const matches: Match[] = [];
  const strangers: string[] = [];
  const unreadable: string[] = [];
  for (const pair of pairs) {
    const found = tryMatch(pair, described);
    if (found === 'unreadable') unreadable.push(pair.name);
    else if (found.length === 0) strangers.push(pair.name);
    else matches.push(...found);
  }
  return {
    folder,
    files,
    pairs: pairs.length,
    messages: described.length,
    operations: operations.map(({ name }) => name),
    matches,
    strangers,
    unreadable,
    others,
  };
}

function tryMatch(pair: SamplePair, described: readonly Described[]): Match[] | 'unreadable' {
  try {
    return matchesOf(pair, described);
  } catch (error) {
    if (error instanceof UnreadableXml || error instanceof MalformedXml) return 'unreadable';
    throw error;
  }
}

/** The messages that a pair fits best, most often one. @throws for XML that is not well-formed */
export function matchesOf(pair: SamplePair, described: readonly Described[]): Match[] {
  const fitting = described.flatMap((each) => {
    const comparison = comparePair(pair, each);
    return comparison === undefined ? [] : [{ each, comparison, wrong: wrongness(comparison) }];
  });
  const least = Math.min(...fitting.map(({ wrong }) => wrong));
  return fitting
    .filter(({ wrong }) => wrong === least)
    .map(({ each: { operations, isRequest }, comparison }) => ({
      pair: pair.name,
      operations,
      as: isRequest ? 'request' : 'answer',
      ...comparison,
    }));
}
