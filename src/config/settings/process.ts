import { host, hostNames } from './addresses.ts';
import { choice, wholeNumber, pemFile, port, processes, freeText, type SettingGroup } from './forms.ts';

/** The process itself: workers, the admin port, the shutdown, the log. */
export const processSettings = {
  title: 'Process, admin port and log',
  settings: {
    workers: processes({
      help: 'Processes that serve callers, behind one port and one admin port. auto: one for each core. A limit "per worker" holds for each of them.',
      example: 'auto',
    }),
    admin: {
      host: host({
        default: '127.0.0.1',
        allowed: 'an address or host name',
        help: 'Address to listen on for health checks and metrics.',
        example: '0.0.0.0',
      }),
      port: port({
        default: 9774,
        help: 'Port for health checks and metrics (/livez, /readyz, /metrics). 0 chooses a free one.',
        example: '9774',
      }),
      names: hostNames({
        help: 'Host names by which browsers reach the admin port, besides localhost and addresses. The console is not shown by any other name, so that no foreign page can reach it by a name of its own (DNS rebinding).',
        example: 'gateway-admin.example.org',
      }),
      tokenFile: freeText({
        default: '',
        allowed: 'the path of a text file with a token of 16 to 4096 characters',
        help: 'File with the bearer token for everything on the admin port but health checks and metrics, such as /config and the console. Make one with: openssl rand -hex 32. Read again on SIGHUP and when the file changes.',
        example: '/etc/gateway/admin-token',
      }),
      tls: {
        certFile: pemFile({
          help: 'Certificate of the admin port, with its chain. With it the port speaks TLS 1.2 or later. Read again on SIGHUP and when the file changes.',
          example: '/etc/gateway/admin/tls.crt',
        }),
        keyFile: pemFile({
          help: 'Private key of that certificate.',
          example: '/etc/gateway/admin/tls.key',
        }),
        clientCaFile: pemFile({
          help: 'Certificate authorities whose client certificates open the admin port: everything but health checks and metrics, such as /config and the console. With admin.tokenFile, either is enough.',
          example: '/etc/gateway/admin/clients-ca.crt',
        }),
      },
    },
    console: {
      exchanges: wholeNumber({
        default: 0,
        least: 0,
        most: 2000,
        unit: 'items',
        help: 'Exchanges that are kept for the page Live of the console while nobody reads it, of all workers together: the last ones, each with what the log has of it, in about 1 KB. 0: exchanges are collected only while somebody watches them.',
        example: '1000',
      }),
    },
    shutdown: {
      noticeMs: wholeNumber({
        default: 500,
        least: 0,
        most: 600_000,
        unit: 'milliseconds',
        help: 'Time after SIGTERM in which new connections are still accepted while /readyz answers 503. Make it longer than your load balancer needs to notice.',
        example: '5000',
      }),
      timeoutMs: wholeNumber({
        default: 25_000,
        least: 1,
        most: 3_600_000,
        unit: 'milliseconds',
        help: 'Time limit for the exchanges in progress after SIGTERM. After it their connections are closed.',
        example: '60000',
      }),
    },
    log: {
      level: choice(['info', 'error', 'warn', 'debug'], {
        help: 'Least important level that is logged. The line of an exchange is info; warn if the cloud failed or a limit of the gateway was reached; error for a defect.',
        example: 'warn',
      }),
      format: choice(['auto', 'json', 'text'], {
        help: 'Format of the log. json: a JSON object a line. text: lines for people. auto: text on a terminal, else JSON.',
        example: 'json',
      }),
    },
  },
} as const satisfies SettingGroup;
