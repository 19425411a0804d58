import { METHODS } from 'node:http';
import type { TestRequest } from '../support/http.ts';

/** The header field that names the status with which the cloud answers a strange request. */
export const statusHeader = 'x-strange-status';

/** Words that nobody has seen before, each kept. */
export interface Words {
  readonly all: readonly string[];
  readonly next: () => string;
  readonly random: () => number;
}

/** Words from random numbers. */
export function createWords(random: () => number): Words {
  const all: string[] = [];
  const next = (): string => {
    const word = `w${Array.from({ length: 3 }, () => Math.floor(random() * 2 ** 32).toString(36)).join('')}`;
    all.push(word);
    return word;
  };
  return { all, next, random };
}

type Shape = (words: Words) => TestRequest;

const image = '70a599e0-31e7-49b7-b260-868f441e862b';
/** Those that send no body on a road of their own. */
const methods = METHODS.filter((method) => !['CONNECT', 'HEAD', 'GET', 'POST', 'PUT', 'DELETE'].includes(method));

/** One of some, by chance. */
function oneOf<T>(some: readonly T[], { random }: Words, fallback: T): T {
  return some[Math.floor(random() * some.length)] ?? fallback;
}

function headersOf(words: Words, status: number, more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    'X-Auth-Token': words.next(),
    'X-OpenStack-Request-ID': words.next(),
    'User-Agent': words.next(),
    [words.next()]: words.next(),
    [statusHeader]: String(status),
    ...more,
  };
}

const xml = { 'Content-Type': 'application/xml' };
const json = { 'Content-Type': 'application/json' };
const action = (words: Words): string => `/v2/${words.next()}/servers/${words.next()}/action`;

/** Strange requests, each with its own operation, media types, version and class of status. */
export const strangeShapes: readonly Shape[] = [
  (words) => ({ method: 'GET', path: `/${words.next()}/${words.next()}`, headers: headersOf(words, 200) }),
  (words) => ({ method: 'GET', path: `/v3/${words.next()}`, headers: headersOf(words, 200) }),
  (words) => ({ method: 'GET', path: `/v2.99/${words.next()}?${words.next()}`, headers: headersOf(words, 404) }),
  (words) => ({ method: 'GET', path: `/v1.1/${words.next()}/${words.next()}`, headers: headersOf(words, 203) }),
  (words) => ({ method: 'GET', path: `/v2/${words.next()}/${words.next()}.xml`, headers: headersOf(words, 500) }),
  (words) => ({
    method: oneOf(methods, words, 'PATCH'),
    path: `/v2.1/${words.next()}/servers/${words.next()}`,
    headers: headersOf(words, 207),
  }),
  (words) => ({
    method: 'GET',
    path: `/v2/${words.next()}/servers/${words.next()}`,
    headers: headersOf(words, oneOf([400, 403, 404, 409, 422, 451, 499], words, 400), json),
  }),
  (words) => ({
    method: 'GET',
    path: `/v2/${words.next()}/os-keypairs/${words.next()}.xml`,
    headers: headersOf(words, oneOf([500, 501, 502, 503, 504, 511, 599], words, 500)),
  }),
  (words) => ({
    method: 'DELETE',
    path: `/v2/${words.next()}/servers/${words.next()}`,
    headers: headersOf(words, 204),
  }),
  (words) => ({
    path: action(words),
    headers: headersOf(words, 202, xml),
    body: `<rebuild imageRef="${image}" ${words.next()}="${words.next()}" name="${words.next()}"/>`,
  }),
  (words) => ({
    path: action(words),
    headers: headersOf(words, 202, json),
    body: JSON.stringify({
      rebuild: { imageRef: image, [words.next()]: words.next(), metadata: { [words.next()]: words.next() } },
    }),
  }),
  (words) => ({
    path: action(words),
    headers: headersOf(words, 202, { ...json, Accept: 'application/xml' }),
    body: JSON.stringify({
      rebuild: { imageRef: image, personality: [{ path: `/${words.next()}`, contents: '', [words.next()]: 1 }] },
    }),
  }),
  (words) => ({ path: action(words), headers: headersOf(words, 202, xml), body: `<${words.next()}/>` }),
  (words) => ({
    path: action(words),
    headers: headersOf(words, 202, json),
    body: `{"${words.next()}": {"${words.next()}": 1}}`,
  }),
  (words) => ({ path: action(words), headers: headersOf(words, 202, xml), body: `<rebuild ${words.next()}` }),
  (words) => ({
    path: action(words),
    headers: headersOf(words, 202, { 'Content-Type': `${words.next()}/${words.next()}; ${words.next()}=1` }),
    body: words.next(),
  }),
  (words) => ({
    method: 'GET',
    path: `/v2/${words.next()}/images`,
    headers: headersOf(words, 300, {
      ...json,
      Accept: `${words.next()}/${words.next()};q=0.${Math.floor(words.random() * 10)}`,
    }),
  }),
  (words) => ({
    method: 'PUT',
    path: `/v2/${words.next()}/servers/${words.next()}/metadata/${words.next()}`,
    headers: headersOf(words, 200, xml),
    body: `<meta key="${words.next()}">${words.next()}</meta>`,
  }),
];
