import { useless } from './combination.ts';

/** The proxies in front of the gateway that are trusted to say who calls. */
export const trustCombinations = [
  useless(
    ['trusted.fields', 'trusted.proxies'],
    (_, proxies) => proxies.length === 0,
    '{trusted.fields=}, and {trusted.proxies=}; the fields are read from trusted proxies only: set {trusted.proxies}, or remove {trusted.fields}.',
  ),
  useless(
    ['trusted.proxies', 'socket'],
    (proxies, socket) => socket === '' && proxies.length > 0 && proxies.every((proxy) => proxy === 'unix'),
    '{trusted.proxies=}, and {socket=}; nobody calls by a unix socket: set {socket}, or write the addresses of the proxies.',
  ),
  useless(
    ['trusted.proxies', 'socket', 'proxyProtocol'],
    (proxies, socket, proxyProtocol) =>
      socket !== '' && proxyProtocol === 'off' && proxies.length > 0 && !proxies.includes('unix'),
    '{trusted.proxies=}, and {socket=}; who calls by a unix socket has no address: add unix to {trusted.proxies}, or remove {trusted.proxies}.',
  ),
] as const;
