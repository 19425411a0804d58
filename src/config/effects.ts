import type { Config } from './settings.ts';

/** The path of a setting, such as `upstream.url`. */
export type SettingPath = SettingPathOf<Config>;
type SettingPathOf<T, Group extends string = ''> = {
  [K in keyof T & string]: T[K] extends string | number | readonly unknown[] | Config['regions']
    ? `${Group}${K}`
    : SettingPathOf<T[K], `${Group}${K}.`>;
}[keyof T & string];

/**
 * The event at which a changed setting takes effect. reload: SIGHUP. new-port: a new server for callers, so a restart, or
 * SIGUSR2 with several workers. restart: a restart of the whole gateway.
 */
export type Effect = 'reload' | 'new-port' | 'restart';

/** A setting that takes effect at a reload, except for some changes. */
export interface Conditional {
  readonly effect: Exclude<Effect, 'reload'>;
  /** The changes that it holds for; all others take effect at a reload. */
  readonly appliesTo: (before: Config, after: Config) => boolean;
  /** The same for documents: the end of a sentence that begins with "Needs a restart". */
  readonly documented: string;
}

const reload = 'reload';
const newPort = 'new-port';
const restart = 'restart';

function usesTls({ tls: { certFile, keyFile } }: Config): boolean {
  return certFile !== '' || keyFile !== '';
}

/** A file of TLS for callers: its name may change, but a server speaks TLS or plain HTTP for as long as it exists. */
const tlsFile: Conditional = {
  effect: newPort,
  appliesTo: (before, after) => usesTls(before) !== usesTls(after),
  documented: 'to switch TLS on or off',
};

/** A file of TLS for the admin port, as {@link tlsFile}. */
const adminTlsFile: Conditional = {
  effect: restart,
  appliesTo: (before, after) => (before.admin.tls.certFile === '') !== (after.admin.tls.certFile === ''),
  documented: 'to switch TLS on or off',
};

/** Each setting with its effect. Node fixes what is `new-port` when it creates the server, or when it listens. */
export const effects: Readonly<Record<SettingPath, Effect | Conditional>> = {
  'upstream.url': reload,
  'upstream.profile': reload,
  'upstream.legacyPath': reload,
  'upstream.personality': reload,
  'upstream.connections': reload,
  'upstream.connectTimeoutMs': reload,
  'upstream.idleMs': reload,
  'upstream.maxConnectionAgeMs': reload,
  'upstream.proxy': reload,
  'upstream.answerTimeoutMs': reload,
  'upstream.answerMaxBytes': reload,
  'upstream.answersMaxTotalBytes': reload,
  'upstream.tls.caFile': reload,
  'upstream.tls.certFile': reload,
  'upstream.tls.keyFile': reload,
  'upstream.tls.minVersion': reload,
  'upstream.tls.serverName': reload,
  'upstream.tls.verify': reload,
  regions: reload,
  host: newPort,
  port: newPort,
  socket: newPort,
  socketMode: newPort,
  proxyProtocol: newPort,
  'tls.minVersion': reload,
  'tls.certFile': tlsFile,
  'tls.keyFile': tlsFile,
  'public.url': reload,
  'identity.url': reload,
  'identity.userDomain': reload,
  'identity.projectDomain': reload,
  'identity.unscoped': reload,
  'identity.apiKeys': reload,
  'identity.region': reload,
  'identity.publicUrl': reload,
  'identity.ports': newPort,
  'identity.failuresMax': reload,
  'identity.timeoutMs': reload,
  'identity.maxTokenBytes': reload,
  'identity.answerMaxBytes': reload,
  'identity.logUsers': reload,
  'identity.tls.caFile': reload,
  'identity.tls.certFile': reload,
  'identity.tls.keyFile': reload,
  'identity.tls.minVersion': reload,
  'identity.tls.serverName': reload,
  'identity.tls.verify': reload,
  'trusted.proxies': reload,
  'trusted.fields': reload,
  'reply.default': reload,
  handling: reload,
  'notes.max': reload,
  'request.maxBytes': reload,
  'request.maxParts': reload,
  'request.maxTotalBytes': reload,
  'request.timeoutMs': reload,
  // Node has no way to change the time limit of the TLS handshakes of a server.
  'request.headersTimeoutMs': { effect: newPort, appliesTo: usesTls, documented: 'if the port speaks TLS' },
  'request.maxHeaderBytes': newPort,
  'request.maxHeaderLineBytes': reload,
  'request.unreadBodyMs': reload,
  'connections.max': reload,
  'connections.keepAliveMs': reload,
  'connections.halfCloseMs': reload,
  'connections.maxPipelined': reload,
  'connections.maxUntakenBytes': reload,
  'exchanges.max': reload,
  'exchanges.maxWaiting': reload,
  'exchanges.waitMs': reload,
  'exchanges.timeoutMs': reload,
  'exchanges.timeSliceMs': reload,
  'exchanges.longAnswerBytes': reload,
  'exchanges.maxLongAnswers': reload,
  'projects.maxShare': reload,
  'projects.requestsPerMinute': reload,
  'personality.permissions': reload,
  'personality.maxFiles': reload,
  'personality.maxPathCharacters': reload,
  'personality.maxContentsCharacters': reload,
  'metadata.maxItems': reload,
  'metadata.maxCharacters': reload,
  'userData.ecsMaxBytes': reload,
  'userData.novaMaxCharacters': reload,
  'ledger.store': restart,
  'ledger.intervalMs': reload,
  'ledger.maxKeys': reload,
  'ledger.days': reload,
  'ledger.instance': restart,
  retire: reload,
  workers: restart,
  'admin.host': restart,
  'admin.port': restart,
  'admin.names': reload,
  'console.exchanges': reload,
  'admin.tokenFile': reload,
  'admin.tls.certFile': adminTlsFile,
  'admin.tls.keyFile': adminTlsFile,
  // Node asks for certificates on all connections of a server, or on none.
  'admin.tls.clientCaFile': {
    effect: restart,
    appliesTo: (before, after) => (before.admin.tls.clientCaFile === '') !== (after.admin.tls.clientCaFile === ''),
    documented: 'to ask for client certificates, or no longer',
  },
  'shutdown.noticeMs': reload,
  'shutdown.timeoutMs': reload,
  'log.level': reload,
  'log.format': reload,
};

/** Check that a change of a setting does not take effect at an event. */
export function isHeldBack(path: SettingPath, at: Exclude<Effect, 'restart'>, before: Config, after: Config): boolean {
  const entry = effects[path];
  const isConditional = typeof entry === 'object';
  if (isConditional && !entry.appliesTo(before, after)) return false;
  const effect = isConditional ? entry.effect : entry;
  return effect === 'restart' || (effect === 'new-port' && at === 'reload');
}

/** Say which changes of a setting need a restart, for the help and the documents; undefined if none does. */
export function restartNote(path: SettingPath): string | undefined {
  const effect = effects[path];
  if (effect === 'reload') return undefined;
  return typeof effect === 'object' ? `Needs a restart ${effect.documented}.` : 'Needs a restart.';
}
