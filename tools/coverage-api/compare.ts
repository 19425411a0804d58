import { isDeepStrictEqual } from 'node:util';
import { Fault } from '../../src/fault.ts';
import { jsonReader } from '../../src/schema/read/read-json.ts';
import { xmlReader } from '../../src/schema/read/read-xml.ts';
import { xmlWriter } from '../../src/schema/write/write-xml.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { asRequest, eitherWayNames } from './as-request.ts';
import type { Described } from './described.ts';
import { fittingContent, lenient } from './fit.ts';
import { compareForms, type Difference } from './form.ts';
import { jsonForm } from './json-form.ts';
import type { SamplePair } from './pairs.ts';
import { plainContent, withoutNone } from './plain.ts';
import { bare, resolvedTree, type ResolvedElement } from './resolved-tree.ts';
import { sampleSpelling } from './spelling.ts';
import { xmlForm } from './xml-form.ts';

/** The differences found in one direction. */
export interface Way extends Difference {
  /** True if both sides are equal, including the order. */
  readonly isSame: boolean;
  /** The reason why nothing could be compared. */
  readonly refused?: string;
}

/** The comparison of a sample with a described message. */
export interface PairComparison {
  readonly outcome: 'both ways' | 'same form' | 'differs';
  /** The XML written from the JSON, compared with the XML. */
  readonly written: Way;
  /** The JSON read from the XML, compared with the JSON. */
  readonly read: Way;
}

/** Compare a sample with a message in both directions; undefined if the sample is another message. @throws for malformed XML */
export function comparePair(pair: SamplePair, described: Described): PairComparison | undefined {
  const { message } = described;
  const tree = resolvedTree(pair.xml, sampleSpelling);
  const content = fittingContent(message, pair.json);
  if (content === undefined || tree.name.slice(tree.name.indexOf('}') + 1) !== message.root) return undefined;
  const written = guarded(() => compareWritten(tree, content, described));
  const read = guarded(() => compareRead(pair.xml, content, described));
  return { outcome: outcomeOf([written, read]), written, read };
}

/** Score a comparison; the message with the lowest score fits a sample best. */
export function mismatchScore({ written, read }: PairComparison): number {
  return [written, read]
    .map((way) => (way.refused === undefined ? formDifferences(way) : 1000) + (way.isSame ? 0 : 0.01))
    .reduce((sum, each) => sum + each, 0);
}

/** List the differences of one direction as texts. */
export function differences({ missing, extra, otherKind, otherValues, refused, isSame }: Way): string[] {
  const found = [
    ...missing.map((label) => `missing ${label}`),
    ...extra.map((label) => `extra ${label}`),
    ...otherKind.map((label) => `other kind ${label}`),
    ...otherValues.map((label) => `other value ${label}`),
    ...(refused === undefined ? [] : [`refused ${refused}`]),
  ];
  return found.length === 0 && !isSame ? ['another order'] : found;
}

function outcomeOf(ways: readonly Way[]): PairComparison['outcome'] {
  if (ways.every(({ isSame }) => isSame)) return 'both ways';
  return ways.every((way) => way.refused === undefined && formDifferences(way) === 0) ? 'same form' : 'differs';
}

function formDifferences({ missing, extra, otherKind }: Way): number {
  return missing.length + extra.length + otherKind.length;
}

function compareWritten(expected: ResolvedElement, content: unknown, { message, isRequest }: Described): Way {
  const either = eitherWayNames(message.content);
  const seen = (tree: ResolvedElement): ResolvedElement => (isRequest ? asRequest(tree, either) : tree);
  const wanted = seen(expected);
  const actual = seen(resolvedTree(xmlWriter(message)(content).document, sampleSpelling));
  return {
    ...compareForms(xmlForm(wanted), xmlForm(actual)),
    isSame: isDeepStrictEqual(bare(wanted), bare(actual)),
  };
}

function compareRead(xml: string, content: unknown, { message, isRequest }: Described): Way {
  const { root, content: shape } = message;
  const found = xmlReader(shape)(withoutNone(parseXml(Buffer.from(xml))), root, lenient());
  // Readers normalize requests in JSON as well, so the expected value must be read like the actual one.
  const given = isRequest ? jsonReader(shape)(content, root, lenient()) : content;
  const [wanted, actual] = [plainContent(given, shape), plainContent(found, shape)];
  return {
    ...compareForms(jsonForm(root, wanted, shape), jsonForm(root, actual, shape)),
    isSame: isDeepStrictEqual(wanted, actual),
  };
}

/** Return the refusal of a description as a result; any other error is a bug of this tool. */
function guarded(make: () => Way): Way {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { missing: [], extra: [], otherKind: [], otherValues: [], isSame: false, refused: error.message };
  }
}
