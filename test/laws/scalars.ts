import * as fc from 'fast-check';
import { exactNumber } from '../../src/schema/exact-json.ts';

/** Whole numbers of any size, as JSON text. */
const integerTexts: fc.Arbitrary<string> = fc.oneof(
  fc.maxSafeInteger().map(String),
  fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }).map(String),
  fc.constantFrom('0', '-0', '9007199254740993', '9223372036854775808', '-9223372036854775808'),
);

/** Numbers as JSON text, with digits that JavaScript would not print, and exponents that it cannot hold. */
export const numberTexts: fc.Arbitrary<string> = fc.oneof(
  integerTexts,
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
  fc
    .tuple(
      integerTexts,
      fc.stringMatching(/^(?:\.\d{1,25})?$/),
      fc.oneof(
        { arbitrary: fc.constant(''), weight: 3 },
        { arbitrary: fc.stringMatching(/^[eE][-+]?\d{1,3}$/), weight: 1 },
      ),
    )
    .map((parts) => parts.join('')),
  fc.constantFrom('1.0', '0.10', '-0.0', '1e400', '1E5', '0.0000001', '0.000001', '123.45678901234567', '100.00'),
);

/** Whole numbers as the readers give them, with any number of digits. */
export const integers: fc.Arbitrary<unknown> = integerTexts.map(exactNumber);

/** Numbers as the readers give them, with their digits. */
export const decimals: fc.Arbitrary<unknown> = numberTexts.map(exactNumber);

/** Times as JSON writes them: with a T, with microseconds or without, with a zone or without. */
export const datetimes: fc.Arbitrary<string> = fc
  .tuple(
    fc.date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
    fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 999_999 }).map((micros) => `.${String(micros).padStart(6, '0')}`),
    ),
    fc.constantFrom('', 'Z', '+00:00'),
  )
  .map(([date, fraction, zone]) => date.toISOString().slice(0, 19) + fraction + zone);
