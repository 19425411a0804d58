import { refuse, useless, warn } from './combination.ts';
import { isOwnAddress, isSameAddress } from './own-address.ts';

const loopbackUrl = /^http:\/\/(?:localhost|127(?:\.\d+){3}|\[::1\])(?:[:/]|$)/i;
const loopbackHost = /^(?:localhost|127(?:\.\d+){3}|::1)$/i;

/** Login: the identity service, the domains of its names, and the places at which passwords arrive. */
export const loginCombinations = [
  refuse(
    ['identity.url', 'upstream.profile', 'identity.userDomain'],
    (url, profile, userDomain) => url !== '' && profile === 'ecs' && userDomain === '',
    '{identity.url=} and {upstream.profile=}, and {identity.userDomain} is not set; the IAM of such a cloud looks users up by their account: set {identity.userDomain} to name: and the name of the account.',
  ),
  refuse(
    ['identity.url', 'port', 'host', 'socket'],
    (cloudUrl, port, host, socket) => socket === '' && isOwnAddress({ host, port, cloudUrl }),
    "{identity.url=}, the gateway's own {port}; it must be the address of the cloud's identity service, such as https://identity.example.com.",
  ),
  refuse(
    ['identity.ports', 'port', 'socket'],
    (ports, port, socket) => socket === '' && port !== 0 && ports.includes(port),
    '{identity.ports=}, and {port=}; login is at that port anyway: remove it from {identity.ports}.',
  ),
  refuse(
    ['identity.ports', 'host', 'admin.port', 'admin.host'],
    (ports, host, adminPort, adminHost) =>
      adminPort !== 0 && ports.includes(adminPort) && isSameAddress(host, adminHost),
    '{identity.ports=} and {admin.port=}, of the same address; two ports are needed: set one of them to another port.',
  ),
  warn(
    ['identity.url', 'host', 'tls.certFile', 'socket', 'trusted.proxies', 'proxyProtocol'],
    (url, host, certFile, socket, proxies, proxyProtocol) =>
      url !== '' &&
      certFile === '' &&
      socket === '' &&
      !loopbackHost.test(host) &&
      proxies.length === 0 &&
      proxyProtocol === 'off',
    '{identity.url=}, {host=}, and {tls.certFile} is not set; passwords reach this port unencrypted: set {tls.certFile} with its key, or {trusted.proxies} if a proxy in front speaks TLS.',
  ),
  warn(
    ['identity.url'],
    (url) => url.startsWith('http:') && !loopbackUrl.test(url),
    '{identity.url=}; passwords reach the identity service unencrypted: use its https URL.',
  ),
  warn(
    ['identity.maxTokenBytes', 'request.maxHeaderBytes', 'identity.url'],
    (token, header, url) => url !== '' && token > header,
    '{identity.maxTokenBytes=}, and {request.maxHeaderBytes=}; a longer token than the header of a request is of no use to callers: raise {request.maxHeaderBytes}.',
  ),
  useless(
    ['identity.region', 'identity.url', 'regions'],
    (_, url, regions) => url === '' && Object.keys(regions).length === 0,
    '{identity.region=}, and {identity.url} is not set; there is no login: set {identity.url}, or remove {identity.region}.',
  ),
  ...(
    [
      'identity.userDomain',
      'identity.projectDomain',
      'identity.unscoped',
      'identity.apiKeys',
      'identity.publicUrl',
      'identity.ports',
      'identity.failuresMax',
      'identity.timeoutMs',
      'identity.maxTokenBytes',
      'identity.answerMaxBytes',
      'identity.logUsers',
    ] as const
  ).map((path) =>
    useless(
      [path, 'identity.url'],
      (_, url) => url === '',
      `{${path}=}, and {identity.url} is not set; there is no login: set {identity.url}, or remove {${path}}.`,
    ),
  ),
] as const;
