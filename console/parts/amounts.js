const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** The larger units of an amount, the largest first. @type {Readonly<Record<string, readonly (readonly [number, string])[]>>} */
const largerUnits = {
  bytes: [
    [1024 ** 3, 'GiB'],
    [1024 ** 2, 'MiB'],
    [1024, 'KiB'],
  ],
  milliseconds: [
    [60_000, 'min'],
    [1000, 's'],
  ],
};
const shortUnits = /** @type {Readonly<Record<string, string>>} */ ({ milliseconds: 'ms', bytes: 'B', percent: '%' });

/** @param {number} amount @param {string} unit */
function unitOf(amount, unit) {
  const short = shortUnits[unit];
  if (short !== undefined || amount !== 1) return short ?? unit;
  return unit === 'processes' ? 'process' : unit.replace(/s$/, '');
}

/**
 * Write a count with its groups of digits.
 * @param {number} count
 */
export function countOf(count) {
  return number.format(count);
}

/**
 * Write an amount in the largest unit in which it is at least 1.
 * @param {number} amount
 * @param {string | null} unit
 */
export function amountOf(amount, unit) {
  if (unit === null) return countOf(amount);
  const [size, name] = largerUnits[unit]?.find(([size]) => amount >= size) ?? [1, unitOf(amount, unit)];
  return `${number.format(amount / size)} ${name}`;
}

/**
 * Write an amount in its own unit, for one that {@link amountOf} writes in a larger one; undefined for all others.
 * @param {number} amount
 * @param {string} unit
 */
export function exactAmountOf(amount, unit) {
  const exact = `${countOf(amount)} ${unitOf(amount, unit)}`;
  return exact === amountOf(amount, unit) ? undefined : exact;
}

/**
 * Write an amount without its unit, where a column has it already.
 * @param {number} amount
 * @param {string | null} unit
 */
export function shortAmountOf(amount, unit) {
  return unit === 'bytes' || unit === 'milliseconds' ? amountOf(amount, unit) : countOf(amount);
}
