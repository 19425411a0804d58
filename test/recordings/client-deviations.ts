import type { Deviations } from '../support/deviations.ts';

/** An answer as its caller sees it. */
export interface Seen {
  readonly status: number;
  /** The exact Content-Type; '' for none. */
  readonly contentType: string;
  /** The root in Clark's notation, or the only member of a JSON document. */
  readonly root: string;
  readonly hasLocation: boolean;
}

const compute = '{http://docs.openstack.org/compute/api/v1.1}';

/** "where the caller states no preference (...) the caller's own media type: XML in, XML out" */
const ownType = 'a caller without a preference is answered in its own media type';
/** Legacy Nova called nothing a page of HTML. */
const nothing = {
  because: 'an answer without a body has no media type',
  instead: { status: 202, contentType: '', root: '', hasLocation: false },
};

/** The deviations of answers to real clients from those of legacy Nova. */
export const clientDeviations: Deviations<Seen> = {
  'curl-api-guide-rebuild-default-accept.http': {
    because: ownType,
    instead: { status: 202, contentType: 'application/xml', root: `${compute}server`, hasLocation: true },
  },
  // "vnd types are answered as asked": so did the live Nova of vectors/http (accept-31); the one of this recording did not.
  'curl-api-guide-rebuild-vnd.http': {
    because: 'a vnd type is answered as asked',
    instead: {
      status: 202,
      contentType: 'application/vnd.openstack.compute+xml',
      root: `${compute}server`,
      hasLocation: true,
    },
  },
  // Its metadata has the key `kéy`; the recording's Nova took any.
  'cloudcafe-rebuild-all-options.http': {
    because: 'modern clouds take no such key of metadata, and say so',
    instead: {
      status: 400,
      contentType: 'application/xml; charset=UTF-8',
      root: `${compute}badRequest`,
      hasLocation: false,
    },
  },
  'tempest-reboot.http': nothing,
  'tempest-resize.http': nothing,
  'tempest-change-password.http': nothing,
  'powerclient-change-password.http': nothing,
  // The recording's Nova had no such extension: "There is no such action". Clouds have it.
  'fiware-add-floating-ip.http': { ...nothing, because: 'floating IPs are always there' },
  // Legacy Nova's 415. The document is of v1.0, so that its client fares as before: it has no flavorRef.
  'wavemaker-create-v1.0.http': {
    because: 'text/xml is read as XML, and this one names no flavor',
    instead: {
      status: 400,
      contentType: 'application/xml; charset=UTF-8',
      root: `${compute}badRequest`,
      hasLocation: false,
    },
  },
};

/** Parts of recorded documents that are not legacy Nova's, or need not be kept. Each converts a recorded document to the expected form. */
export const documentDeviations: readonly {
  readonly because: string;
  readonly inForm: (document: string) => string;
}[] = [
  {
    // legacy-xml.md 5.1, and vectors/pairs of a live Nova; the recording's Nova was a double that wrote its JSON's text.
    because: 'in XML a time of day follows a space, and has no fraction that is nothing',
    inForm: (document) =>
      document.replace(/(launched_at="\d{4}-\d\d-\d\d)T([\d:]+(?:(?!\.0+")\.\d+)?)(?:\.0+)?"/g, '$1 $2"'),
  },
];

/** Requests to Keystone: the gateway forwards them and their answers unchanged. */
export const outOfScope: Readonly<Record<string, string>> = {
  'java-auth-xml.http': 'a token of Keystone v2.0, asked for in XML',
  'powerclient-tokens-xml.http': 'a token of Keystone v2.0, asked for in JSON, with the suffix .xml',
  'accords-auth.http': 'a token of Keystone v2.0, asked for in XML of an invented namespace',
};
