/** JSON whose numbers keep the digits that they were written with: 1.0 stays 1.0, and 2^63 is not rounded. */

/** A number that JavaScript would print in another way, as its text (ECMAScript's JSON.rawJSON). */
interface RawNumber {
  readonly rawJSON: string;
}

/** What the engine has and TypeScript's library does not name yet. */
const engine = JSON as unknown as {
  rawJSON(text: string): RawNumber;
  isRawJSON(value: unknown): value is RawNumber;
  parse(text: string, revive: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
};

/**
 * A number's token that may not come out as it went in. Inside of a string it only costs time, so that the times and MAC
 * addresses of servers, with colons in them, are none: a colon counts behind a quote alone.
 */
const inexact = /(?:"\s*:|[[,])\s*-?(?:0\.0{6}|[\d.]{16}|\d+(?:\.\d*0(?!\d)|\.?\d*[eE]))|(?:"\s*:|[[,])\s*-0/;
/**
 * The same behind any colon, but for what times and MAC addresses have there: found in a third of the time to be nowhere in
 * nearly every document.
 */
const perhapsInexact = /[:,[]\s*(?:-?(?:0\.0{6}|[\d.]{16}|\d+(?:\.\d*0(?=[\s,\]}])|\.?\d*[eE][-+]?\d))|-0)/;

/** The value of a JSON text. @throws {SyntaxError} for what is no JSON */
export function parseExactly(text: string): unknown {
  if (!perhapsInexact.test(text) || !inexact.test(text)) return JSON.parse(text);
  return engine.parse(text, (_, value, { source }) =>
    typeof value === 'number' && source !== undefined ? exactNumber(source) : value,
  );
}

/** A number from its JSON text: as such where JavaScript prints it alike. */
export function exactNumber(text: string): unknown {
  const value = Number(text);
  return String(value) === text ? value : engine.rawJSON(text);
}

/** The digits of a number, however it is held; undefined for anything else. */
export function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return engine.isRawJSON(value) ? value.rawJSON : undefined;
}
