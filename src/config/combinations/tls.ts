import { refuse, useless, warn } from './combination.ts';

const pair = 'a certificate and its key go together: set both, or none.';

const loopback = /^(?:localhost|127(?:\.\d+){3}|::1)$/i;

/** Settings of TLS to the cloud, which have no effect on plain HTTP. */
const ofCloud = [
  'upstream.tls.caFile',
  'upstream.tls.certFile',
  'upstream.tls.keyFile',
  'upstream.tls.minVersion',
  'upstream.tls.serverName',
  'upstream.tls.verify',
] as const;

/** TLS on both sides. */
export const tlsCombinations = [
  refuse(
    ['tls.certFile', 'tls.keyFile'],
    (certificate, key) => (certificate === '') !== (key === ''),
    `{tls.certFile=}, and {tls.keyFile=}; ${pair}`,
  ),
  refuse(
    ['upstream.tls.certFile', 'upstream.tls.keyFile'],
    (certificate, key) => (certificate === '') !== (key === ''),
    `{upstream.tls.certFile=}, and {upstream.tls.keyFile=}; ${pair}`,
  ),
  refuse(
    ['admin.tls.certFile', 'admin.tls.keyFile'],
    (certificate, key) => (certificate === '') !== (key === ''),
    `{admin.tls.certFile=}, and {admin.tls.keyFile=}; ${pair}`,
  ),
  refuse(
    ['admin.tls.clientCaFile', 'admin.tls.certFile', 'admin.tls.keyFile'],
    (authorities, certificate, key) => authorities !== '' && certificate === '' && key === '',
    '{admin.tls.clientCaFile=}, and {admin.tls.certFile=}; a port without TLS gets no client certificates: set {admin.tls.certFile} and {admin.tls.keyFile}.',
  ),
  warn(
    ['admin.tokenFile', 'admin.host', 'admin.tls.certFile'],
    (token, host, certificate) => token !== '' && certificate === '' && !loopback.test(host),
    '{admin.tokenFile=}, {admin.host=}, and {admin.tls.certFile=}; others on the network can read the token: set {admin.tls.certFile}, or let {admin.host} be 127.0.0.1.',
  ),
  useless(
    ['tls.minVersion', 'tls.certFile', 'tls.keyFile'],
    (_, certificate, key) => certificate === '' && key === '',
    '{tls.minVersion=}, and {tls.certFile=}; without a certificate the port speaks plain HTTP: set {tls.certFile} and {tls.keyFile}, or remove {tls.minVersion}.',
  ),
  warn(
    ['public.url', 'tls.certFile'],
    (url, certificate) => url.startsWith('http:') && certificate !== '',
    '{public.url=}, and {tls.certFile=}; links lead callers to plain HTTP, though the port speaks TLS: begin {public.url} with https://, unless a proxy in front takes plain HTTP.',
  ),
  ...ofCloud.map((path) =>
    useless(
      [path, 'upstream.url'],
      (_, url) => url.startsWith('http:'),
      `{${path}=}, and {upstream.url=}; the cloud is called by plain HTTP: begin {upstream.url} with https://, or remove {${path}}.`,
    ),
  ),
  useless(
    ['upstream.tls.caFile', 'upstream.tls.verify', 'upstream.url'],
    (_, verify, url) => verify === 'off' && url.startsWith('https:'),
    '{upstream.tls.caFile=}, and {upstream.tls.verify=}; no certificate is verified: remove {upstream.tls.verify}, so that these authorities count.',
  ),
] as const;
