import { imageId, projectId } from '../support/rebuild-call.ts';
import type { Random } from './random.ts';

/** A request with a mark, by which the cloud and the caller recognise it and its answer wherever they appear. */
export interface ChaosCall {
  readonly name: string;
  readonly road: 'translated' | 'forwarded';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly medium: 'xml' | 'json';
  readonly body: string;
  readonly isChunked: boolean;
  /** The answer of a cloud that works. */
  readonly answer: { readonly status: number; readonly body: string };
}

interface Shape {
  readonly road: ChaosCall['road'];
  readonly method: ChaosCall['method'];
  readonly path: (mark: string, server: string) => string;
  readonly xml: (mark: string, random: Random) => string;
  readonly json: (mark: string, random: Random) => string;
  readonly answer: (mark: string, server: string) => ChaosCall['answer'];
}

/** The mark of an exchange. */
export const markOf = (number: number): string => `mark-${String(number).padStart(6, '0')}`;
/** The id of the server that an exchange, and no other, is about. */
const serverOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** The numbers of all exchanges whose mark or server is in some bytes. */
export function marksIn(text: string): number[] {
  return [...text.matchAll(/mark-(\d{6})|0000-4000-8000-(\d{12})/g)].map(([, mark, id]) => Number(mark ?? id));
}

const server = (id: string): string => `/v2/${projectId}/servers/${id}`;
const action = (_: string, id: string): string => `/v1.1/${projectId}/servers/${id}/action`;
const shown = (mark: string, id: string): string =>
  JSON.stringify({ server: { id, name: mark, status: 'REBUILD', metadata: {}, addresses: {}, links: [] } });
const accepted = { status: 202, body: '' };
const padding = (random: Random): string => 'x'.repeat(random.between(0, 1) * random.between(1, 200_000));
const gadgetBody = (mark: string, random: Random): string => JSON.stringify({ gadget: mark, text: padding(random) });
const gadget = (mark: string): ChaosCall['answer'] => ({
  status: 200,
  body: JSON.stringify({ gadget: { name: mark, text: 'y'.repeat(12_000) } }),
});

const shapes: Readonly<Record<string, Shape>> = {
  rebuild: {
    road: 'translated',
    method: 'POST',
    path: action,
    xml: (mark) => `<rebuild imageRef="${imageId}" name="${mark}"/>`,
    json: (mark) => JSON.stringify({ rebuild: { imageRef: imageId, name: mark } }),
    answer: (mark, id) => ({ status: 202, body: shown(mark, id) }),
  },
  'rebuild with a file': {
    road: 'translated',
    method: 'POST',
    path: action,
    xml: (mark) =>
      `<rebuild imageRef="${imageId}" name="${mark}"><personality><file path="/a">aGVsbG8=</file></personality></rebuild>`,
    json: (mark) =>
      JSON.stringify({
        rebuild: { imageRef: imageId, name: mark, personality: [{ path: '/a', contents: 'aGVsbG8=' }] },
      }),
    answer: (mark, id) => ({ status: 202, body: shown(mark, id) }),
  },
  create: {
    road: 'translated',
    method: 'POST',
    path: () => `/v2/${projectId}/servers`,
    xml: (mark) => `<server name="${mark}" imageRef="${imageId}" flavorRef="1"/>`,
    json: (mark) => JSON.stringify({ server: { name: mark, imageRef: imageId, flavorRef: '1' } }),
    answer: (mark, id) => ({ status: 202, body: JSON.stringify({ server: { id, adminPass: mark, links: [] } }) }),
  },
  delete: {
    road: 'translated',
    method: 'DELETE',
    path: (_, id) => server(id),
    xml: () => '',
    json: () => '',
    answer: () => ({ status: 204, body: '' }),
  },
  reboot: {
    road: 'translated',
    method: 'POST',
    path: action,
    xml: () => '<reboot type="SOFT"/>',
    json: () => '{"reboot": {"type": "SOFT"}}',
    answer: () => accepted,
  },
  metadata: {
    road: 'translated',
    method: 'PUT',
    path: (_, id) => `${server(id)}/metadata`,
    xml: (mark) => `<metadata><meta key="k">${mark}</meta></metadata>`,
    json: (mark) => JSON.stringify({ metadata: { k: mark } }),
    answer: (mark) => ({ status: 200, body: JSON.stringify({ metadata: { k: mark } }) }),
  },
  'forwarded POST': {
    road: 'forwarded',
    method: 'POST',
    path: (mark) => `/v1.1/p/os-gadgets?name=${mark}`,
    // XML that nothing describes is refused; a caller of XML may send JSON.
    xml: gadgetBody,
    json: gadgetBody,
    answer: gadget,
  },
  'forwarded PUT': {
    road: 'forwarded',
    method: 'PUT',
    path: (mark) => `/v2/p/os-gadgets/${mark}`,
    // XML that nothing describes is refused; a caller of XML may send JSON.
    xml: gadgetBody,
    json: gadgetBody,
    answer: gadget,
  },
  'forwarded DELETE': {
    road: 'forwarded',
    method: 'DELETE',
    path: (mark) => `/v2/p/os-gadgets/${mark}`,
    xml: () => '',
    json: () => '',
    answer: () => ({ status: 204, body: '' }),
  },
  'forwarded GET': {
    road: 'forwarded',
    method: 'GET',
    path: (mark) => `/v2/p/os-gadgets/${mark}`,
    xml: () => '',
    json: () => '',
    answer: gadget,
  },
  // The beginning of the body is read to find the action's name, and must be forwarded with the rest.
  'action that nobody describes': {
    road: 'forwarded',
    method: 'POST',
    path: action,
    xml: (mark, random) => JSON.stringify({ frobnicate: { name: mark, text: padding(random) } }),
    json: (mark, random) => JSON.stringify({ frobnicate: { name: mark, text: padding(random) } }),
    answer: () => accepted,
  },
};

/** The call of an exchange. */
export function callOf(number: number, random: Random): ChaosCall {
  const names = Object.keys(shapes);
  const name = names[random.between(0, names.length - 1)] ?? '';
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`no such call: ${name}`);
  const mark = markOf(number);
  const id = serverOf(number);
  // An action in XML with an unknown name is refused.
  const medium: ChaosCall['medium'] =
    name === 'action that nobody describes' ? 'json' : random.pick(['xml', 'json'] as const);
  const body = shape[medium](mark, random);
  return {
    name,
    road: shape.road,
    method: shape.method,
    path: shape.path(mark, id),
    medium,
    body,
    isChunked: body !== '' && random.next() < 0.25,
    answer: shape.answer(mark, id),
  };
}

/** The bytes of a call. */
export function bytesOf(
  { road, method, path, medium, body, isChunked }: ChaosCall,
  number: number,
  isLast: boolean,
): string {
  const framing = isChunked ? 'Transfer-Encoding: chunked\r\n' : `Content-Length: ${body.length}\r\n`;
  const lines = [
    `${method} ${path} HTTP/1.1\r\nHost: gateway\r\nAccept: application/${medium}\r\nX-Mark: ${markOf(number)}\r\n`,
    body === '' ? '' : `Content-Type: application/${road === 'forwarded' ? 'json' : medium}\r\n${framing}`,
    isLast ? 'Connection: close\r\n' : '',
  ];
  return `${lines.join('')}\r\n${isChunked ? `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body}`;
}
