import type { TestRequest } from '../../support/http.ts';
import type { Trouble } from './soak-cloud.ts';

/** One exchange of a soak, and the statuses that its caller may see. */
export interface SoakCall {
  readonly request: TestRequest;
  readonly trouble: Trouble;
  readonly isForwarded: boolean;
  /** Whether the caller goes away before the answer. */
  readonly hangsUp: boolean;
  readonly allowed: readonly number[];
}

interface Kind {
  readonly request: TestRequest;
  readonly weight: number;
  readonly status: number;
  readonly isForwarded?: true;
  /** Whether the gateway answers it itself. */
  readonly isRefused?: true;
}

const project = '7459f9935ed2422eb9800fea1d4d9378';
const server = 'ea681a24-9b24-4f49-98ef-8e1f73acf19e';
const image = '70a599e0-31e7-49b7-b260-868f441e862b';
const token = { 'X-Auth-Token': 'a token' };
const xml = { ...token, 'Content-Type': 'application/xml' };
const json = { ...token, 'Content-Type': 'application/json' };
const file = `<personality><file path="/etc/motd">${Buffer.alloc(2000, 'hello ').toString('base64')}</file></personality>`;
const action = `/servers/${server}/action`;

const kinds: readonly Kind[] = [
  { weight: 10, status: 200, request: { method: 'GET', path: `/v1.1/${project}/servers/detail.xml`, headers: token } },
  { weight: 10, status: 200, request: { method: 'GET', path: `/v2/${project}/servers/detail`, headers: token } },
  {
    weight: 10,
    status: 202,
    request: {
      path: `/v1.1/${project}/servers`,
      headers: xml,
      body: `<server name="n" imageRef="${image}" flavorRef="1" adminPass="p"><metadata><meta key="k">v</meta></metadata>${file}</server>`,
    },
  },
  {
    weight: 10,
    status: 202,
    // The server is read first.
    request: {
      path: `/v1.1/${project}${action}`,
      headers: xml,
      body: `<rebuild imageRef="${image}">${file}</rebuild>`,
    },
  },
  {
    weight: 10,
    status: 202,
    request: {
      path: `/v2/${project}${action}`,
      headers: json,
      body: JSON.stringify({ rebuild: { imageRef: image, accessIPv4: '1.2.3.4', unknown: [1.0] } }),
    },
  },
  { weight: 5, status: 202, request: { path: `/v2/${project}${action}`, headers: xml, body: '<reboot type="HARD"/>' } },
  {
    weight: 5,
    status: 200,
    request: {
      method: 'PUT',
      path: `/v2/${project}/servers/${server}/metadata`,
      headers: xml,
      body: '<metadata><meta key="label">web</meta></metadata>',
    },
  },
  { weight: 5, status: 200, request: { method: 'GET', path: `/v2/${project}/os-keypairs.xml`, headers: token } },
  { weight: 5, status: 204, request: { method: 'DELETE', path: `/v2/${project}/servers/${server}`, headers: xml } },
  { weight: 10, status: 200, isForwarded: true, request: { method: 'GET', path: '/v2.1/os-gadgets', headers: json } },
  {
    weight: 5,
    status: 202,
    isForwarded: true,
    request: { path: '/v2.1/os-gadgets', headers: json, body: Buffer.alloc(20_000, 'x') },
  },
  { weight: 2, status: 400, isRefused: true, request: { path: `/v2/${project}/servers`, headers: xml, body: '<ser' } },
  {
    weight: 1,
    status: 413,
    isRefused: true,
    request: { path: `/v2/${project}/servers`, headers: xml, body: 'x'.repeat(150_000) },
  },
  {
    weight: 2,
    status: 415,
    isRefused: true,
    request: { path: `/v2/${project}/servers`, headers: { ...token, 'Content-Type': 'text/plain' }, body: 'a' },
  },
];
const lots = kinds.flatMap((kind) => Array.from({ length: kind.weight }, () => kind));

/** The number of exchanges with each failure, of a hundred. */
const troubles: readonly (readonly [Trouble, number])[] = [
  ['refusal', 3],
  ['failure', 2],
  ['reset', 2],
  ['cut-off', 2],
  ['nonsense', 1],
  ['silence', 0.3],
  ['slowness', 3],
];
const hangUps = 2;

/** The statuses of a trouble: 502, 503 or 504 where it is of the transport, and what a reading beforehand makes of it. */
const statuses: Readonly<Record<Trouble, readonly number[]>> = {
  none: [],
  slowness: [],
  refusal: [409],
  failure: [500, 503],
  reset: [503, 504],
  'cut-off': [502, 503],
  nonsense: [502, 503, 200, 202, 204],
  silence: [503, 504],
};

/** Numbers from 0 to 1, the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The next exchange of a soak; of a calibration nothing goes wrong. */
export function nextCall(random: () => number, withTroubles: boolean): SoakCall {
  const { request, status, isForwarded = false, isRefused } = lots[Math.floor(random() * lots.length)] as Kind;
  const trouble = withTroubles && isRefused !== true ? drawn(random() * 100) : 'none';
  const hangsUp = withTroubles && random() * 100 < hangUps;
  return {
    request,
    trouble,
    isForwarded,
    hangsUp,
    allowed: [...statuses[trouble], ...(statuses[trouble].length === 0 ? [status] : [])],
  };
}

function drawn(point: number): Trouble {
  let end = 0;
  for (const [trouble, share] of troubles) {
    end += share;
    if (point < end) return trouble;
  }
  return 'none';
}
