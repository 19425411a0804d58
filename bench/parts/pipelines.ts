import type { Operation } from '../../src/compute/operation.ts';
import { rebuild } from '../../src/compute/operations/rebuild.ts';
import { listServersDetail, showServer } from '../../src/compute/operations/servers.ts';
import { loadConfig } from '../../src/config/load.ts';
import { numbersOf } from '../../src/config/named-settings.ts';
import { documentIn } from '../../src/http/answer/document/resource.ts';
import { writeTaped } from '../../src/http/answer/document/taped-document.ts';
import { codecFor } from '../../src/media/codecs.ts';
import type { MediaType } from '../../src/media/media-type.ts';
import { toDocument } from '../../src/schema/json-document.ts';
import { slicesOf } from '../../src/schema/slices.ts';
import type { Document } from '../../src/schema/write/write-xml.ts';
import { relink } from '../../src/upstream/links.ts';
import { normalize } from '../../src/upstream/normalize.ts';
import { plan } from '../../src/upstream/plan.ts';
import { membersOf } from '../../src/upstream/profile.ts';
import { profiles } from '../../src/upstream/profiles/profiles.ts';
import { listBody, rebuildJson, rebuildXml, rebuildBody, showBody, type Size } from '../workloads/documents.ts';
import type { Pipeline, Stage } from './pipeline.ts';

const maximumCharacters = '4194304';
const config = loadConfig({
  GATEWAY_UPSTREAM_URL: 'http://cloud.example.com',
  GATEWAY_UPSTREAM_PROFILE: 'nova',
  GATEWAY_PERSONALITY_MAX_CONTENTS_CHARACTERS: maximumCharacters,
});
const limits = numbersOf(config);
const table = membersOf(profiles.nova(config), rebuild);
const base = { publicUrl: 'http://gateway.example.com:8774', version: 'v2', cloudPath: '' };

/** Prepare the steps of a request, in the order of src/http/translate/translate.ts. */
function requestPipeline(name: string, type: MediaType, text: string): Pipeline {
  const body = Buffer.from(text);
  const message = rebuild.request;
  const open = () => codecFor(type).open(body);
  const opened = open();
  const read = () => opened.readAs(message, { limits, unknown: [], passedOver: [], keepUnknown: false });
  const value = read();
  const normalizeContent = () => normalize(plan(value, table, undefined, message.root), {});
  const { content } = normalizeContent();
  const print = () => Buffer.from(JSON.stringify(toDocument(message, content)));
  return {
    name: `${name}, ${body.length} bytes`,
    stages: [
      { name: 'check and parse', run: open },
      { name: 'read', run: read },
      { name: 'plan and normalize', run: normalizeContent },
      { name: 'print JSON', run: print },
      {
        name: 'all of it',
        run: () => {
          const found = codecFor(type)
            .open(body)
            .readAs(message, { limits, unknown: [], passedOver: [], keepUnknown: false });
          const normalized = normalize(plan(found, table, undefined, message.root), {});
          return Buffer.from(JSON.stringify(toDocument(message, normalized.content)));
        },
      },
    ],
  };
}

/** Prepare the steps of a response, in the order of src/http/translate/answer.ts. */
function answerPipeline(name: string, operation: Operation, text: string): Pipeline {
  const body = Buffer.from(text);
  const parse = () => {
    // A long list is read in slices otherwise; here each step is measured alone.
    const found = documentIn(body, operation);
    if (found === undefined) throw new TypeError(`${operation.name} has no response body`);
    return found;
  };
  const { message, content } = parse();
  const write = (type: MediaType): Stage['run'] => {
    const codec = codecFor(type);
    return () => {
      const composer = codec.compose(message);
      const pieces: Document[] = [];
      for (const { value, isLast } of slicesOf(message, content)) {
        if (isLast) pieces.push(composer.end(value).document);
        else composer.add(value);
      }
      return pieces;
    };
  };
  const taped = (type: MediaType): Stage['run'] => {
    const form = { type, keepAll: false, links: base };
    return () => writeTaped(message, body, form, false, { timeSliceMs: Infinity });
  };
  return {
    name: `${name}, ${body.length} bytes`,
    stages: [
      { name: 'parse JSON and check its form', run: parse },
      { name: 'point links at the gateway', run: () => relink(content, base) },
      { name: 'write XML', run: write('application/xml') },
      { name: 'write JSON', run: write('application/json') },
      { name: 'all of it in XML, from a tape', run: taped('application/xml') },
      { name: 'all of it in JSON, from a tape', run: taped('application/json') },
    ],
  };
}

/** Prepare all pipelines that are measured. */
export function pipelines(): Pipeline[] {
  const sizes: readonly Size[] = ['1 KiB', '64 KiB', '1 MiB'];
  return [
    ...sizes.map((size) =>
      requestPipeline(`rebuild in XML, ${size} of personality`, 'application/xml', rebuildXml(size)),
    ),
    ...sizes.map((size) =>
      requestPipeline(`rebuild in JSON, ${size} of personality`, 'application/json', rebuildJson(size)),
    ),
    answerPipeline('rebuilt server', rebuild, rebuildBody),
    answerPipeline('server', showServer, showBody),
    answerPipeline('list of 100 servers', listServersDetail, listBody(100)),
    answerPipeline('list of 1000 servers', listServersDetail, listBody(1000)),
  ];
}
