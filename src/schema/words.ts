/** The functions that write descriptions: one for each shape and one for each place of `shapes.ts`. */

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

/** Describe a {@link StringShape}. */
export const string = (rules: Omit<StringShape, 'kind'> = {}): StringShape => ({ kind: 'string', ...rules });
/** Describe an {@link IntegerShape}. */
export const integer = (rules: Omit<IntegerShape, 'kind'> = {}): IntegerShape => ({ kind: 'integer', ...rules });
/** Describe a {@link DecimalShape}. */
export const decimal = (): DecimalShape => ({ kind: 'decimal' });
/** Describe a {@link DatetimeShape}. */
export const datetime = (rules: Omit<DatetimeShape, 'kind'> = {}): DatetimeShape => ({ kind: 'datetime', ...rules });
/** Describe a {@link NothingShape}. */
export const nothing = (): NothingShape => ({ kind: 'nothing' });
/** Describe a {@link BooleanShape}. */
export const boolean = (rules: Omit<BooleanShape, 'kind'> = {}): BooleanShape => ({ kind: 'boolean', ...rules });
/** Describe a {@link Base64Shape}. */
export const base64 = (rules: Omit<Base64Shape, 'kind'> = {}): Base64Shape => ({ kind: 'base64', ...rules });
/** Describe a {@link RecordShape}. */
export const record = <const M extends Members>(
  members: M,
  rules: Omit<RecordShape, 'kind' | 'members'> = {},
): RecordShape<M> => ({
  kind: 'record',
  members,
  ...rules,
});
/** Describe a {@link ListShape}. */
export const list = <I extends Shape>(item: I, rules: Omit<ListShape, 'kind' | 'item'>): ListShape<I> => ({
  kind: 'list',
  item,
  ...rules,
});
/** Describe a {@link DictShape}. */
export const dict = <V extends Shape>(value: V, rules: Omit<DictShape, 'kind' | 'value'>): DictShape<V> => ({
  kind: 'dict',
  value,
  ...rules,
});
/** Describe an {@link EntryShape}. */
export const entry = <V extends Shape>(value: V, rules: Omit<EntryShape, 'kind' | 'value'>): EntryShape<V> => ({
  kind: 'entry',
  value,
  ...rules,
});
/** Describe a {@link NamedShape}. */
export const named = <V extends Shape>(value: V, rules: Omit<NamedShape, 'kind' | 'value'> = {}): NamedShape<V> => ({
  kind: 'named',
  value,
  ...rules,
});

/** Put a member into an attribute of its record's element. */
export const attribute = <S extends Scalar, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'attribute', S> & O => put('attribute', shape, options);
/** Put a member into a child of its record's element; a list or map is wrapped in it. */
export const element = <S extends Shape, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'element', S> & O => put('element', shape, options);
/** Put a member into the text of its record's element. */
export const text = <S extends Scalar, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'text', S> & O => put('text', shape, options);
/** Put the items of a list or the entries of a map directly among the children of the record's element. */
export const inline = <S extends Places['inline'], const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'inline', S> & O => put('inline', shape, options);
/** Restrict a member to JSON: XML does not contain it. */
export const jsonOnly = <S extends Shape, const O extends MemberOptions = object>(
  shape: S,
  options?: O,
): Put<'json', S> & O => put('json', shape, options);

function put<P extends keyof Places, S extends Places[P], O>(
  place: P,
  shape: S,
  options: O | undefined,
): Put<P, S> & O {
  // TypeScript does not infer the intersection from the spread; each part of it is a parameter's type.
  return { place, shape, ...options } as Put<P, S> & O;
}
