import type { IncomingHttpHeaders } from 'node:http';
import type { Response } from 'express';
import type { CloudAnswer } from '../../upstream/cloud-answer.ts';
import type { LinkRewriter } from '../../upstream/link-rewriter.ts';
import { gatewayLink } from '../../upstream/links.ts';
import type { Exchange } from '../exchange/exchange.ts';
import { copyHead } from './answer-head.ts';
import { isJson } from './read/json-type.ts';
import { linksOf, type AnswerSettings } from './answer-settings.ts';
import type { AnswerHead } from './read/streamed-answer.ts';

/** Fields of a body that hold for none with other links. */
const bodyFields = ['content-md5', 'content-digest', 'repr-digest', 'digest', 'accept-ranges'];

/**
 * Create the conversion of the links in an answer that is passed on, so that no caller follows a link past the gateway, with
 * its token. Undefined for what is no JSON, and for a part (206), whose offsets count the bytes of the cloud.
 */
export function linkRewriter(
  { status, headers }: AnswerHead,
  exchange: Exchange,
  settings: AnswerSettings,
): LinkRewriter | undefined {
  if (status === 206 || !isJson(headers) || headers['content-encoding'] !== undefined) return undefined;
  const isCompute = exchange.facts.version !== undefined;
  return settings.cloudLinks.rewriter(linksOf(exchange, settings), isCompute);
}

/** Convert the links in the header section of an answer, Location aside. */
export function rewriteHeadLinks(headers: IncomingHttpHeaders, exchange: Exchange, settings: AnswerSettings): void {
  const { link, 'content-location': own } = headers;
  if (link !== undefined) headers['link'] = settings.cloudLinks.inField(link.toString(), linksOf(exchange, settings));
  if (own !== undefined) headers['content-location'] = gatewayLink(own, linksOf(exchange, settings));
}

/** Convert the links of a whole body, in latin1, and describe it if it has any. */
export function rewrittenWhole(text: string, links: LinkRewriter | undefined, response: Response): string {
  const written = links?.whole(text) ?? text;
  // The conversion returns the same text if there is nothing to convert, and comparing that costs nothing.
  if (written === text) return text;
  describeRewritten(response);
  response.setHeader('Content-Length', written.length);
  return written;
}

/** Send an answer that was read whole, with its links converted and nothing else. */
export function sendRewritten(
  { status, reason }: AnswerHead,
  { headers, body }: CloudAnswer,
  exchange: Exchange,
  settings: AnswerSettings,
): void {
  const { response } = exchange;
  const head = { status, reason, headers: { ...headers } };
  copyHead(head, status, response);
  response.end(rewrittenWhole(body.toString('latin1'), linkRewriter(head, exchange, settings), response), 'latin1');
}

/** The writer of a body that arrives in parts. */
export interface PartsWriter {
  write(chunk: Buffer): void;
  /** Write what is left. */
  end(): void;
}

/**
 * Create the writer that converts the links of a body that arrives in parts, whose new length nobody knows before its end. It
 * is framed by chunks, or for a caller of HTTP/1.0 by the end of the connection.
 */
export function rewrittenParts(links: LinkRewriter, response: Response, write: PartsWriter['write']): PartsWriter {
  let isBegun = false;
  const send = (part: Buffer | undefined): void => {
    if (part !== undefined) write(part);
  };
  return {
    write: (chunk) => {
      if (!isBegun) describeParts(response);
      isBegun = true;
      send(links.part(chunk));
    },
    end: () => send(links.rest()),
  };
}

function describeParts(response: Response): void {
  describeRewritten(response);
  response.removeHeader('content-length');
  if (response.req.httpVersion === '1.0') response.setHeader('Connection', 'close');
}

/** Describe a body whose links were converted: a strong validator identifies the cloud's own bytes. */
function describeRewritten(response: Response): void {
  for (const name of bodyFields) response.removeHeader(name);
  const etag = response.getHeader('etag');
  if (typeof etag === 'string' && !etag.startsWith('W/')) response.setHeader('ETag', `W/${etag}`);
}
