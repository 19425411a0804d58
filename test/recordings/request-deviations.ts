import type { Deviations } from '../support/deviations.ts';

/** The outcome of a request: the reading of legacy Nova's deserializer, or a fault. */
export type Outcome =
  | { readonly rebuild: Readonly<Record<string, unknown>> }
  | {
      readonly status: number;
      readonly name: string;
      /** How the message begins, where the issue says so. */
      readonly says: string;
    };

const imageRef = '70a599e0-31e7-49b7-b260-868f441e862b';
const rebuild = (members: Readonly<Record<string, unknown>> = {}): Outcome => ({ rebuild: { imageRef, ...members } });
const badRequest = (says: string): Outcome => ({ status: 400, name: 'badRequest', says });

/** "Matched by local name whatever the namespace or prefix (what legacy refused by an accident of prefixes is understood)" */
const byLocalName = 'elements and attributes are matched by local name, whatever the prefix';
/** "imageRef URL or path -> the id, its last segment, lower case; trailing slash and query tolerated" */
const anyImageRef = 'an image is found by the last segment of its URL, in any case, before a slash or a query';
/** "Missing imageRef, empty name, bad boolean, no body: 400 with the member's path" */
const callersMistake = 'what crashed legacy Nova is a mistake of the caller, told with its path';

/** The deviations from legacy Nova's answers to requests that issue 2 requires. */
export const requestDeviations: Deviations<Outcome> = {
  'ns-prefixed-root-and-children': { because: byLocalName, instead: rebuild({ metadata: { a: 'b' } }) },
  'ns-quirk-default-then-prefix-same-uri': { because: byLocalName, instead: rebuild() },
  'ns-prefix-named-rebuild': { because: byLocalName, instead: rebuild() },
  'ns-prefixed-attribute-imageRef': { because: byLocalName, instead: rebuild() },
  'ns-prefixed-attribute-name-ignored': { because: byLocalName, instead: rebuild({ name: 'n' }) },
  'ns-prefixed-meta-key': { because: byLocalName, instead: rebuild({ metadata: { a: 'b' } }) },
  'dcf-other-prefix': { because: byLocalName, instead: rebuild({ 'OS-DCF:diskConfig': 'MANUAL' }) },
  'dcf-quirk-other-prefix-declared-later': {
    because: byLocalName,
    instead: rebuild({ 'OS-DCF:diskConfig': 'MANUAL' }),
  },
  'dcf-unprefixed': { because: byLocalName, instead: rebuild({ 'OS-DCF:diskConfig': 'MANUAL' }) },

  'imageref-url-trailing-slash': { because: anyImageRef, instead: rebuild() },
  'imageref-url-query': { because: anyImageRef, instead: rebuild() },
  'imageref-uppercase': { because: anyImageRef, instead: rebuild() },

  'imageref-missing': { because: callersMistake, instead: badRequest('rebuild.imageRef: ') },
  'imageref-as-element': { because: callersMistake, instead: badRequest('rebuild.imageRef: ') },
  'imageid-v10': { because: callersMistake, instead: badRequest('rebuild.imageRef: ') },
  'imageref-lowercase-attribute': { because: callersMistake, instead: badRequest('rebuild.imageRef: ') },
  'preserve-empty': { because: callersMistake, instead: badRequest('rebuild.preserve_ephemeral: ') },
  'preserve-maybe': { because: callersMistake, instead: badRequest('rebuild.preserve_ephemeral: ') },

  // "comments, CDATA, processing instructions ...": legacy took the first node of the document for its root.
  'pi-before-root': { because: 'a processing instruction is not the root', instead: rebuild() },
  // "UTF-8 with or without BOM, UTF-16, and declared ISO-8859-1 and US-ASCII": legacy Nova crashed while it wrote its log line.
  utf16: { because: 'UTF-16 is understood', instead: rebuild({ name: 'n' }) },
  // "no body: 400"; legacy's 404 came of a parser without an event.
  'empty-body': { because: 'no body is a malformed body', instead: badRequest('Malformed request body') },
};
