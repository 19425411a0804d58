/** Tests an item of a collection against the value of one query parameter. */
export type Filter<T> = (item: T, value: string) => boolean;

/** Select the items that pass the filter of each query parameter; parameters without a filter do not count. */
export function filtered<T>(
  items: readonly T[],
  query: URLSearchParams,
  filters: Readonly<Record<string, Filter<T>>>,
): readonly T[] {
  const given = Object.entries(filters).flatMap(([name, filter]) => {
    const value = query.get(name);
    return value === null ? [] : [(item: T) => filter(item, value)];
  });
  return items.filter((item) => given.every((passes) => passes(item)));
}
