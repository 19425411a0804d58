/**
 * The description language: a message is described once, as plain data, and the XML reader, the XML writer, the JSON
 * check, the static type, the redaction and the documents' tables are derived from it.
 */

import type { QuotaName } from '../fault-reasons.ts';
import type { FormatName } from './formats.ts';

/** A limit of legacy Nova's quotas: what is over it was 413 overLimit. Operators could change each, and still can. */
export interface Quota {
  /** The setting that holds the limit in force. */
  readonly name: QuotaName;
  /** The fault's message; `{most}` stands for the limit in force. */
  readonly message: string;
  /** The Retry-After that legacy Nova sent with this fault, in seconds. */
  readonly retryAfter?: string;
}

/** What every shape can say. */
export interface Refusing {
  /** Legacy Nova's sentence for a value that is none of these. */
  readonly refusal?: string;
}

/** A text, verbatim unless it has a format. */
export interface StringShape extends Refusing {
  readonly kind: 'string';
  readonly format?: FormatName;
  /** Legacy Nova's sentence for a text without this format, where it is not the format's own. */
  readonly formatRefusal?: string;
  readonly oneOf?: readonly string[];
  /** Whether `oneOf`, in capitals, is meant in any case. */
  readonly anyCase?: boolean;
  /** What else JSON callers wrote, and clouds take: it goes on as it is. */
  readonly also?: readonly ('number' | 'boolean')[];
  /** The most characters; more is 413 overLimit. */
  readonly quota?: Quota;
}
/** A whole number, of any size. */
export interface IntegerShape extends Refusing {
  readonly kind: 'integer';
}
/** A number, with the digits that it was written with: 1.0 stays 1.0. */
export interface DecimalShape extends Refusing {
  readonly kind: 'decimal';
}
/** A point in time: in JSON with a T before the hours, in XML as Python prints it, with a space. */
export interface DatetimeShape extends Refusing {
  readonly kind: 'datetime';
  /** Whether Python knew its zone, and printed it: +00:00 behind a time for which JSON has none. */
  readonly withOffset?: boolean;
}
/** A boolean, in any of legacy Nova's spellings. */
export interface BooleanShape extends Refusing {
  readonly kind: 'boolean';
  /** What any other text means; without it, any other is refused. */
  readonly otherwise?: boolean;
}
/** Base64 as legacy Nova took it: ASCII white space anywhere, else strict and padded. Its value has no white space. */
export interface Base64Shape extends Refusing {
  readonly kind: 'base64';
  /** The most characters as sent, white space counted. */
  readonly quota?: Quota;
}
/** An object of known members; in XML an element, in the order of the description. */
export interface RecordShape<M extends Members = Members> extends Refusing {
  readonly kind: 'record';
  readonly members: M;
  /** Whether an empty attribute or text is none, and JSON's null and `""` no member. */
  readonly emptyIsAbsent?: boolean;
  /** Whether JSON's null, or an empty text, is an object without members. */
  readonly mayBeNull?: boolean;
}
/** An array; in XML an element for each item. */
export interface ListShape<I extends Shape = Shape> extends Refusing {
  readonly kind: 'list';
  readonly item: I;
  /** The element of each item. */
  readonly tag: string;
  /** The only member of an object that wraps each item in JSON. */
  readonly wrapped?: string;
  readonly quota?: Quota;
}
/** A map: in XML an element for each entry, its key in an attribute, its value as its content unless it is put elsewhere. */
export interface DictShape<V extends Shape = Shape> extends Refusing {
  readonly kind: 'dict';
  readonly value: V;
  readonly tag: string;
  readonly key: string;
  /** The attribute that holds the value, of scalars. */
  readonly valueIn?: string;
  /** The child element that holds the value. */
  readonly inside?: string;
  readonly keyQuota?: Quota;
  /** Why an empty key is refused, where it is. */
  readonly blankKey?: string;
  readonly quota?: Quota;
}

/** An object with one member of any name: in XML the name is an attribute of the element, the value its content. */
export interface EntryShape<V extends Shape = Shape> extends Refusing {
  readonly kind: 'entry';
  readonly value: V;
  readonly key: string;
  readonly keyQuota?: Quota;
}
/** A map: in XML a child for each entry, named as the key. */
export interface NamedShape<V extends Scalar = Scalar> extends Refusing {
  readonly kind: 'named';
  readonly value: V;
  /** Whether a name may come several times; then its value is an array. */
  readonly repeats?: boolean;
  /** Whether there is exactly one entry. */
  readonly isOne?: boolean;
}
/** No content: null in JSON, an empty element in XML; what callers put there never meant anything. */
export interface NothingShape extends Refusing {
  readonly kind: 'nothing';
}

/** What one text can hold. */
export type Scalar = StringShape | IntegerShape | DecimalShape | BooleanShape | DatetimeShape | Base64Shape;
/** Whatever a message is made of. */
export type Shape = Scalar | RecordShape | ListShape | DictShape | EntryShape | NamedShape | NothingShape;

/** Where XML may hold a member, and what it may hold there; `json` members exist in JSON only, and are unknown in XML. */
export interface Places {
  attribute: Scalar;
  element: Shape;
  text: Scalar;
  inline: ListShape | DictShape | NamedShape;
  json: Shape;
}

/** A member at a place. */
export type Put<P extends keyof Places, S extends Places[P]> = MemberOptions & { readonly place: P; readonly shape: S };

/** A member of a record: where XML holds it, and what it holds. */
export type Member = { [P in keyof Places]: Put<P, Places[P]> }[keyof Places];

/** What else there is to say of a member. */
export interface MemberOptions {
  /** The name in XML where it is not the JSON key. */
  readonly xml?: string;
  /** Other names that XML callers gave it; the first name wins. */
  readonly aliases?: readonly string[];
  readonly required?: boolean;
  /** Legacy Nova's sentence for its absence. */
  readonly missing?: string;
  /** JSON null is a value of its own: it removes what is there. XML says it by an empty text, of scalars. */
  readonly nullable?: boolean;
  /** Never in a log or a fault. */
  readonly secret?: boolean;
  /** XML shows the element even where JSON has no such member: empty, or the text None. */
  readonly always?: boolean;
  /** JSON's `""` stands for this value, and is written as it. */
  readonly emptyStandsFor?: unknown;
  /** XML callers wrote it as an attribute or as a child element, as they liked; a scalar. */
  readonly eitherWay?: boolean;
  /** In JSON it stands beside the message's own member, not in it. */
  readonly beside?: boolean;
}

/** The members of a record, by their JSON keys. */
export type Members = Readonly<Record<string, Member>>;

/** A document: its root, its namespaces, its content. */
export interface Message<S extends Shape = Shape> {
  /** The root element, and the member of the JSON object that holds the content. */
  readonly root: string;
  readonly content: S;
  /** Whether the JSON object is the content itself, without a member around it. */
  readonly isBare?: boolean;
  /** Whether the root element is an entry of the content, a map with one: its name is the key. */
  readonly isRootless?: boolean;
  /** Whether the request may come without a body. */
  readonly isOptional?: boolean;
  /** Whether the document has no XML declaration, as those of legacy Nova's generic serializer. */
  readonly isUndeclared?: boolean;
  /** The status for a request with another root, if it is not 400. */
  readonly mismatch?: number;
  /** Declared on every root, '' being the default; prefix to URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Declared on a root that has a name with the prefix in it. */
  readonly extensions: Readonly<Record<string, string>>;
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Whether a shape is one text. */
export function isScalar(shape: Shape): shape is Scalar {
  return scalarKinds.has(shape.kind);
}

const scalarKinds: ReadonlySet<Shape['kind']> = new Set([
  'string',
  'integer',
  'decimal',
  'boolean',
  'datetime',
  'base64',
]);
