import type { RequestHandler } from 'express';
import type { Config } from '../../config/settings.ts';
import type { CloudTls } from '../../config/tls-files.ts';
import type { Budget } from '../exchange/budget.ts';
import { endOf } from '../exchange/deadline.ts';
import type { Exchange } from '../cloud/pool.ts';
import { dropHopByHop, via } from '../cloud/end-to-end-headers.ts';
import type { Journey } from './journey.ts';
import { createPassStreamed } from './by-proxy.ts';
import { passWhole, type Passage } from './by-undici.ts';
import { keepForForwarding } from '../body/kept-body.ts';
import { traceOf } from '../exchange/trace.ts';
import { wholeBody } from './short-body.ts';

/**
 * The road of everything that is not translated: to the cloud and back as it is, but for the hop-by-hop headers, the Host,
 * v1.1 in the path, which modern clouds call v2, a Location at the cloud, and faults, which are legacy faults in the type of
 * the reply here too. Nothing is sent twice. Short requests are sent whole, all others streamed; answers stream.
 */
export function forward(config: Config, tls: CloudTls, exchange: Exchange, budget: Budget): RequestHandler {
  const passStreamed = createPassStreamed(config, tls);
  const passage: Passage = { exchange, config, pathOf: pathBelow(new URL(config.upstream.url).pathname) };
  return async (request, response, next) => {
    traceOf(response).isForwarded = true;
    request.headers.via = via(request.headers);
    dropHopByHop(request.headers);
    request.url = request.url.replace(/^\/+v1\.1(?=\/|$|\?)/, '/v2');
    const journey: Journey = { response, next, isSent: false, isAnswered: false };
    const body = await wholeBody(request, response, budget);
    // Whatever ended it has answered.
    if (endOf(response).aborted) return;
    const stream = (): Promise<void> => {
      if (body !== undefined && body !== null) keepForForwarding(request, { bytes: body, isWhole: true });
      return passStreamed(request, journey);
    };
    if (body === undefined || !passWhole(request, body, journey, passage, stream)) await stream();
  };
}

/** Puts the path of the upstream URL in front of others, as the proxy does. */
function pathBelow(base: string): (path: string) => string {
  if (base === '/') return (path) => path;
  const front = base.replace(/\/$/, '');
  return (path) => (path === '/' ? base : front + path);
}
