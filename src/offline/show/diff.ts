/** A line of a comparison: in both texts, or in one of them. */
export interface DiffLine {
  readonly sign: ' ' | '-' | '+';
  readonly text: string;
}

/** The largest number of lines of a text that are compared; the cost is the product of both numbers. */
const mostCompared = 1000;

/**
 * Compare two texts line by line, by the longest common subsequence. Removed lines stand before those that replace them.
 * @param keyOf returns what must be equal in lines that count as the same
 */
export function diffOf(
  before: readonly string[],
  after: readonly string[],
  keyOf: (line: string) => string,
): readonly DiffLine[] {
  const isLong = Math.max(before.length, after.length) > mostCompared;
  const pairs = isLong ? [] : commonPairs(before.map(keyOf), after.map(keyOf));
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  for (const [nextRow, nextColumn] of [...pairs, [before.length, after.length] as const]) {
    lines.push(...signed('-', before.slice(row, nextRow)), ...signed('+', after.slice(column, nextColumn)));
    lines.push(...signed(' ', after.slice(nextColumn, nextColumn + 1)));
    [row, column] = [nextRow + 1, nextColumn + 1];
  }
  return lines;
}

function signed(sign: DiffLine['sign'], lines: readonly string[]): DiffLine[] {
  return lines.map((text) => ({ sign, text }));
}

/** Find the indices of the lines of a longest common subsequence. */
function commonPairs(keys: readonly string[], others: readonly string[]): (readonly [row: number, column: number])[] {
  const lengths = commonLengths(keys, others);
  const pairs: (readonly [number, number])[] = [];
  for (let [row, column] = [0, 0]; row < keys.length && column < others.length;) {
    if (keys[row] === others[column]) {
      pairs.push([row, column]);
      row += 1;
      column += 1;
    } else if ((lengths[row + 1]?.[column] ?? 0) >= (lengths[row]?.[column + 1] ?? 0)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** Compute the length of the longest common subsequence of the rests of two lists, for each pair of rests. */
function commonLengths(keys: readonly string[], others: readonly string[]): readonly (readonly number[])[] {
  const lengths = Array.from({ length: keys.length + 1 }, () => Array<number>(others.length + 1).fill(0));
  for (let row = keys.length - 1; row >= 0; row -= 1)
    for (let column = others.length - 1; column >= 0; column -= 1) {
      const current = lengths[row];
      if (current === undefined) continue;
      current[column] =
        keys[row] === others[column]
          ? (lengths[row + 1]?.[column + 1] ?? 0) + 1
          : Math.max(lengths[row + 1]?.[column] ?? 0, current[column + 1] ?? 0);
    }
  return lengths;
}
