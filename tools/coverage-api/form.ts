import { isDeepStrictEqual } from 'node:util';

/** What there is in a document: each path once, however many items a list has, and what was met there. */
export type Form = ReadonlyMap<string, Place>;

/** A path of a form. */
export interface Place {
  /** The path as it is shown. */
  readonly label: string;
  /** The path that it lies in; undefined for the root. */
  readonly parent: string | undefined;
  /** What was met there: string, number, boolean, array, object; none where values have no kinds. */
  readonly kinds: Set<string>;
  /** The texts that were met there. */
  readonly values: string[];
}

/** How a form differs from the one that was expected; labels. */
export interface Difference {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly otherKind: readonly string[];
  readonly otherValues: readonly string[];
}

/** What is at a path; made where nothing was there. */
export function placeAt(places: Map<string, Place>, path: string, label: string, parent?: string): Place {
  const place = places.get(path) ?? { label, parent, kinds: new Set(), values: [] };
  places.set(path, place);
  return place;
}

/** Compares forms; of what is missing as a whole, only the outermost path is told. Maps have no order, so values have none. */
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
