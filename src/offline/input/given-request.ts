/** A request as a file shows it. */
export interface GivenRequest {
  /** The place in the file, such as `line 3` or `entry 2`. */
  readonly place: string;
  readonly method: string;
  /** The target as written; it may be a whole URL. */
  readonly target: string;
  /** The header fields in their order, without those that do not end a line, such as pseudo-fields of HTTP/2. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
}

/** Find the value of the first header field of a name. */
export function givenField({ headers }: Pick<GivenRequest, 'headers'>, name: string): string | undefined {
  return headers.find(([each]) => each.toLowerCase() === name)?.[1];
}

/** Fields that belong to one connection, or that follow from the rest; they are written anew for the offline server. */
const ofConnection: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'content-length', 'transfer-encoding']);

/** The expectation that node would answer before the request: the body is here already. */
const continuing = /^\s*100-continue\s*$/i;

/** The Host of a request that has none and whose target is no URL. */
const unknownHost = 'localhost';

/** The origin of a URL. A client sends what follows it as the target, and its host in Host. */
const origin = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i;

/** Write a request as on the wire, with its body whole, for a connection that it closes. */
export function wireOf(given: GivenRequest): Buffer {
  const { method, target, headers } = given;
  const [beginning = '', authority = unknownHost] = origin.exec(target) ?? [];
  const { fields, body } = framed(given);
  const head = [
    `${method} ${target.slice(beginning.length).replace(/^(?!\/|\*$)/, '/')} HTTP/1.1`,
    ...(givenField(given, 'host') === undefined ? [`Host: ${authority}`] : []),
    ...headers.filter(isOwn).map(([name, value]) => `${name}: ${value}`),
    ...fields,
    'Connection: close',
  ];
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), body]);
}

function isOwn([name, value]: readonly [string, string]): boolean {
  const lower = name.toLowerCase();
  return !ofConnection.has(lower) && !(lower === 'expect' && continuing.test(value));
}

/** Frame a body as its client did: in chunks, here one, or with its length. */
function framed(given: GivenRequest): { readonly fields: readonly string[]; readonly body: Buffer } {
  const { body } = given;
  const coding = givenField(given, 'transfer-encoding');
  if (coding !== undefined && body.length > 0) {
    const chunks = [Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')];
    return { fields: [`Transfer-Encoding: ${coding}`], body: Buffer.concat(chunks) };
  }
  const isFramed = body.length > 0 || givenField(given, 'content-length') !== undefined;
  return { fields: isFramed ? [`Content-Length: ${body.length}`] : [], body };
}
