import { isLinkList } from '../link-members.ts';
import { hasMembersBeside } from '../../json-document.ts';
import { perMessage } from '../../per-message.ts';
import {
  isScalar,
  type DictShape,
  type ListShape,
  type Member,
  type RecordShape,
  type Scalar,
  type Shape,
} from '../../shapes.ts';
import { prefixOf } from '../../write/print-scalars.ts';
import { contentOfMember, itemPrinter, valuePrinter } from '../../write/print-xml.ts';
import { Part } from '../byte-output.ts';
import { KeyTable } from '../key-table.ts';
import type {
  AttributeStart,
  AttributeStep,
  ContentStep,
  DictStep,
  ListStep,
  Program,
  RecordStep,
  ScalarStep,
  Tags,
  ValueStep,
} from './program.ts';

/** The prefixes that have a bit each. */
const mostPrefixes = 30;

/** The place of a shape in its message. */
interface Place {
  readonly prefixes: string[];
  /** The JSON key of the value; '' for an item. */
  readonly key: string;
  /** True for a list of links and its items, which are links. */
  readonly isLinks: boolean;
  /** True if links inside of the value are converted: everywhere but inside of a list of links. */
  readonly relinks: boolean;
}

/**
 * Compile the program of a message; undefined for one whose root is not a record, a list or a map of plain values, or has members
 * beside it: these are parsed.
 */
export const programOf = perMessage((message): Program | undefined => {
  const { content, isRootless } = message;
  const prefixes: string[] = [];
  if (isRootless === true || hasMembersBeside(message)) return undefined;
  const root = valueStep(content, message.root, { prefixes, key: '', isLinks: false, relinks: true });
  const isKnown = root?.kind === 'record' || root?.kind === 'list' || root?.kind === 'dict';
  return isKnown && prefixes.length <= mostPrefixes ? { root, prefixes, starts: new Map() } : undefined;
});

/** Compile a shape; undefined for one that has no steps. @param name the name for notes */
function valueStep(shape: Shape, name: string, place: Place): ValueStep | undefined {
  if (isScalar(shape)) return scalarStep(shape, name, place);
  if (shape.kind === 'record') return recordStep(shape, place);
  if (shape.kind === 'list') return listStep(shape, place);
  return shape.kind === 'dict' ? dictStep(shape, place) : undefined;
}

function scalarStep(shape: Scalar, name: string, { key, relinks }: Place): ScalarStep {
  const isTruth = shape.kind === 'boolean' && shape.asTruth === true;
  const isVerbatim = shape.kind !== 'datetime' && !isTruth;
  const isTime = shape.kind === 'datetime' && shape.withOffset !== true;
  return { kind: 'scalar', shape, name, key, isVerbatim, isTime, keepsNumbers: !isTruth, relinks };
}

function recordStep(shape: RecordShape, place: Place): RecordStep | undefined {
  const members = Object.entries(shape.members);
  const keys = new KeyTable(members.map(([key]) => key));
  // A link without a relation that is described could not be told from one to another service.
  if (place.isLinks && keys.indexOf('rel') === -1) return undefined;
  const attributes = members.flatMap(([key, member]) =>
    member.place === 'attribute' ? [attributeStep(key, member, keys, place)] : [],
  );
  const contents = members.flatMap(([key, member]) => contentStep(key, member, keys, place) ?? []);
  return { kind: 'record', keys, rows: new Int32Array(members.length), attributes, contents };
}

function attributeStep(
  key: string,
  { xml = key, shape, xmlBeside }: Extract<Member, { place: 'attribute' }>,
  keys: KeyTable,
  place: Place,
): AttributeStep {
  const own = { ...place, key, isLinks: false };
  const name = attributeName(xml, place);
  const beside = xmlBeside && {
    indexes: xmlBeside.members.map((member) => keys.indexOf(member)),
    name: attributeName(xmlBeside.xml, place),
    scalar: scalarStep(shape, xmlBeside.xml, own),
  };
  const isLink = place.isLinks && key === 'href';
  const scalar = scalarStep(shape, xml, own);
  return {
    ...name,
    index: keys.indexOf(key),
    scalar,
    isCopied: scalar.isVerbatim && beside === undefined && !isLink,
    relation: isLink ? keys.indexOf('rel') : -1,
    beside,
  };
}

function attributeName(name: string, { prefixes }: Place): AttributeStart {
  return { start: new Part(` ${name}="`), prefix: prefixBit(name, prefixes) };
}

function contentStep(key: string, member: Member, keys: KeyTable, place: Place): ContentStep | undefined {
  const print = contentOfMember(key, member);
  if (print === undefined) return undefined;
  const { xml = key, shape } = member;
  const isLinks = isLinkList(key) && place.relinks;
  const compiled = valueStep(shape, xml, { ...place, key, isLinks, relinks: place.relinks && !isLinks });
  // Only a list of links is one.
  const hasSteps = !isLinks || compiled?.kind === 'list';
  return {
    index: keys.indexOf(key),
    key,
    tags: member.place === 'element' ? tagsOf(xml, place) : undefined,
    isAlways: member.always === true,
    value: hasSteps && !('emptyStandsFor' in member && isScalar(shape)) ? compiled : undefined,
    print,
    relinks: place.relinks,
  };
}

function listStep(shape: ListShape, place: Place): ListStep {
  return {
    kind: 'list',
    tags: tagsOf(shape.tag, place),
    item: shape.wrapped === undefined ? itemStep(shape, place) : undefined,
    print: itemPrinter(shape),
    relinks: place.relinks,
  };
}

/** Compile an item. Only a record is a link. */
function itemStep({ item, tag }: ListShape, place: Place): ValueStep | undefined {
  return valueStep(item, tag, { ...place, key: '', isLinks: place.isLinks && item.kind === 'record' });
}

/** Compile a map of scalars, or of lists of records. */
function dictStep(shape: DictShape, place: Place): DictStep | undefined {
  const { tag, key, value, valueIn, inside } = shape;
  if (inside !== undefined || !place.relinks) return undefined;
  const step = valueStep(value, valueIn ?? tag, place);
  if (step === undefined || step.kind === 'record' || step.kind === 'dict') return undefined;
  if (valueIn !== undefined && step.kind !== 'scalar') return undefined;
  return {
    kind: 'dict',
    tags: tagsOf(tag, place, `<${tag} ${key}="`),
    value: step,
    valueIn: valueIn === undefined ? undefined : attributeName(valueIn, place),
    print: valuePrinter(shape),
  };
}

function tagsOf(name: string, { prefixes }: Place, startText = `<${name}`): Tags {
  return { start: new Part(startText), startText, end: new Part(`</${name}>`), prefix: prefixBit(name, prefixes) };
}

/** Give the prefix of a name a bit; 0 for a name without one. */
function prefixBit(name: string, prefixes: string[]): number {
  const prefix = prefixOf(name);
  if (prefix === undefined) return 0;
  if (!prefixes.includes(prefix)) prefixes.push(prefix);
  return 2 ** prefixes.indexOf(prefix);
}
