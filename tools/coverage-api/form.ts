import { isDeepStrictEqual } from 'node:util';

/** The paths of a document, each once regardless of the number of list items, with the values found there. */
export type Form = ReadonlyMap<string, Place>;

/** The values found at one path. */
export interface Place {
  /** The path in reports. */
  readonly label: string;
  /** The path of the parent; undefined for the root. */
  readonly parent: string | undefined;
  /** The JSON types found there: string, number, boolean, array or object; none for XML. */
  readonly kinds: Set<string>;
  /** The texts found there. */
  readonly values: string[];
}

/** The labels of the paths in which a form differs from the expected one. */
export interface Difference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly otherKind: readonly string[];
  readonly otherValues: readonly string[];
}

/** Return the place at a path; create it if missing. */
export function placeAt(places: Map<string, Place>, path: string, label: string, parent?: string): Place {
  const place = places.get(path) ?? { label, parent, kinds: new Set(), values: [] };
  places.set(path, place);
  return place;
}

/** Compare forms without regard to order; of a missing subtree, only the outermost path is reported. */
export function compareForms(expected: Form, actual: Form): Difference {
  const shared = [...expected].flatMap(([path, wanted]) => {
    const found = actual.get(path);
    return found === undefined ? [] : [{ wanted, found }];
  });
  return {
    missing: outermost(expected, actual),
    extra: outermost(actual, expected),
    otherKind: shared
      .filter(({ wanted, found }) => wanted.kinds.size > 0 && wanted.kinds.isDisjointFrom(found.kinds))
      .map(({ wanted: { label, kinds }, found }) => `${label} (${spell(found.kinds)} for ${spell(kinds)})`),
    otherValues: shared
      .filter(({ wanted, found }) => !isDeepStrictEqual(wanted.values.toSorted(), found.values.toSorted()))
      .map(({ wanted }) => wanted.label),
  };
}

function outermost(form: Form, other: Form): string[] {
  return [...form]
    .filter(([path, { parent }]) => !other.has(path) && (parent === undefined || other.has(parent)))
    .map(([, { label }]) => label);
}

function spell(kinds: ReadonlySet<string>): string {
  return [...kinds].join(' or ');
}
