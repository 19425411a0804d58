import { operations } from '../../compute/operations/operations.ts';
import { numbersOf } from '../../config/named-settings.ts';
import type { CloudAccess } from '../resources/resources.ts';
import type { Config } from '../../config/settings.ts';
import { createCloud, upstreamPrefix } from '../../http/cloud/cloud.ts';
import { spansTo } from '../../http/cloud/cloud-span.ts';
import { createConnections, type Connections } from '../../http/cloud/connect/connections.ts';
import { createContact, type CloudContact } from '../../http/cloud/contact.ts';
import { createVersionsReader } from '../../http/cloud/versions-reader.ts';
import { createForward, type ForwardRequest } from '../../http/forward/forward.ts';
import { translateSettings, type TranslateContext } from '../../http/translate/context.ts';
import { createTranslate, type TranslateRequest } from '../../http/translate/translate.ts';
import type { ShownCloud } from '../../observe/cloud-gauges.ts';
import type { Log } from '../../observe/log.ts';
import type { Tracing } from '../../observe/tracing/tracing.ts';
import { profiles } from '../../upstream/profiles/profiles.ts';
import type { Gate } from '../../http/exchange/fair-share/gate.ts';
import type { Limits } from './limits.ts';
import type { CloudTurns } from './turns.ts';

/** Both ways of a request to one cloud, with the connections to it. */
export interface Roads {
  readonly translate: TranslateRequest;
  readonly forward: ForwardRequest;
  readonly connections: Connections;
}

/** The dependencies of the roads besides the configuration. */
interface RoadDependencies {
  readonly log: Log;
  readonly limits: Limits;
  readonly turns: CloudTurns;
  readonly tracing: Tracing | undefined;
  readonly shown: ShownCloud;
  /** The further region of the cloud, for the log; undefined for the cloud of `upstream.url`. */
  readonly region: string | undefined;
}

/** Create the roads to the upstream of a configuration. They share the limits of the process with those to other clouds. */
export function createRoads(
  config: Config,
  { tls, proxy }: CloudAccess,
  { log, limits, turns, tracing, shown, region }: RoadDependencies,
): Roads {
  const { upstream } = config;
  const connections = createConnections(upstream, tls, proxy);
  const { requests, answers } = limits;
  // This pool opens as many connections as there are requests, so that no exchange waits for one of the reader's.
  const readVersions = createVersionsReader(
    connections.forwarded,
    upstreamPrefix(upstream.url),
    spansTo(upstream.url, tracing),
  );
  const contact = createContact(upstream, readVersions, { log, cloud: shown, region });
  return {
    connections,
    translate: createTranslate(translateContext(config, { connections, contact }, limits, turns.translated)),
    forward: createForward(config, connections, { gate: turns.forwarded, requests, answers }, contact),
  };
}

function translateContext(
  config: Config,
  { connections, contact }: { readonly connections: Connections; readonly contact: CloudContact },
  { requests, answers }: Limits,
  gate: Gate,
): TranslateContext {
  const { upstream } = config;
  return {
    operations,
    profile: profiles[upstream.profile](config),
    cloud: createCloud(connections.translated, upstream, answers.budget, contact),
    gate,
    answers,
    requests,
    quotas: numbersOf(config),
    settings: translateSettings(config, upstreamPrefix(upstream.url)),
  };
}
