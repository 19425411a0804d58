import { after, before, describe, test } from 'node:test';
import { createRandom } from '../promises/random.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { actionPath, plainRebuild, projectId, serverDocument } from '../support/rebuild-call.ts';
import { startScriptedCloud, type ScriptedCloud } from '../support/scripted-cloud.ts';
import { headerFields, jsonContent, targets, xmlContent, xmlTags } from './callers/vocabularies.ts';
import { assertShort, turnsOfTexts, type Kind } from './longest-turn.ts';

/** A longer run: `HOSTILE_TEXTS=2000 HOSTILE_SEED=7`, as for the texts of callers. */
const count = Number(process.env['HOSTILE_TEXTS'] ?? 100);
const seed = Number(process.env['HOSTILE_SEED'] ?? 1);
const mostHeader = 65_536;
const mostBody = 1_048_576;
/** The bytes that the rest of a header needs. */
const margin = 1024;

let cloud: ScriptedCloud;
let gateway: TestGateway;
before(async () => {
  cloud = await startScriptedCloud({ status: 202, body: serverDocument });
  gateway = await startTestGateway(cloud.url, {
    GATEWAY_REQUEST_MAX_BYTES: String(mostBody),
    GATEWAY_REQUEST_MAX_HEADER_BYTES: String(mostHeader),
    GATEWAY_TRUSTED_PROXIES: '127.0.0.1',
  });
});
after(async () => {
  await gateway.stop();
  await cloud.stop();
});

function request(target: string, fields: Readonly<Record<string, string>>, body: Buffer | string = ''): Buffer {
  const bytes = Buffer.from(body);
  const all = { Host: 'a', Connection: 'close', 'Content-Length': String(bytes.length), ...fields };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const method = bytes.length === 0 ? 'GET' : 'POST';
  return Buffer.concat([Buffer.from(`${method} ${target} HTTP/1.1\r\n${head.join('')}\r\n`, 'latin1'), bytes]);
}

const asXml = { 'Content-Type': 'application/xml' };
const asJson = { 'Content-Type': 'application/json' };
const list = `/v2/${projectId}/servers/detail`;

/** A text as the value of a field or as a target: one byte a character, without line ends. */
const onOneLine = (text: string): string => text.replace(/[\r\n\0]|[^\0-\xff]/g, 'x');
const asTarget = (text: string): string => onOneLine(text).replace(/[ \t]/g, '+');

/** The fields that the gateway reads, or passes on. */
const fieldNames = ['Accept', 'Content-Type', 'Prefer', 'Via', 'Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host']
  .concat(['X-Forwarded-Proto', 'X-Forwarded-Prefix', 'X-OpenStack-Nova-API-Version', 'OpenStack-API-Version'])
  .concat(['traceparent', 'tracestate', 'X-OpenStack-Request-ID', 'Accept-Encoding', 'Connection', 'X-Auth-Token']);

const kinds: Readonly<Record<string, Kind>> = {
  'XML in elements': {
    vocabulary: xmlContent,
    most: mostBody,
    write: (text) => request(actionPath, asXml, Buffer.from(text).subarray(0, mostBody)),
  },
  'XML in tags': {
    vocabulary: xmlTags,
    most: mostBody,
    write: (text) => request(actionPath, asXml, Buffer.from(text).subarray(0, mostBody)),
  },
  JSON: {
    vocabulary: jsonContent,
    most: mostBody,
    write: (text) => request(actionPath, asJson, Buffer.from(text).subarray(0, mostBody)),
  },
  'targets with a body in XML': {
    vocabulary: targets,
    most: mostHeader - margin,
    write: (text) => request(asTarget(text), asXml, plainRebuild.xml),
  },
  'targets without a body': {
    vocabulary: targets,
    most: mostHeader - margin,
    write: (text) => request(asTarget(text), { Accept: 'application/xml' }),
  },
  ...Object.fromEntries(
    fieldNames.map((name): [string, Kind] => [
      name,
      {
        vocabulary: headerFields,
        most: mostHeader - margin,
        write: (text) =>
          name === 'Content-Type'
            ? request(actionPath, { [name]: onOneLine(text) }, plainRebuild.xml)
            : request(list, { [name]: onOneLine(text) }),
      },
    ]),
  ),
};

// Holds what the function-level costs do not reach: the ends of paths, fields of proxies, traces, the log, the relay.
describe(`no request holds the event loop (seed ${seed}, ${count} texts of each kind)`, () => {
  for (const [name, kind] of Object.entries(kinds)) {
    test(name, async () => assertShort(await turnsOfTexts(gateway.url, kind, createRandom(seed), count)));
  }
});
