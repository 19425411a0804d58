import { BlockList, isIP } from 'node:net';
import type { Environment } from '../environment.ts';
import { proxyUrl } from '../settings/urls.ts';
import type { Config } from '../settings.ts';

/** The proxy between the gateway and the cloud. */
export interface CloudProxy {
  /** The URL, without credentials, so that it can be logged. */
  readonly url: URL;
  /** The value of Proxy-Authorization; undefined without credentials. It is secret. */
  readonly authorization: string | undefined;
  /** The setting or variable that the URL comes from. */
  readonly from: string;
}

/** The variables that name a proxy for each scheme of the cloud, as curl and Python read them: the first that is set counts. */
const variables: Readonly<Record<string, readonly string[]>> = {
  'http:': ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'],
  'https:': ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'],
};

const exceptionVariables = ['no_proxy', 'NO_PROXY'];

/** The error of a variable of the environment that names no proxy. Its value is not quoted, because it may hold a password. */
export class ProxyVariableError extends Error {
  override readonly name = 'ProxyVariableError';
}

/**
 * Find the proxy for the cloud: none, that of the environment, or that of the setting.
 * @throws {ProxyVariableError} if the environment counts, and its variable is not the URL of a proxy
 */
export function cloudProxy(
  { url, proxy }: Pick<Config['upstream'], 'url' | 'proxy'>,
  environment: Environment,
): CloudProxy | undefined {
  if (proxy === 'off') return undefined;
  if (proxy !== 'environment') return proxyOf(proxy, 'upstream.proxy');
  const from = proxyVariable(url, environment);
  const value = from === undefined ? undefined : environment[from];
  if (from === undefined || value === undefined || isExcepted(url, environment)) return undefined;
  // Shells set it without a scheme too.
  const parsed = proxyUrl(value.includes('://') ? value : `http://${value}`);
  if (parsed === undefined)
    throw new ProxyVariableError(
      `${from} is not the URL of a proxy, and upstream.proxy is environment. Give it a URL such as http://proxy.example.com:3128, or set GATEWAY_UPSTREAM_PROXY=off.`,
    );
  return proxyOf(parsed, from);
}

/** Find the variable of the environment that names a proxy for a URL; undefined if there is none. */
export function proxyVariable(url: string, environment: Environment): string | undefined {
  return variables[new URL(url).protocol]?.find((name) => (environment[name] ?? '') !== '');
}

/** A line for the log about the proxy: the event, its fields, and true if the operator should look at it. */
export interface ProxyNotice {
  readonly event: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly isWarning: boolean;
}

/** Say what is done about a proxy; undefined if neither the setting nor the environment names one. */
export function proxyNotice(
  upstream: Pick<Config['upstream'], 'url' | 'proxy'>,
  environment: Environment,
): ProxyNotice | undefined {
  const proxy = cloudProxy(upstream, environment);
  if (proxy !== undefined) {
    const fields = { proxy: proxy.url.origin, from: proxy.from };
    return { event: 'the cloud is reached through a proxy', fields, isWarning: false };
  }
  const variable = proxyVariable(upstream.url, environment);
  if (variable === undefined) return upstream.proxy === 'environment' ? noticeOfNone : undefined;
  const isOff = upstream.proxy === 'off';
  return {
    event: isOff
      ? 'the environment names a proxy, which is not used: set GATEWAY_UPSTREAM_PROXY=environment to use it'
      : 'the cloud is reached without a proxy, because NO_PROXY names it',
    fields: { variable, setting: 'upstream.proxy' },
    isWarning: isOff,
  };
}

const noticeOfNone: ProxyNotice = {
  event: 'the cloud is reached without a proxy, because the environment names none for its scheme',
  fields: { setting: 'upstream.proxy' },
  isWarning: true,
};

function proxyOf(given: string, from: string): CloudProxy {
  const url = new URL(given);
  const { username, password } = url;
  url.username = '';
  url.password = '';
  const credentials = `${percentDecoded(username)}:${percentDecoded(password)}`;
  const isOpen = username === '' && password === '';
  return { url, authorization: isOpen ? undefined : `Basic ${Buffer.from(credentials).toString('base64')}`, from };
}

/** Decode a part of a URL by its bytes; decodeURIComponent refuses bytes that are not UTF-8. */
function percentDecoded(part: string): string {
  return Buffer.from(
    part.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}

/** Check that NO_PROXY names the cloud: `*`, a domain with all below it, a host with its port, an address, or a network. */
function isExcepted(cloud: string, environment: Environment): boolean {
  const name = exceptionVariables.find((name) => (environment[name] ?? '') !== '');
  const entries = (name === undefined ? '' : (environment[name] ?? '')).split(/[\s,]+/).filter((entry) => entry !== '');
  const { hostname, port, protocol } = new URL(cloud);
  const host = plainHost(hostname);
  const realPort = port === '' ? { 'http:': '80', 'https:': '443' }[protocol] : port;
  return entries.some((entry) => {
    const [, named = entry, onlyPort] = /^(\[[^\]]*\]|[^:]*):(\d+)$/.exec(entry) ?? [];
    if (onlyPort !== undefined && onlyPort !== realPort) return false;
    return covers(plainHost(named), host);
  });
}

/** Remove brackets and the dot of the root, which do not change the host that is meant. */
function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function covers(entry: string, host: string): boolean {
  if (entry === '*') return true;
  if (isIP(host) !== 0) return entry === host || isInNetwork(entry, host);
  // `*.example.com` and `.example.com` mean what `example.com` means: the domain and all below it.
  const domain = entry.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
}

function isInNetwork(entry: string, address: string): boolean {
  const [network = '', prefix = '', ...more] = entry.split('/');
  const family = isIP(network);
  const longest = family === 4 ? 32 : 128;
  if (family === 0 || more.length > 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > longest) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
  return list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
}
