import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Request, Response } from 'express';
import { choicesDocument } from '../compute/resources/version.ts';
import { codecFor } from '../media/codecs.ts';
import { codecOf } from '../media/media-type.ts';
import { isFields } from '../schema/fields.ts';
import { isOfForm } from '../schema/form.ts';
import { fromDocument } from '../schema/json-document.ts';
import type { Config } from '../settings.ts';
import { cloudFault, isLegacyFault, statusFor } from '../upstream/cloud-fault.ts';
import type { CloudAnswer } from '../upstream/cloud-answer.ts';
import { gatewayLink, relink } from '../upstream/links.ts';
import { credentialsOf, pathOf } from './cloud.ts';
import { hopByHopNames } from './headers.ts';
import { noAnswer } from './no-answer.ts';
import { publicUrl } from './public-url.ts';
import { relayHeaders } from './relay.ts';
import { replyTypeOf, sendDocument } from './reply.ts';
import { factsOf } from './route.ts';
import { traceOf } from './trace.ts';

/** The longest fault that is read for its message, in bytes. */
const longestFault = 262_144;

/**
 * Gives an answer of the cloud's to the caller as it comes, but a fault as a legacy fault in the type of the reply, unless
 * it is one already.
 * @throws {Fault} for the cloud's faults
 */
export async function passBack(answer: IncomingMessage, response: Response, config: Config): Promise<void> {
  const { statusCode: status = 502, headers } = answer;
  // Node writes no such status, and throws for it where nobody can catch it.
  if (status < 200) throw noAnswer.broken();
  for (const name of hopByHopNames(headers)) delete headers[name];
  if (typeof headers.location === 'string')
    headers.location = locationFor(headers.location, status, response.req, config);
  if (status >= 400 && response.req.method !== 'HEAD') return passFault(answer, status, response, config);
  if (status === 300 && response.req.method === 'GET') return passChoices(answer, response, config);
  begin(answer, statusFor(status), response);
  // Where the answer itself fails, it is the cloud that broke off, and not a caller that has gone.
  answer.once('error', () => {
    if (!response.destroyed) traceOf(response).fault ??= 'cloud-broke-off';
  });
  await pipeline(answer, response).catch(() => response.destroy());
}

/** What a reason phrase may hold. */
const printable = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The head of the answer, as the cloud wrote it. */
function begin({ headers, statusMessage }: IncomingMessage, status: number, response: Response): void {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (response.req.httpVersion === '1.0' || status === 204 || status === 304)
    response.removeHeader('transfer-encoding');
  // Whatever the cloud does with its connection, the caller or a drain may have asked to close this one.
  const isClosing = response.getHeader('connection') === 'close' || !response.shouldKeepAlive;
  response.setHeader('Connection', isClosing ? 'close' : 'keep-alive');
  response.statusCode = status;
  // Clouds may say what node does not write, and throws for where nobody can catch it.
  response.statusMessage = statusMessage !== undefined && printable.test(statusMessage) ? statusMessage : '';
}

async function passFault(answer: IncomingMessage, status: number, response: Response, config: Config): Promise<void> {
  const { req: request } = response;
  const body = await beginningOf(answer, config.upstream.answerTimeoutMs);
  const whole: CloudAnswer = { status, ...decoded(answer.headers, body) };
  if (codecOf[replyTypeOf(request, config.reply.default)] === 'json' && isLegacyFault(whole)) {
    traceOf(response).fault = 'cloud-fault';
    begin(answer, status, response);
    response.end(body);
    return;
  }
  relayHeaders(response, whole, true);
  throw cloudFault(whole, credentialsOf(request.headers));
}

/** A fault's body, as far as it is read; one that breaks off or is too long tells nothing, and its status is known. */
async function beginningOf(answer: IncomingMessage, timeoutMs: number): Promise<Buffer> {
  const timer = setTimeout(() => answer.destroy(), timeoutMs);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // A stream of bytes.
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > longestFault) return Buffer.alloc(0);
      chunks.push(chunk);
    }
  } catch {
    return Buffer.alloc(0);
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks);
}

/** The versions in which a path is, as legacy Nova told them, with links to the gateway; any other 300 as it came. */
async function passChoices(answer: IncomingMessage, response: Response, config: Config): Promise<void> {
  const { req: request } = response;
  const body = await beginningOf(answer, config.upstream.answerTimeoutMs);
  const found = choicesIn(decoded(answer.headers, body).body);
  if (found === undefined) {
    begin(answer, 300, response);
    response.end(body);
    return;
  }
  relink(found, {
    publicUrl: publicUrl(request, config.public.url),
    version: '',
    cloudPath: pathOf(config.upstream.url),
  });
  const type = replyTypeOf(request, config.reply.default);
  const composer = codecFor(type).compose(choicesDocument, true);
  composer.add(found);
  relayHeaders(response, { status: 300, headers: answer.headers, body }, true);
  sendDocument(response, 300, type, composer.end().document);
}

function choicesIn(body: Buffer): unknown {
  try {
    const document: unknown = JSON.parse(body.toString('utf8'));
    const choices = isFields(document) ? fromDocument(choicesDocument, document) : undefined;
    return isOfForm(choicesDocument.content, choices) ? choices : undefined;
  } catch {
    return undefined;
  }
}

/** How the codings of bodies are undone that callers ask for. */
const decoders: Readonly<Record<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};

/** A fault as it reads; one whose coding is unknown or broken is left as it is, and tells nothing. */
function decoded(headers: IncomingHttpHeaders, body: Buffer): Pick<CloudAnswer, 'headers' | 'body'> {
  const decode = decoders[headers['content-encoding']?.toLowerCase() ?? ''];
  if (decode === undefined) return { headers, body };
  try {
    const { 'content-encoding': _undone, ...others } = headers;
    return { headers: others, body: decode(body, { maxOutputLength: longestFault }) };
  } catch {
    return { headers, body };
  }
}

/** Where the caller is sent: to the gateway, unless the cloud sends it away from itself. */
function locationFor(
  location: string,
  status: number,
  request: Request,
  { upstream, public: { url } }: Config,
): string {
  const isRedirect = status >= 300 && status < 400;
  const isElsewhere = URL.canParse(location) && new URL(location).host !== new URL(upstream.url).host;
  if (isRedirect && isElsewhere) return location;
  const { version = '' } = factsOf(request.originalUrl);
  return gatewayLink(location, { publicUrl: publicUrl(request, url), version, cloudPath: pathOf(upstream.url) });
}
