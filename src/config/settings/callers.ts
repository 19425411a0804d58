import { networks, host } from './addresses.ts';
import { choice, fileMode, pemFile, port, socketPath, type SettingGroup } from './forms.ts';
import { optionalUrl } from './urls.ts';

/** The port for callers: its address, its certificate, and the URL by which callers reach it. */
export const callerSettings = {
  title: 'Callers',
  settings: {
    host: host({
      default: '127.0.0.1',
      allowed: 'an address or host name',
      help: 'Address to listen on for callers. 0.0.0.0 listens on all interfaces.',
      example: '0.0.0.0',
    }),
    port: port({
      default: 8774,
      help: 'Port to listen on for callers. 0 chooses a free one.',
      example: '8774',
    }),
    socket: socketPath({
      help: 'Path of a unix socket to listen on for callers, such as for a sidecar; then no port is used. The socket of a process that was killed is replaced.',
      example: '/run/gateway/gateway.sock',
    }),
    socketMode: fileMode({
      default: '0660',
      help: 'Mode of that socket. Who may write to it may call.',
      example: '0666',
    }),
    proxyProtocol: choice(['off', 'on'], {
      help: 'PROXY protocol (versions 1 and 2) of the proxy in front. on: every connection must begin with such a header, which says who calls, before TLS; others are closed. Set it only if nothing but that proxy reaches the port, because anyone else could pose as any client.',
      example: 'on',
    }),
    tls: {
      minVersion: choice(['TLSv1.2', 'TLSv1.3', 'TLSv1.1', 'TLSv1'], {
        help: 'Oldest version of TLS for callers. TLSv1 and TLSv1.1 let clients of 2010-2015 in, with their old ciphers and short keys (OpenSSL security level 0), for this port only: what passes is then no secret from a capable attacker.',
        example: 'TLSv1',
      }),
      certFile: pemFile({
        help: 'Certificate for callers, with its chain. With it the port speaks TLS. Read again on SIGHUP and when the file changes.',
        example: '/etc/gateway/tls/tls.crt',
      }),
      keyFile: pemFile({
        help: 'Private key of that certificate.',
        example: '/etc/gateway/tls/tls.key',
      }),
    },
    public: {
      url: optionalUrl({
        help: "URL at which callers reach the gateway, for links and Location. Its path, if any, may begin requests or not. Not set: what a trusted proxy says (trusted.proxies), else the request's Host.",
        example: 'https://compute.example.org',
      }),
    },
    trusted: {
      proxies: networks({
        help: 'Proxies that are trusted to say who calls, and by which URL: in X-Forwarded-For, -Proto, -Host and -Prefix, or in Forwarded. unix trusts every peer of the unix socket.',
        example: 'loopback,10.0.0.0/8',
      }),
      fields: choice(['auto', 'x-forwarded', 'forwarded'], {
        help: 'Fields in which trusted proxies say it. auto: X-Forwarded-*; Forwarded (RFC 7239) only in requests without them. With forwarded, X-Forwarded-Prefix still counts.',
        example: 'forwarded',
      }),
    },
  },
} as const satisfies SettingGroup;
