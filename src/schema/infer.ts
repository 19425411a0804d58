import type {
  Base64Shape,
  BooleanShape,
  DatetimeShape,
  DecimalShape,
  DictShape,
  EntryShape,
  IntegerShape,
  ListShape,
  Member,
  NamedShape,
  NothingShape,
  RecordShape,
  Scalar,
  Shape,
  StringShape,
} from './shapes.ts';

type Optional<M extends Member> = M extends { required: true } ? false : true;
type MemberValue<M extends Member> = M extends { nullable: true } ? Infer<M['shape']> | null : Infer<M['shape']>;

/** The static type of a shape's JSON value. The values of a map are typed only if they are scalars. */
export type Infer<S extends Shape> = S extends StringShape | DatetimeShape | Base64Shape
  ? string
  : S extends IntegerShape | DecimalShape
    ? number
    : S extends BooleanShape
      ? boolean
      : S extends RecordShape<infer M>
        ? { [K in keyof M as Optional<M[K]> extends false ? K : never]: MemberValue<M[K]> } & {
            [K in keyof M as Optional<M[K]> extends true ? K : never]?: MemberValue<M[K]>;
          }
        : S extends ListShape<infer I>
          ? Infer<I>[]
          : S extends DictShape<infer V> | EntryShape<infer V>
            ? Record<string, V extends Scalar ? Infer<V> : unknown>
            : S extends NamedShape<infer V>
              ? Record<string, V extends Scalar ? string : unknown>
              : S extends NothingShape
                ? null
                : never;
