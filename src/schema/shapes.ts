/**
 * The description language: a message is described once, as plain data, and the XML reader, the XML writer, the JSON
 * check, the static type, the redaction and the documents' tables are derived from it.
 */

import type { FormatName } from './formats.ts';

/** A limit of legacy Nova's quotas: what is over it was 413 overLimit. Operators could change each, and still can. */
export interface Quota {
  /** The setting that holds the limit in force. */
  readonly name: string;
  /** The fault's message; `{most}` stands for the limit in force. */
  readonly message: string;
  /** The Retry-After that legacy Nova sent with this fault, in seconds. */
  readonly retryAfter?: string;
}

/** What every shape can say. */
interface Refusing {
  /** Legacy Nova's sentence for a value that is none of these. */
  readonly refusal?: string;
}

/** A text, verbatim unless it has a format. */
export interface StringShape extends Refusing {
  readonly kind: 'string';
  readonly format?: FormatName;
  readonly oneOf?: readonly string[];
  /** The most characters; more is 413 overLimit. */
  readonly quota?: Quota;
}
/** A whole number that JavaScript holds exactly. */
export interface IntegerShape extends Refusing {
  readonly kind: 'integer';
}
/** A boolean, in any of legacy Nova's spellings. */
export interface BooleanShape extends Refusing {
  readonly kind: 'boolean';
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
}
/** An array; in XML an element for each item. */
export interface ListShape<I extends Shape = Shape> extends Refusing {
  readonly kind: 'list';
  readonly item: I;
  /** The element of each item. */
  readonly tag: string;
  readonly quota?: Quota;
}
/** A map: in XML an element for each entry, its key in an attribute, its value as its content. */
export interface DictShape<V extends Shape = Shape> extends Refusing {
  readonly kind: 'dict';
  readonly value: V;
  readonly tag: string;
  readonly key: string;
  readonly keyQuota?: Quota;
  /** Why an empty key is refused, where it is. */
  readonly blankKey?: string;
  readonly quota?: Quota;
}

/** What one text can hold. */
export type Scalar = StringShape | IntegerShape | BooleanShape | Base64Shape;
/** Whatever a message is made of. */
export type Shape = Scalar | RecordShape | ListShape | DictShape;

/** Where XML may hold a member, and what it may hold there; `json` members exist in JSON only, and are unknown in XML. */
interface Places {
  attribute: Scalar;
  element: Shape;
  text: Scalar;
  inline: ListShape | DictShape;
  json: Shape;
}

/** A member at a place. */
type Put<P extends keyof Places, S extends Places[P]> = MemberOptions & { readonly place: P; readonly shape: S };

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
  /** JSON null is a value of its own: it removes what is there. */
  readonly nullable?: boolean;
  /** Never in a log or a fault. */
  readonly secret?: boolean;
  /** XML shows the element even where JSON has no such member: empty, or the text None. */
  readonly always?: boolean;
  /** JSON's `""` stands for this value, and is written as it. */
  readonly emptyStandsFor?: unknown;
}

/** The members of a record, by their JSON keys. */
export type Members = Readonly<Record<string, Member>>;

/** A document: its root, its namespaces, its content. */
export interface Message<S extends Shape = Shape> {
  /** The root element, and the only member of the JSON object. */
  readonly root: string;
  readonly content: S;
  /** Declared on every root, '' being the default; prefix to URI. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** Declared on a root that has a name with the prefix in it. */
  readonly extensions: Readonly<Record<string, string>>;
}

/** @see StringShape */
export const string = (rules: Omit<StringShape, 'kind'> = {}): StringShape => ({ kind: 'string', ...rules });
/** @see IntegerShape */
export const integer = (): IntegerShape => ({ kind: 'integer' });
/** @see BooleanShape */
export const boolean = (): BooleanShape => ({ kind: 'boolean' });
/** @see Base64Shape */
export const base64 = (rules: Omit<Base64Shape, 'kind'> = {}): Base64Shape => ({ kind: 'base64', ...rules });
/** @see RecordShape */
export const record = <const M extends Members>(members: M, rules: Refusing = {}): RecordShape<M> => ({
  kind: 'record',
  members,
  ...rules,
});
/** @see ListShape */
export const list = <I extends Shape>(item: I, rules: Omit<ListShape, 'kind' | 'item'>): ListShape<I> => ({
  kind: 'list',
  item,
  ...rules,
});
/** @see DictShape */
export const dict = <V extends Shape>(value: V, rules: Omit<DictShape, 'kind' | 'value'>): DictShape<V> => ({
  kind: 'dict',
  value,
  ...rules,
});

/** A member that is an attribute of its record's element. */
export const attribute = <S extends Scalar, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'attribute', S> & O => put('attribute', shape, options);
/** A member that is a child element; lists and maps are wrapped in it. */
export const element = <S extends Shape, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'element', S> & O => put('element', shape, options);
/** The member that is the text of its record's element. */
export const text = <S extends Scalar, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'text', S> & O => put('text', shape, options);
/** A list or map whose elements are children of the record's element, unwrapped. */
export const inline = <S extends ListShape | DictShape, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'inline', S> & O => put('inline', shape, options);
/** A member that only JSON has. */
export const jsonOnly = <S extends Shape, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'json', S> & O => put('json', shape, options);

function put<P extends keyof Places, S extends Places[P], O>(
  place: P,
  shape: S,
  options: O | undefined,
): Put<P, S> & O {
  // The cast joins what the parameters' types already say.
  return { place, shape, ...options } as Put<P, S> & O;
}

/** A name without its prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

type Optional<M extends Member> = M extends { required: true } ? false : true;
type MemberValue<M extends Member> = M extends { nullable: true } ? Infer<M['shape']> | null : Infer<M['shape']>;

/** The static type of a shape's JSON value. */
export type Infer<S extends Shape> = S extends StringShape | Base64Shape
  ? string
  : S extends IntegerShape
    ? number
    : S extends BooleanShape
      ? boolean
      : S extends RecordShape<infer M>
        ? { [K in keyof M as Optional<M[K]> extends false ? K : never]: MemberValue<M[K]> } & {
            [K in keyof M as Optional<M[K]> extends true ? K : never]?: MemberValue<M[K]>;
          }
        : S extends ListShape<infer I>
          ? Infer<I>[]
          : S extends DictShape<infer V>
            ? Record<string, Infer<V>>
            : never;
