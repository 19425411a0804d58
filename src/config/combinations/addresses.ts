import { refuse, useless, warn } from './combination.ts';
import { isOwnAddress, isSameAddress } from './own-address.ts';

const toCloud = 'it must be an address of the cloud itself, such as https://compute.example.com.';

/** The places at which the gateway listens, and the URLs of itself, of the cloud and of the proxy between them. */
export const addressCombinations = [
  refuse(
    ['upstream.url', 'port', 'host', 'socket'],
    (cloudUrl, port, host, socket) => socket === '' && isOwnAddress({ host, port, cloudUrl }),
    `{upstream.url=}, the gateway's own {port}; ${toCloud}`,
  ),
  refuse(
    ['upstream.url', 'admin.port', 'admin.host'],
    (cloudUrl, port, host) => isOwnAddress({ host, port, cloudUrl }),
    `{upstream.url=}, the gateway's own {admin.port}; ${toCloud}`,
  ),
  refuse(
    ['upstream.proxy', 'port', 'host', 'socket'],
    (cloudUrl, port, host, socket) => socket === '' && isOwnAddress({ host, port, cloudUrl }),
    "{upstream.proxy=}, the gateway's own {port}; it must be the address of a proxy, such as http://proxy.example.com:3128.",
  ),
  refuse(
    ['admin.port', 'admin.host', 'port', 'host', 'socket'],
    (adminPort, adminHost, port, host, socket) =>
      socket === '' && port !== 0 && adminPort === port && isSameAddress(adminHost, host),
    '{admin.port=} and {port=}, of the same address; two ports are needed: set {admin.port} or {port} to another one.',
  ),
  warn(
    ['public.url', 'upstream.url'],
    (publicUrl, cloudUrl) => publicUrl === cloudUrl,
    '{public.url=} and {upstream.url=}; requests come back to the gateway in a loop, unless that name leads this machine to the cloud: set {upstream.url} to an address of the cloud that callers do not use.',
  ),
  useless(
    ['port', 'socket'],
    (_, socket) => socket !== '',
    '{port=}, and {socket=}; callers are served at the socket only: remove {port}, or remove {socket}.',
  ),
  useless(
    ['host', 'socket'],
    // The image sets an address that stands for all.
    (host, socket) => socket !== '' && host !== '0.0.0.0' && host !== '::',
    '{host=}, and {socket=}; callers are served at the socket only: remove {host}, or remove {socket}.',
  ),
  useless(
    ['socketMode', 'socket'],
    (_, socket) => socket === '',
    '{socketMode=}, and {socket=}; there is no socket that gets the mode: set {socket}, or remove {socketMode}.',
  ),
  useless(
    ['admin.names', 'admin.tokenFile', 'admin.tls.clientCaFile'],
    (_, tokenFile, clientCaFile) => tokenFile === '' && clientCaFile === '',
    '{admin.names=}, but the console is off without {admin.tokenFile} or {admin.tls.clientCaFile}: set one of them, or remove {admin.names}.',
  ),
  useless(
    ['console.exchanges', 'admin.tokenFile', 'admin.tls.clientCaFile'],
    (exchanges, tokenFile, clientCaFile) => exchanges > 0 && tokenFile === '' && clientCaFile === '',
    '{console.exchanges=}, but the console is off without {admin.tokenFile} or {admin.tls.clientCaFile}: set one of them, or remove {console.exchanges}.',
  ),
] as const;
