import { Fault } from '../fault.ts';
import { perMessage } from '../schema/per-message.ts';
import { xmlReader } from '../schema/read/read-xml.ts';
import { xmlComposer } from '../schema/write/write-xml.ts';
import { escapeQuotedText, makeWritable } from '../xml/escape.ts';
import { MalformedXml } from '../xml/malformed-xml.ts';
import { parseXml } from '../xml/parse.ts';
import { scanXml, type ScannedElement } from '../xml/scan/scan.ts';
import type { Codec, ParsedBody } from './codec.ts';

const reader = perMessage((message) => xmlReader(message.content));
const composer = perMessage(xmlComposer);
const compose: Codec['compose'] = (message) => composer(message)();

const faultNamespace = 'http://docs.openstack.org/compute/api/v1.1';

/** The codec of the legacy API's XML. */
export const xml: Codec = {
  open: (body) => {
    if (body.length === 0) throw Fault.malformed('it is empty');
    const root = parse(body);
    const readAs: ParsedBody['readAs'] = (message, reading) => {
      if (message.isRootless === true) return reader(message)(parentOf(root), '', reading);
      if (root.name !== message.root) throw Fault.otherRoot(message);
      return reader(message)(root, message.isBare === true ? '' : message.root, reading);
    };
    return { action: () => root.name, readAs };
  },
  compose,
  // As in legacy Nova: no declaration, the namespace after the code, and quotes escaped in text too.
  writeFault: (fault) => {
    const { title, status, documentedRetryAfter: retryAfter } = fault;
    const retry = retryAfter === undefined ? '' : `<retryAfter>${escapeFault(retryAfter)}</retryAfter>`;
    return `<${title} code="${status}" xmlns="${faultNamespace}"><message>${escapeFault(fault.message)}</message>${retry}</${title}>`;
  },
};

/** Wrap the root in an element, for a message whose root is an entry of a map. */
function parentOf(child: ScannedElement): ScannedElement {
  return { name: '', prefix: '', attributes: [], children: [child], text: '' };
}

function parse(body: Buffer): ScannedElement {
  try {
    // Only the strict parser decides about a document that is not plain.
    return scanXml(body) ?? parseXml(body);
  } catch (error) {
    if (error instanceof MalformedXml) throw Fault.malformed(error.message);
    throw error;
  }
}

const escapeFault = (text: string): string => escapeQuotedText(makeWritable(text));
