/**
 * The description language. A message is described once, as plain data. The XML reader, the XML writer, the check of JSON,
 * the static type, the search for secrets and the tables of the documents are derived from the description.
 *
 * A description consists of shapes (the value: a scalar, a record, a list, a map) and members (the place of a value in its
 * record: an attribute, a child element, text). The functions that write them are in `words.ts`.
 */

import type { QuotaName } from '../fault-reasons.ts';
import type { FormatName } from './formats.ts';
import type { EmptyMembers, Unaided } from './unaided.ts';

/** A quota of legacy Nova: a request over its limit is refused, as a rule with 413 overLimit. Operators set the limit. */
export interface Quota {
  /** The path of the setting that holds the limit. */
  readonly name: QuotaName;
  /** The message of the fault; `{most}` stands for the limit. */
  readonly message: string;
  /** The Retry-After that legacy Nova sent with this fault, in seconds. */
  readonly retryAfter?: string;
  /** The status of the fault where it is not 413. */
  readonly status?: 400;
}

/** The options that every shape has. */
export interface ShapeOptions {
  /** Legacy Nova's message for a value of a wrong kind; by default, the reader writes a message. */
  readonly refusal?: string;
  /** True if clouds check no type of the value, so that they refuse no spelling. */
  readonly isUnchecked?: boolean;
}

/** A text, kept verbatim unless a format normalizes it. */
export interface StringShape extends ShapeOptions {
  readonly kind: 'string';
  /** The rule and normalization of the text; see `formats.ts`. */
  readonly format?: FormatName;
  /** Legacy Nova's message for a text that breaks the format, if it differs from the format's own; `{text}` stands for the text. */
  readonly formatRefusal?: string;
  /** The only texts that are allowed. */
  readonly oneOf?: readonly string[];
  /** Accept the texts of `oneOf`, which are in capitals, in any case, and normalize them to capitals. */
  readonly anyCase?: boolean;
  /** JSON types besides string that callers send and clouds accept; such a value is forwarded unchanged. */
  readonly also?: readonly ('number' | 'boolean')[];
  /** The limit of the number of characters (Unicode code points). */
  readonly quota?: Quota;
}
/** A whole number, of any size. */
export interface IntegerShape extends ShapeOptions {
  readonly kind: 'integer';
}
/** A number that keeps its digits: 1.0 stays 1.0. */
export interface DecimalShape extends ShapeOptions {
  readonly kind: 'decimal';
}
/** A point in time: in JSON with a T before the hours, in XML as Python prints it, with a space and without a zero fraction. */
export interface DatetimeShape extends ShapeOptions {
  readonly kind: 'datetime';
  /** Write `+00:00` after the time in XML, as Python does for a time with a zone; JSON has no offset. */
  readonly withOffset?: boolean;
}
/** A boolean in any of legacy Nova's spellings: true/false, 1/0, t/f, on/off, y/n, yes/no, in any case. */
export interface BooleanShape extends ShapeOptions {
  readonly kind: 'boolean';
  /** The value of any other text; without it, another text is refused. */
  readonly otherwise?: boolean;
  /** Write any value in XML as its truth in Python: 0, null and `""` are False. Legacy Nova's generic serializer did so for `deleted`. */
  readonly asTruth?: boolean;
}
/** Padded standard base64, with ASCII white space in any place. Its value is the text without white space. */
export interface Base64Shape extends ShapeOptions {
  readonly kind: 'base64';
  /** The limit of the number of characters as sent, white space included. */
  readonly quota?: Quota;
}
/** An object with known members; in XML an element. The members are written in the order of the description. */
export interface RecordShape<M extends Members = Members> extends ShapeOptions {
  readonly kind: 'record';
  readonly members: M;
  /** Treat an empty attribute or element, and null or `""` in JSON, as an absent member. */
  readonly emptyIsAbsent?: EmptyMembers;
  /** Treat null or `""` in JSON as an object without members. The verdicts are those of clouds on both. */
  readonly mayBeNull?: { readonly null: Unaided; readonly text: Unaided };
  /** The names of attributes, children and JSON members that legacy Nova ignored by design: they are left out without a note. */
  readonly ignored?: readonly string[];
}
/** An array; in XML one element for each item. */
export interface ListShape<I extends Shape = Shape> extends ShapeOptions {
  readonly kind: 'list';
  readonly item: I;
  /** The name of each item's element. */
  readonly tag: string;
  /** The name of the only member of an object that wraps each item in JSON; the API has two such lists. */
  readonly wrapped?: string;
  /** The limit of the number of items. */
  readonly quota?: Quota;
}
/** A map: in XML one element for each entry, with the key in an attribute and the value as content: `<meta key="k">v</meta>`. */
export interface DictShape<V extends Shape = Shape> extends ShapeOptions {
  readonly kind: 'dict';
  readonly value: V;
  /** The name of each entry's element. */
  readonly tag: string;
  /** The name of the attribute that holds the key. */
  readonly key: string;
  /** The name of the attribute that holds a scalar value: `<limit name="k" value="v"/>`. */
  readonly valueIn?: string;
  /** The name of the child element that holds the value. */
  readonly inside?: string;
  /** The key of the items of a list that clouds write instead of a map of lists; without it, such items have no name. */
  readonly unnamed?: string;
  /** The limit of the number of characters in a key. */
  readonly keyQuota?: Quota;
  /** The message for an empty key; without it, an empty key is allowed. */
  readonly blankKey?: string;
  /** The limit of the number of entries. */
  readonly quota?: Quota;
  /** Accept entries that are named by their keys too, as attributes and children: `<k>v</k>`. Legacy Nova's generic deserializer did. */
  readonly orNamed?: boolean;
}

/** An object with one member of any name: in XML an element with the name in an attribute and the value as content. */
export interface EntryShape<V extends Shape = Shape> extends ShapeOptions {
  readonly kind: 'entry';
  readonly value: V;
  /** The name of the attribute that holds the member's name. */
  readonly key: string;
  /** The limit of the number of characters in the member's name. */
  readonly keyQuota?: Quota;
}
/** A map: in XML one child element for each entry, named by the key: `<k>v</k>`. */
export interface NamedShape<V extends Shape = Shape> extends ShapeOptions {
  readonly kind: 'named';
  readonly value: V;
  /** The shapes of the values of some keys; the values of all others have the shape `value`. */
  readonly byKey?: Readonly<Record<string, Scalar>>;
  /** Accept entries with a scalar value as attributes too: `<extra_specs k="v"/>`. Legacy Nova's generic deserializer did. */
  readonly eitherWay?: boolean;
  /** Accept null in JSON as the value of an entry: it removes the entry. */
  readonly nullable?: boolean;
  /** Allow several elements of one name: their value is an array. Without it, the last element counts. */
  readonly repeats?: boolean;
  /** Require exactly one entry. */
  readonly isOne?: boolean;
}
/** The absence of content: null in JSON, an empty element in XML. Content of a caller is ignored, as in legacy Nova. */
export interface NothingShape extends ShapeOptions {
  readonly kind: 'nothing';
}

/** A shape whose value is one text in XML. */
export type Scalar = StringShape | IntegerShape | DecimalShape | BooleanShape | DatetimeShape | Base64Shape;
/** A shape of the description language. */
export type Shape = Scalar | RecordShape | ListShape | DictShape | EntryShape | NamedShape | NothingShape;

/** The places of a member in XML, with the shapes that each can hold. An attribute that holds a list does not compile. */
export interface Places {
  /** An attribute of the record's element. */
  attribute: Scalar;
  /** A child of the record's element; lists and maps are wrapped in it. */
  element: Shape;
  /** The text of the record's element. */
  text: Scalar;
  /** Children of the record's element, one for each item or entry, without an element around them. */
  inline: ListShape | DictShape | NamedShape;
  /** No place in XML: the member exists in JSON only. */
  json: Shape;
}

/** A member with a given place and shape. */
export type Put<P extends keyof Places, S extends Places[P]> = MemberOptions & { readonly place: P; readonly shape: S };

/** A member of a record: its place in XML, its shape, its options. */
export type Member = { [P in keyof Places]: Put<P, Places[P]> }[keyof Places];

/** The options of a member. */
export interface MemberOptions {
  /** The name in XML, if it differs from the JSON key. */
  readonly xml?: string;
  /** Another name in XML, in a record that has one of these members; it is an alias too. */
  readonly xmlBeside?: { readonly members: readonly string[]; readonly xml: string };
  /** Other names that XML callers use. If several are present, the first in the order `xml`, aliases counts. */
  readonly aliases?: readonly string[];
  /** Refuse a request without the member. */
  readonly required?: boolean;
  /** Legacy Nova's message for the absence of a required member. */
  readonly missing?: string;
  /** Accept null in JSON, and an empty text in XML for it, as a value: it removes the present value. */
  readonly nullable?: boolean;
  /** Mask the value in messages of the cloud, and never log it. */
  readonly secret?: boolean;
  /** Write the element even if JSON lacks the member: with the text None for a scalar, else empty. */
  readonly always?: boolean;
  /** The value that is written in XML for `""` in JSON, and that is read as `""`. */
  readonly emptyStandsFor?: unknown;
  /** Accept the member, a scalar, as an attribute or as a child element, as legacy Nova's generic deserializer did. */
  readonly eitherWay?: boolean;
  /** Put the member beside the root's member in JSON, not inside it. */
  readonly beside?: boolean;
}

/** The members of a record, by their JSON keys. */
export type Members = Readonly<Record<string, Member>>;

/** A document: its root, content and namespaces. */
export interface Message<S extends Shape = Shape> {
  /** The name of the root element, and of the JSON object's member that holds the content. */
  readonly root: string;
  readonly content: S;
  /** Use the content itself as the JSON object, without a member around it. */
  readonly isBare?: boolean;
  /** Treat the root element as the only entry of the content, a `named` map: the name of the element is the key. */
  readonly isRootless?: boolean;
  /** Accept a request without a body, and an answer of the cloud without the document. */
  readonly isOptional?: boolean;
  /**
   * Write no XML declaration. This applies to answers without an XML template in legacy Nova: its generic serializer wrote
   * them without a declaration. Such documents have no namespace either (`noNamespace`).
   */
  readonly isUndeclared?: boolean;
  /** The status for a request with a wrong root; 400 by default. */
  readonly mismatch?: number;
  /**
   * The namespaces that every root declares: prefix to URI, '' for the default namespace. Empty for a document without a
   * namespace, as in most extensions of legacy Nova.
   */
  readonly namespaces: Readonly<Record<string, string>>;
  /** The namespaces that a root declares only if the document contains a name with the prefix. */
  readonly extensions: Readonly<Record<string, string>>;
}

/** Remove the prefix of a name. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Check that a shape is a scalar. */
export function isScalar(shape: Shape): shape is Scalar {
  return scalars.has(shape.kind);
}

const scalars: ReadonlySet<Shape['kind']> = new Set(['string', 'integer', 'decimal', 'boolean', 'datetime', 'base64']);
