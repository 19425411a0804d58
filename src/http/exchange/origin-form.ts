import type { IncomingMessage } from 'node:http';
import { Fault } from '../../fault.ts';
import type { Step } from './step.ts';

const absoluteForm = /^https?:\/\/[^/?#]*/i;
/** A path from which a cloud may climb: a segment of dots, its slashes and dots encoded or not. */
const climbs = /(?:^|\/|\\|%2f|%5c)(?:\.|%2e){1,2}(?:$|\/|\\|%2f|%5c|;)/i;
/** The codings of which nothing is left when node has taken the chunks apart. */
const plainChunks = /^(?:identity\s*,\s*)*chunked$/i;

/** The requests whose target is none of a path here. */
const misled = new WeakSet<IncomingMessage>();

/**
 * Brings a request's target into origin form: a server must accept the absolute form (RFC 9112, 3.2.2), and this one has
 * one cloud whatever origin it names. Before Express, which answers with a page of its own where it cannot read a target.
 */
export function originForm(request: IncomingMessage): void {
  const { url = '' } = request;
  const target = absoluteForm.test(url) ? url.replace(absoluteForm, '').replace(/^(?!\/)/, '/') : url;
  // No target has a fragment (RFC 9112, 3.2), and clouds would take it for more of the path.
  const isGood = target.startsWith('/') && !target.includes('#') && !climbs.test(target.replace(/\?.*$/s, ''));
  if (!isGood) misled.add(request);
  request.url = isGood ? target : '/';
}

/** Lets pass what is HTTP/1 with a path of its own and a body whose end is known. @throws {Fault} 400, 501, 505 */
export function acceptable(): Step {
  return (request) => {
    if (misled.has(request)) throw new Fault(400, undefined, { reason: 'target' });
    if (!/^1\.[01]$/.test(request.httpVersion)) throw new Fault(505, undefined, { reason: 'http-version' });
    const coding = request.headers['transfer-encoding'];
    // What does not end in chunks has no end that can be told: node answers 400.
    if (coding !== undefined && /,\s*chunked$/i.test(coding) && !plainChunks.test(coding))
      throw new Fault(501, undefined, { reason: 'transfer-coding' });
  };
}
