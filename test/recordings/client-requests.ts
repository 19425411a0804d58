import { operations } from '../../src/compute/operations/operations.ts';
import type { Operation } from '../../src/compute/operation.ts';
import { createRouter } from '../../src/http/translate/router.ts';
import { readAnswer, type RawAnswer } from '../support/raw-exchange.ts';
import { noRecordings, recordedFile } from '../support/vectors.ts';

/** A request of a real client, as the recordings' manifest lists it, and what legacy Nova answered. */
export interface ClientRequest {
  readonly file: string;
  readonly client: string;
  /** The whole request, as it was sent. */
  readonly bytes: Buffer;
  readonly method: string;
  readonly path: string;
  /** The client's Host. */
  readonly host: string;
  readonly recorded: RawAnswer;
  /** The operation of the request; undefined if none describes it. */
  readonly operation: Operation | undefined;
}

/** The requests of real clients, in the order of their manifest; empty if the recordings are missing. */
export function clientRequests(): readonly ClientRequest[] {
  if (noRecordings !== false) return [];
  const manifest = JSON.parse(recordedFile('requests/manifest.json').toString('utf8')) as readonly {
    readonly file: string;
    readonly client: string;
  }[];
  return manifest.map(({ file, client }) => {
    const bytes = recordedFile(`requests/${file}`);
    const text = bytes.toString('utf8');
    const [method = '', path = ''] = text.split(' ', 2);
    const host = /^Host: *(\S+)/im.exec(text)?.[1] ?? '';
    const recorded = readAnswer(recordedFile(`requests/${file.replace(/\.http$/, '.answer.http')}`).toString('utf8'));
    return { file, client, bytes, method, path, host, recorded, operation: operationOf(method, path, text) };
  });
}

const router = createRouter(operations);

/** A body may be chunked: its operation is the one whose root it names; one without a body is of the first. */
function operationOf(method: string, path: string, text: string): Operation | undefined {
  const { operations: described = [] } = router(method, path) ?? {};
  if (described.length < 2) return described[0];
  return described.find(({ request }) => request !== undefined && text.includes(`<${request.root}`)) ?? described[0];
}
