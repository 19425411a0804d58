/** The words of the description language: one for each shape and place of `shapes.ts`. */

import type {
  Base64Shape,
  BooleanShape,
  DatetimeShape,
  DecimalShape,
  DictShape,
  EntryShape,
  IntegerShape,
  ListShape,
  MemberOptions,
  Members,
  NamedShape,
  NothingShape,
  Places,
  Put,
  RecordShape,
  Scalar,
  Shape,
  StringShape,
} from './shapes.ts';

/** @see StringShape */
export const string = (rules: Omit<StringShape, 'kind'> = {}): StringShape => ({ kind: 'string', ...rules });
/** @see IntegerShape */
export const integer = (): IntegerShape => ({ kind: 'integer' });
/** @see DecimalShape */
export const decimal = (): DecimalShape => ({ kind: 'decimal' });
/** @see DatetimeShape */
export const datetime = (rules: Omit<DatetimeShape, 'kind'> = {}): DatetimeShape => ({ kind: 'datetime', ...rules });
/** @see NothingShape */
export const nothing = (): NothingShape => ({ kind: 'nothing' });
/** @see BooleanShape */
export const boolean = (rules: Omit<BooleanShape, 'kind'> = {}): BooleanShape => ({ kind: 'boolean', ...rules });
/** @see Base64Shape */
export const base64 = (rules: Omit<Base64Shape, 'kind'> = {}): Base64Shape => ({ kind: 'base64', ...rules });
/** @see RecordShape */
export const record = <const M extends Members>(
  members: M,
  rules: Omit<RecordShape, 'kind' | 'members'> = {},
): RecordShape<M> => ({
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
/** @see EntryShape */
export const entry = <V extends Shape>(value: V, rules: Omit<EntryShape, 'kind' | 'value'>): EntryShape<V> => ({
  kind: 'entry',
  value,
  ...rules,
});
/** @see NamedShape */
export const named = <V extends Scalar>(value: V, rules: Omit<NamedShape, 'kind' | 'value'> = {}): NamedShape<V> => ({
  kind: 'named',
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
export const inline = <S extends Places['inline'], const O extends MemberOptions = object>(
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
