import type { Operation } from '../../src/compute/operation.ts';
import { MalformedXml } from '../../src/xml/malformed-xml.ts';
import { comparePair, mismatchScore, type PairComparison } from './compare.ts';
import { describedMessages, type Described } from './described.ts';
import { readSamples, type SamplePair, type Samples } from './pairs.ts';
import { UnreadableXml } from './resolved-tree.ts';

/** A sample and the message that it fits. */
export interface Match extends PairComparison {
  readonly pair: string;
  /** All operations with this message. */
  readonly operations: readonly string[];
  readonly as: 'request' | 'answer';
}

/** The result for a folder of samples. */
export interface Survey {
  readonly folder: string;
  readonly files: number;
  readonly pairs: number;
  readonly messages: number;
  readonly operations: readonly string[];
  readonly matches: readonly Match[];
  /** Samples that fit no operation. */
  readonly unmatched: readonly string[];
  /** Samples whose XML cannot be read. */
  readonly unreadable: readonly string[];
  /** Files that are no sample. */
  readonly others: readonly string[];
}

/** Compare all samples below a folder with the messages of operations. @throws if the folder cannot be read */
export function survey(folder: string, operations: readonly Operation[]): Survey {
  const { files, pairs, others }: Samples = readSamples(folder);
  const described = describedMessages(operations);
  const matches: Match[] = [];
  const unmatched: string[] = [];
  const unreadable: string[] = [];
  for (const pair of pairs) {
    const found = tryMatch(pair, described);
    if (found === 'unreadable') unreadable.push(pair.name);
    else if (found.length === 0) unmatched.push(pair.name);
    else matches.push(...found);
  }
  return {
    folder,
    files,
    pairs: pairs.length,
    messages: described.length,
    operations: operations.map(({ name }) => name),
    matches,
    unmatched,
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

/** Find the messages that a sample fits best, usually one. @throws for malformed XML */
export function matchesOf(pair: SamplePair, described: readonly Described[]): Match[] {
  const fitting = described.flatMap((each) => {
    const comparison = comparePair(pair, each);
    return comparison === undefined ? [] : [{ each, comparison, wrong: mismatchScore(comparison) }];
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
