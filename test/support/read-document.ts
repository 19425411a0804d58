import { parseXml } from '../../src/xml/parse.ts';

/** The root of an answer's document, and the message of a fault. */
export interface DocumentHead {
  /** The local name of the root, or of the only member; '' where there is no document. */
  readonly root: string;
  /** The namespace of an XML root. */
  readonly namespace: string;
  readonly message: string;
  readonly retryAfter: string;
}

const none: DocumentHead = { root: '', namespace: '', message: '', retryAfter: '' };

/** Read a document by its own Content-Type: XML strictly, JSON, or nothing for any other type. */
export function readDocument(contentType: string | undefined, body: string): DocumentHead {
  if (/[/+]xml\b/.test(contentType ?? '')) return readXml(body);
  if (/[/+]json\b/.test(contentType ?? '')) return readJson(body);
  return none;
}

function readXml(body: string): DocumentHead {
  const root = parseXml(Buffer.from(body));
  const textOf = (name: string): string => root.children.find((child) => child.name === name)?.text ?? '';
  const namespace = /\sxmlns="([^"]*)"/.exec(body)?.[1] ?? '';
  return { root: root.name, namespace, message: textOf('message'), retryAfter: textOf('retryAfter') };
}

function readJson(body: string): DocumentHead {
  const [entry] = Object.entries(JSON.parse(body) as Record<string, Record<string, unknown>>);
  if (entry === undefined) return none;
  const [root, content] = entry;
  const textOf = (name: string): string => (typeof content[name] === 'string' ? content[name] : '');
  return { root, namespace: '', message: textOf('message'), retryAfter: textOf('retryAfter') };
}
