import type { Deviations } from '../support/deviations.ts';

/** The parts of an answer that are compared: status, exact Content-Type, root of a fault. */
export interface Seen {
  readonly status: number;
  readonly contentType: string;
  /** '' for an answer that is no fault. */
  readonly fault: string;
  readonly hasLocation: boolean;
}

const accepted = (contentType: string): Seen => ({ status: 202, contentType, fault: '', hasLocation: true });
const refused = (status: number, fault: string, type: string): Seen => ({
  status,
  contentType: `${type}; charset=UTF-8`,
  fault,
  hasLocation: false,
});

const xml = 'application/xml';
const json = 'application/json';
const vndXml = 'application/vnd.openstack.compute+xml';

/** "Anything else with a body, or none: 415 badMediaType in the reply type"; legacy saw no action in it, 400. */
const unsupported = 'a Content-Type that is missing or not supported is 415';
/** "any case, parameters ignored (also a space before `;`)" */
const anySpelling = 'media types have no case, and white space before a parameter means nothing';
// "where the caller states no preference (no Accept, empty, `*/*`, `application/*`), the caller's own media type"
const ownType = 'a caller without a preference is answered in its own media type';
/** "vnd types are answered as asked, faults too"; legacy crashed over the fault. */
const vndFaults = 'faults have the vnd types, too';
/** "wrong types give 400 with a path", "never a 5xx" */
const wrongType = 'a member of the wrong type is a mistake of the caller';
/** Legacy Nova without the extension ignored the member silently; with it, it refused this value. Modern clouds always have it. */
const extensionThere = 'the extension that checks the member is always there';

/** "faults of every untranslated road too are legacy faults in the reply type: routes that do not exist (404), wrong methods" */
const everyRoad = 'faults of untranslated calls too are legacy faults in the type of the reply';

function forEach(names: readonly string[], deviation: Deviations<Seen>[string]): Deviations<Seen> {
  return Object.fromEntries(names.map((name) => [name, deviation]));
}

/** The deviations from legacy Nova's HTTP that an issue requires, whatever GATEWAY_REPLY_DEFAULT is. */
export const httpDeviations: Deviations<Seen> = {
  'xml-body-ctype-03': { because: anySpelling, instead: accepted(xml) },
  'xml-body-ctype-04': { because: anySpelling, instead: accepted(xml) },
  'xml-body-ctype-09': { because: unsupported, instead: refused(415, 'badMediaType', xml) },
  'xml-body-ctype-11': { because: unsupported, instead: refused(415, 'badMediaType', xml) },
  'xml-body-ctype-13': { because: unsupported, instead: refused(415, 'badMediaType', xml) },
  'xml-body-no-ctype': { because: unsupported, instead: refused(415, 'badMediaType', xml) },
  'json-body-ctype-03': { because: unsupported, instead: refused(415, 'badMediaType', json) },
  'json-body-no-ctype': { because: unsupported, instead: refused(415, 'badMediaType', json) },
  'empty-no-ctype': { because: unsupported, instead: refused(415, 'badMediaType', xml) },

  // "q=0 excludes", and what is left is a type that nobody asked for: "an Accept that names only types we do not have gets JSON".
  'accept-21': { because: 'q=0 excludes', instead: accepted(json) },
  'accept-29': { because: anySpelling, instead: accepted(xml) },
  'fault-accept-04': { because: vndFaults, instead: refused(400, 'badRequest', vndXml) },

  'empty-xml': { because: 'no body is a malformed body', instead: refused(400, 'badRequest', xml) },
  // Legacy's XML could not hold the name that it quotes.
  'unknown-action-unicode-xml': { because: 'any name can be told', instead: refused(400, 'badRequest', xml) },
  'json-imageref-int': { because: wrongType, instead: refused(400, 'badRequest', json) },
  'json-nan': { because: 'NaN is no JSON', instead: refused(400, 'badRequest', json) },
  'json-rebuild-preserve-null': { because: wrongType, instead: refused(400, 'badRequest', json) },
  // An empty object has as many files as an empty list, which is all that legacy looked at.
  'json-rebuild-personality-object': { because: wrongType, instead: refused(400, 'badRequest', json) },
  'core-only-rebuild-xml': { because: extensionThere, instead: refused(400, 'badRequest', xml) },
  'core-only-rebuild-preserve-bad': { because: wrongType, instead: refused(400, 'badRequest', xml) },
  'core-only-rebuild-preserve-bad-json': { because: extensionThere, instead: refused(400, 'badRequest', json) },
  // Legacy's limiter stood outside of its faults: text.
  ...forEach(
    ['suffix-unknown', 'path-v2-trailing-slash', 'method-get', 'method-options', 'method-patch', 'unknown-path'],
    { because: everyRoad, instead: refused(404, 'itemNotFound', xml) },
  ),
  'suffix-uppercase': { because: everyRoad, instead: refused(404, 'itemNotFound', json) },
  'body-too-large': { because: 'every refusal is a fault document', instead: refused(413, 'overLimit', xml) },
};

/** Further deviations with GATEWAY_REPLY_DEFAULT=caller, the default; with `json` Nova's exact rule is back. */
export const ownTypeDeviations: Deviations<Seen> = {
  'accept-01': { because: ownType, instead: accepted(xml) },
  'accept-03': { because: ownType, instead: accepted(xml) },
  'fault-accept-00': { because: ownType, instead: refused(400, 'badRequest', xml) },
  'suffix-uppercase': { because: everyRoad, instead: refused(404, 'itemNotFound', xml) },
  'path-query-string': { because: ownType, instead: accepted(xml) },
};
