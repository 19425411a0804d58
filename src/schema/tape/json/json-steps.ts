import { hasMembersBeside } from '../../json-document.ts';
import { perMessage } from '../../per-message.ts';
import { selector, type Selector } from '../../write/select.ts';
import { isScalar, type ListShape, type Message, type RecordShape, type Shape } from '../../shapes.ts';
import { KeyTable } from '../key-table.ts';
import { isLinkList } from '../link-members.ts';

/**
 * The printer of a description as data, for callers of JSON: members that are not described are left out, and all else keeps its place
 * and its bytes. `select` is the selector of the former printer for the same place, which prints the values that are not plain.
 */
export type JsonStep = (AnyStep | JsonRecordStep | JsonMapStep | JsonListStep) & { readonly select: Selector };

/** A value that is written as it is, such as a scalar. */
export interface AnyStep {
  readonly kind: 'any';
}

/** An object with described members. */
export interface JsonRecordStep {
  readonly kind: 'record';
  readonly keys: KeyTable;
  /** The members by the indexes of their keys. */
  readonly members: readonly JsonMember[];
  /** The index of the key of a link; -1 for a record that cannot be one. */
  readonly href: number;
  /** The object in which each member was seen last, so that repeated keys are found. */
  readonly seenIn: Int32Array;
}

/** A member of a record. */
export interface JsonMember {
  readonly step: JsonStep;
  /** True for a list of links. */
  readonly isLinks: boolean;
}

/** A map. */
export interface JsonMapStep {
  readonly kind: 'map';
  readonly value: JsonStep;
}

/** A list. */
export interface JsonListStep {
  readonly kind: 'list';
  readonly item: JsonStep;
}

/** Compile the steps of a message; undefined for one with members beside its root, or whose outline is more than a kind. */
export const jsonStepOf = perMessage((message): JsonStep | undefined => {
  const { content, isRootless, isBare } = message;
  const isLoose = content.kind === 'entry' || (content.kind === 'named' && isBare === true);
  if (isRootless === true || hasMembersBeside(message) || isLoose) return undefined;
  const step = stepOf(content);
  return step.kind === 'any' ? undefined : step;
});

function stepOf(shape: Shape): JsonStep {
  const select = selector(shape);
  if (isScalar(shape)) return { kind: 'any', select };
  switch (shape.kind) {
    case 'record':
      return recordStep(shape, select);
    case 'list':
      return { kind: 'list', item: itemStep(shape), select };
    case 'dict':
    case 'entry':
    case 'named':
      return { kind: 'map', value: stepOf(shape.value), select };
    case 'nothing':
      return { kind: 'any', select };
    default:
      return shape satisfies never;
  }
}

function recordStep({ members }: RecordShape, select: Selector): JsonStep {
  const all = Object.entries(members);
  return recordOf(
    all.map(([key]) => key),
    all.map(([key, { shape }]) => ({ step: stepOf(shape), isLinks: isLinkList(key) })),
    select,
  );
}

function recordOf(names: readonly string[], members: readonly JsonMember[], select: Selector): JsonStep {
  // JavaScript moves numbers to the start of an object.
  if (names.some((name) => /^\d+$/.test(name))) return { kind: 'any', select };
  const keys = new KeyTable(names);
  return {
    kind: 'record',
    keys,
    members,
    href: keys.indexOf('href'),
    seenIn: new Int32Array(names.length).fill(-1),
    select,
  };
}

function itemStep(shape: ListShape): JsonStep {
  const item = stepOf(shape.item);
  const { wrapped } = shape;
  if (wrapped === undefined) return item;
  const select = selector(shape);
  const selectItem: Selector = (value, misshapen) => (select([value], misshapen) as unknown[])[0];
  return recordOf([wrapped], [{ step: item, isLinks: isLinkList(wrapped) }], selectItem);
}

/** Find the step of the items of a message that is a list; undefined for any other. */
export function jsonItemOf(message: Message): JsonStep | undefined {
  const step = jsonStepOf(message);
  const list = step?.kind === 'record' ? step.members[0]?.step : step;
  return list?.kind === 'list' ? list.item : undefined;
}
