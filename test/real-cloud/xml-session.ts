import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { Operation } from '../../src/compute/operation.ts';
import { operations } from '../../src/compute/operations/operations.ts';
import { deleteServer, showServer } from '../../src/compute/operations/servers.ts';
import type { Infer } from '../../src/schema/infer.ts';
import { xmlReader } from '../../src/schema/read/read-xml.ts';
import type { Message, Shape } from '../../src/schema/shapes.ts';
import type { XmlElement } from '../../src/xml/element.ts';
import { parseXml } from '../../src/xml/parse.ts';
import type { TestGateway } from '../support/gateway.ts';
import { call, type TestAnswer } from '../support/http.ts';
import type { RealCloud } from './start-real-cloud.ts';

const patience = 60_000;
const compute = 'http://docs.openstack.org/compute/api/v1.1';
const declaration = "<?xml version='1.0' encoding='UTF-8'?>\n";

/** The content of an operation's answer, by its description, without the nulls of the cloud, which XML writes as None. */
type Told<O extends Operation> = O extends { readonly answer: { readonly content: infer S extends Shape } }
  ? Infer<S>
  : undefined;

/** An answer that kept every promise of the legacy API. */
export interface Answered<T> {
  readonly content: T;
  /** The document, as it was sent; '' for none. */
  readonly document: string;
  readonly location: string | undefined;
}

/** The parts that a caller may add to a request. */
export interface Asking {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The expected Gateway-Translation; if undefined, the answer must have neither that field nor a warning. */
  readonly notes?: string;
}

/** A client of 2012 with a token in its configuration: XML in, XML out, and everything that comes back is checked. */
export interface XmlSession {
  readonly cloud: RealCloud;
  readonly gateway: TestGateway;
  /** The same client with another version or token. */
  as(other: { readonly version?: 'v1.1' | 'v2'; readonly token?: string }): XmlSession;
  /** Sends an operation's request below the project, and reads its answer by its description. */
  ask<const O extends Operation>(operation: O, path: string, asking?: Asking): Promise<Answered<Told<O>>>;
  /** Send a request that must be refused with a legacy fault of this status and root, and return its message. */
  refused(
    operation: Pick<Operation, 'method'>,
    path: string,
    status: number,
    root: string,
    body?: string,
  ): Promise<string>;
  /** Follows a link of an answer. */
  follow<const O extends Operation>(operation: O, link: string): Promise<Answered<Told<O>>>;
  /** Asks for the server until it has the status, and no task any more. */
  until(server: string, status: string): Promise<Told<typeof showServer>>;
  /** Delete a server, and poll it until it has gone. */
  remove(server: string): Promise<void>;
}

type Described = (typeof operations)[number];

/** The operation of a name, such as the name of an action. */
export function named<const Name extends Described['name']>(name: Name): Extract<Described, { name: Name }> {
  const found = operations.find((operation) => operation.name === name);
  assert.ok(found, name);
  // Names are unique.
  return found as Extract<Described, { name: Name }>;
}

/** Open a session on v2 with the member's token, unless told otherwise. */
export function openSession(gateway: TestGateway, cloud: RealCloud, version = 'v2', token?: string): XmlSession {
  const base = `/${version}/${cloud.projectId}/`;
  const links = { self: `${gateway.url}${base}`, bookmark: `${gateway.url}/${cloud.projectId}/` };

  const send = ({ method }: Pick<Operation, 'method'>, path: string, { body, headers }: Asking): Promise<TestAnswer> =>
    call(gateway.url, {
      method,
      path,
      headers: {
        'X-Auth-Token': token ?? cloud.tokens.member,
        Accept: 'application/xml',
        ...(body !== undefined && { 'Content-Type': 'application/xml' }),
        ...headers,
      },
      ...(body !== undefined && { body }),
    });

  async function askAt<const O extends Operation>(
    operation: O,
    path: string,
    asking: Asking = {},
  ): Promise<Answered<Told<O>>> {
    const answer = await send(operation, path, asking);
    const { status, headers, body } = answer;
    assert.equal(status, operation.status, `${operation.name}: ${body}`);
    assertHeaders(answer, asking.notes);
    const { location } = headers;
    if (operation.location !== undefined) assert.ok(location?.startsWith(links.self), `Location: ${location}`);
    else assert.equal(location, undefined);
    if (operation.answer === undefined) {
      assert.deepEqual([body, headers['content-type']], ['', undefined], 'nothing is answered');
      return { content: undefined as Told<O>, document: '', location };
    }
    assert.equal(headers['content-type'], 'application/xml');
    assert.ok(!body.includes(cloud.endpoint), 'nothing names the cloud');
    const root = parseXml(Buffer.from(body));
    assertLinks(root, links);
    return { content: readAnswer(operation.answer, root, body) as Told<O>, document: body, location };
  }

  return {
    cloud,
    gateway,
    as: (other) => openSession(gateway, cloud, other.version ?? version, other.token ?? token),
    ask: (operation, path, asking) => askAt(operation, base + path, asking),
    follow: (operation, link) => {
      assert.ok(link.startsWith(links.self), link);
      return askAt(operation, link.slice(gateway.url.length));
    },
    refused: async (operation, path, status, root, body) => {
      const answer = await send(operation, base + path, body === undefined ? {} : { body });
      return readFault(answer, status, root);
    },
    until: async (server, status) => {
      for (const pause of pauses(`${status} in time`)) {
        await pause();
        const { content, document } = await askAt(showServer, `${base}servers/${server}`);
        if (content.status === status && document.includes(':task_state="None"')) return content;
        if (status !== 'ERROR') assert.notEqual(content.status, 'ERROR', document);
      }
      return assert.fail();
    },
    remove: async (server) => {
      const path = `${base}servers/${server}`;
      await askAt(deleteServer, path);
      for (const pause of pauses('gone in time')) {
        await pause();
        const answer = await send(showServer, path, {});
        if (answer.status === 200) continue;
        readFault(answer, 404, 'itemNotFound');
        return;
      }
    },
  };
}

/** Yield the pauses between attempts to observe a slow change. @throws an assertion error when the patience has ended */
export function* pauses(hope: string): Generator<() => Promise<void>> {
  const deadline = Date.now() + patience;
  yield () => Promise.resolve();
  for (;;) {
    assert.ok(Date.now() < deadline, hope);
    yield () => delay(100);
  }
}

/** The message of a legacy fault in XML, with exactly its form; a quota's says when to try again, and names no charset. */
function readFault({ status, headers, body }: TestAnswer, expected: number, root: string): string {
  assert.equal(status, expected, body);
  assert.ok(body.startsWith(`<${root} code="${expected}" xmlns="${compute}"><message>`), body);
  const [message, ...others] = parseXml(Buffer.from(body)).children;
  const retryAfter = headers['retry-after'];
  assert.equal(headers['content-type'], `application/xml${retryAfter === undefined ? '; charset=UTF-8' : ''}`, body);
  assert.deepEqual(
    others.map(({ name, text }) => [name, text]),
    retryAfter === undefined ? [] : [['retryAfter', retryAfter]],
  );
  const text = message?.text ?? '';
  assert.match(text, /\w/);
  assert.doesNotMatch(text, /<(?:html|br|title)/i);
  return text;
}

function assertHeaders({ headers }: TestAnswer, notes: string | undefined): void {
  assert.match(headers['x-compute-request-id'] ?? '', /^req-[0-9a-f-]{36}$/);
  assert.equal(headers['gateway-translation'], notes);
  assert.equal(headers['warning'] === undefined, notes === undefined, 'a warning for each note');
  for (const name of ['openstack-api-version', 'x-openstack-nova-api-version'])
    assert.equal(headers[name], undefined, 'a client of 2012 knows no microversions');
}

/** Read a document. Its root and declaration must be those of the message, and the description must name all of its members. */
function readAnswer(message: Message, root: XmlElement, document: string): unknown {
  assert.deepEqual([root.prefix, root.name], ['', message.root]);
  assert.equal(document.startsWith(declaration), message.isUndeclared !== true, document.slice(0, 80));
  const namespace = / xmlns="([^"]*)"/.exec(document.slice(0, document.indexOf('>', declaration.length)))?.[1];
  assert.equal(namespace, message.namespaces['']);
  const reading = { limits: new Map<string, number>(), unknown: [], passedOver: [], keepUnknown: false };
  const content = xmlReader(message.content)(withoutNulls(root), message.root, reading);
  assert.deepEqual(reading.unknown, [], 'the document has nothing that its description has not');
  return content;
}

/** A document without what was null in JSON: the text None is no number and no time. */
function withoutNulls(element: XmlElement): XmlElement {
  return {
    ...element,
    attributes: element.attributes.filter(({ value }) => value !== 'None'),
    children: element.children.filter(({ text }) => text !== 'None').map(withoutNulls),
  };
}

/** Every link is to the gateway in the caller's version, but those to the image service, and names its relation. */
function assertLinks(element: XmlElement, bases: { readonly self: string; readonly bookmark: string }): void {
  if (element.prefix === 'atom') {
    const { href = '', rel } = attributesOf(element);
    assert.ok(['self', 'bookmark', 'next', 'alternate'].includes(rel ?? ''), `rel="${rel}"`);
    if (rel !== 'alternate') assert.ok(href.startsWith(rel === 'bookmark' ? bases.bookmark : bases.self), href);
  }
  element.children.forEach((child) => assertLinks(child, bases));
}

function attributesOf({ attributes }: XmlElement): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(attributes.map(({ name, value }) => [name, value]));
}
