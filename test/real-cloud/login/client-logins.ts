import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { noRecordings, recordedFile } from '../../support/vectors.ts';

/** The parts of a login that differ from cloud to cloud. */
export interface LoginParts {
  readonly host: string;
  readonly user: string;
  readonly password: string;
  readonly project: string;
  readonly projectId: string;
  readonly token: string;
}

/** A login as a client sends it. */
export interface ClientLogin {
  readonly client: string;
  /** Its first line: method and path. */
  readonly start: string;
  /** The name of what the client needs of the answer; undefined for a recorded client that is not in the list. */
  readonly needs: string | undefined;
  /** Fill the parts in, each in the form that the client has it. */
  readonly bytes: (parts: LoginParts) => Buffer;
}

/** The logins of client-logins.txt. */
export function clientLogins(): readonly ClientLogin[] {
  const [, ...blocks] = readFileSync(join(import.meta.dirname, 'client-logins.txt'), 'utf8').split('\n=== ');
  return blocks.map((block) => {
    const [title = '', ...request] = block.trimEnd().split('\n');
    const [, client = '', needs] = /^(.+) \((\w+)\)$/.exec(title) ?? [];
    const [head = '', body = ''] = request.join('\n').split(/\n\n(.*)/s);
    const lines = head.split('\n');
    return { client, start: lines[0] ?? '', needs, bytes: (parts) => requestBytes(lines, body, parts) };
  });
}

/** The recorded logins beside the project, byte for byte, with another account; empty if the recordings are missing. */
export function recordedLogins(): readonly ClientLogin[] {
  if (noRecordings !== false) return [];
  const copies = clientLogins();
  const manifest = JSON.parse(recordedFile('requests/login/manifest.json').toString('utf8')) as readonly {
    readonly file: string;
    readonly client: string;
  }[];
  return manifest.map(({ file, client }) => {
    const [head = '', body = ''] = recordedFile(`requests/login/${file}`)
      .toString('utf8')
      .split(/\r\n\r\n(.*)/s);
    const lines = head.split('\r\n').map(withParts);
    const text = withParts(body);
    const bytes: ClientLogin['bytes'] = (parts) => requestBytes(lines, text, parts);
    const same = copies.find((copy) => copy.bytes(placeholders).equals(bytes(placeholders)));
    const [brand = ''] = client.split(' ');
    const similar = copies.find((copy) => copy.client.startsWith(brand) && copy.start === lines[0]);
    return { client: file, start: lines[0] ?? '', needs: (same ?? similar)?.needs, bytes };
  });
}

const placeholders: LoginParts = {
  host: '{host}',
  user: '{user}',
  password: '{password}',
  project: '{project}',
  projectId: '{projectId}',
  token: '{token}',
};

/** The account of the recordings, and the places at which a request has each part of it. */
const recordedParts: readonly (readonly [RegExp, string])[] = [
  [/^Host: .*/i, 'Host: {host}'],
  [/^(Content-Length: )[1-9]\d*$/i, '$1{length}'],
  [/^(X-Auth-User: )demo$/i, '$1{user}'],
  [/^(X-Auth-Key: )secret$/i, '$1{password}'],
  [/^(X-Auth-Project-Id: )demo$/i, '$1{project}'],
  [/tok-harness-0123456789abcdef0123/, '{token}'],
  [/7459f9935ed2422eb9800fea1d4d9378/, '{projectId}'],
  [/(tenantName"?[:=] ?")demo"/, '$1{project}"'],
  [/((?:username|accessKey)"?[:=] ?")demo"/i, '$1{user}"'],
  [/"secret"/, '"{password}"'],
];

function withParts(text: string): string {
  return recordedParts.reduce((result, [pattern, part]) => result.replace(pattern, part), text);
}

function requestBytes(lines: readonly string[], body: string, parts: LoginParts): Buffer {
  const filled = fill(body, { ...parts });
  const length = String(Buffer.byteLength(filled));
  return Buffer.from(`${fill(lines.join('\r\n'), { ...parts, length })}\r\n\r\n${filled}`);
}

function fill(text: string, parts: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole);
}
