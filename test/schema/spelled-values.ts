import type { FormatName } from '../../src/schema/formats.ts';
import type { Member, RecordShape, Scalar, Shape, StringShape } from '../../src/schema/shapes.ts';

/** A value of one member of a request, in a spelling that legacy Nova took. */
export interface SpelledValue {
  /** The members and indices from the content down to the value. */
  readonly place: readonly (string | number)[];
  readonly value: unknown;
}

const id = '70a599e0-31e7-49b7-b260-868f441e862b';
const booleans = [
  true,
  'true',
  'True',
  'TRUE',
  'on',
  'ON',
  'yes',
  'YES',
  '1',
  '0',
  'no',
  'off',
  'False',
  't',
  'f',
  'y',
  'N',
  'yEs',
  ' true',
  1,
  0,
];
const numbers = [1, '1', '01', ' 1', '1 ', '1\n'];

/** The texts of each format, in modern and legacy forms. */
const texts: Readonly<Record<FormatName, readonly string[]>> = {
  imageId: [id, `http://example.org/images/${id}`, `/images/${id}`, `${id}/`],
  imageIdOrNone: [id, '', `http://example.org/images/${id}`, `images/${id}?a=b`],
  serverName: ['web'],
  ipv4: ['10.0.0.1', '10.1', '0x0a000001', '012.0.0.1', '167772161'],
  ipv4OrNone: ['10.0.0.1', '10.1'],
  ipv6: ['2001:db8::1', 'FE80::1', '::ffff:10.0.0.1'],
  ipv6OrNone: ['2001:db8::1'],
  lastSegment: ['1'],
  flavorOfNewServer: ['1'],
  notEmpty: ['image'],
  enableOrDisable: ['enable', 'Enable', 'DISABLE', 'eNable', ' enable'],
  trimmed: [],
  trimmedName: [],
  trimmedText: [],
};

/** Texts of which each member that is trimmed takes one. */
const samples = [
  'web',
  id,
  '10.0.0.1',
  '/dev/vdb',
  'active',
  'anti-affinity',
  'novnc',
  'spice-html5',
  'rdp-html5',
  'qcow2',
  'network-changed',
  'completed',
];

/** The check that the cloud takes a value, which chooses a text for each member. */
export type Accepts = (spelled: SpelledValue) => boolean;

/** List the spellings of every scalar of a request, and the empty values that its reader takes for none. */
export function* spelledValues(
  shape: Shape,
  accepts: Accepts,
  place: SpelledValue['place'] = [],
): Generator<SpelledValue> {
  if (shape.kind === 'record') yield* valuesOfRecord(shape, accepts, place);
  else if (shape.kind === 'list') yield* spelledValues(shape.item, accepts, [...place, 0]);
  else if (shape.kind !== 'dict' && shape.kind !== 'named' && shape.kind !== 'entry' && shape.kind !== 'nothing')
    for (const value of spellingsOf(shape, (text) => accepts({ place, value: text }))) yield { place, value };
}

function* valuesOfRecord(shape: RecordShape, accepts: Accepts, place: SpelledValue['place']): Generator<SpelledValue> {
  for (const [key, member] of Object.entries(shape.members)) {
    const below = [...place, key];
    yield* spelledValues(member.shape, accepts, below);
    if (shape.emptyIsAbsent !== undefined && member.required !== true)
      for (const value of emptyValues(member)) yield { place: below, value };
  }
}

function emptyValues({ nullable }: Member): readonly unknown[] {
  return nullable === true ? [''] : ['', null];
}

function spellingsOf(shape: Scalar, accepts: (text: string) => boolean): readonly unknown[] {
  switch (shape.kind) {
    case 'string':
      return stringsOf(shape, accepts);
    case 'boolean':
      return booleans;
    case 'integer':
      return numbers;
    case 'decimal':
      return [...numbers, '1.5', '1e3', 1.5];
    case 'base64':
      return ['aGk=', 'aGkg\naGkg', ' aGk='];
    case 'datetime':
      return [];
    default:
      return shape satisfies never;
  }
}

function stringsOf(shape: StringShape, accepts: (text: string) => boolean): readonly string[] {
  const { oneOf, anyCase, format } = shape;
  if (oneOf !== undefined) {
    const others =
      anyCase === true
        ? oneOf.flatMap((word) => [
            word.toLowerCase(),
            `${word.charAt(0)}${word.slice(1).toLowerCase()}`,
            `${word.charAt(0).toLowerCase()}${word.slice(1)}`,
          ])
        : [];
    return [...oneOf, ...others];
  }
  if (format?.startsWith('trimmed') === true)
    return samples
      .filter(accepts)
      .slice(0, 1)
      .flatMap((text) => [text, ` ${text}`, `${text} `]);
  return format === undefined ? [] : texts[format];
}
