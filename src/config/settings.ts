import {
  choice,
  cloudUrl,
  integer,
  networks,
  optional,
  pattern,
  processes,
  required,
  text,
  webUrl,
  type Setting,
} from './forms.ts';

/** Settings by name, in groups. */
export interface SettingTree {
  readonly [key: string]: Setting | SettingTree;
}

/** The configuration: the table's paths with their parsed values. */
export type Config = ConfigOf<typeof settings>;
type ConfigOf<T> = { readonly [K in keyof T]: T[K] extends Setting<infer V> ? V : ConfigOf<T[K]> };

/** The path of a setting that is a number, such as `metadata.maxItems`. */
export type NumberPath = NumberPathOf<Config>;
type NumberPathOf<T, Group extends string = ''> = {
  [K in keyof T & string]: T[K] extends number
    ? `${Group}${K}`
    : T[K] extends string | undefined | readonly unknown[]
      ? never
      : NumberPathOf<T[K], `${Group}${K}.`>;
}[keyof T & string];

/** The largest number of a TCP port. */
export const largestPort = 65_535;

/** Every setting once: its shape, its default, what it does. Names in the file and the environment follow from the path. */
export const settings = {
  host: text('127.0.0.1', 'The address to listen on for callers.'),
  port: integer(8774, 0, largestPort, 'The port to listen on for callers; 0 takes a free one.'),
  workers: processes(
    'How many processes serve callers, behind one port and one admin port; auto: one for each core. What other settings say of each worker holds for each of them.',
  ),
  admin: {
    host: text('127.0.0.1', 'The address of the admin port.'),
    port: integer(9774, 0, largestPort, 'The port for health checks; 0 takes a free one.'),
  },
  tls: {
    certFile: text(
      '',
      'The certificate for callers, in PEM, with its chain; with it the port speaks TLS. Read again on SIGHUP and when it changes.',
    ),
    keyFile: text('', "The certificate's key, in PEM."),
  },
  connections: {
    max: integer(10_000, 1, 1_000_000, 'The most connections of callers for each worker; more are closed at once.'),
    keepAliveMs: integer(65_000, 1, 3_600_000, 'How long an idle connection of a caller stays open, in milliseconds.'),
    maxPipelined: integer(
      16,
      1,
      10_000,
      'The most requests of one connection that are under way at a time; more are refused with 503.',
    ),
    maxUntakenBytes: integer(
      67_108_864,
      1024,
      1_099_511_627_776,
      'The most bytes of translated answers in each worker that their callers have not taken yet; over it the oldest are broken off.',
    ),
  },
  exchanges: {
    max: integer(256, 1, 100_000, 'The most requests that each worker translates at a time.'),
    maxWaiting: integer(
      512,
      0,
      1_000_000,
      'The most requests that wait for their turn in each worker; more are refused with 503.',
    ),
    waitMs: integer(5000, 1, 600_000, 'How long a request may wait for its turn, in milliseconds.'),
    timeoutMs: integer(
      900_000,
      1,
      86_400_000,
      'How long any exchange may take as a whole, streamed ones too, in milliseconds.',
    ),
  },
  public: {
    url: optional(
      webUrl,
      'The URL that callers reach the gateway by, for links and Location. Unset: what the caller says in Host, or a trusted proxy in X-Forwarded-*.',
    ),
  },
  trusted: {
    proxies: networks('The proxies whose X-Forwarded-Proto and X-Forwarded-Host are believed.'),
  },
  reply: {
    default: choice(
      ['caller', 'json'],
      "The media type of an answer where Accept prefers none: the caller's own, or JSON as legacy Nova did.",
    ),
  },
  handling: choice(
    ['lenient', 'strict'],
    'What happens to a member that the cloud cannot take: dropped with a note, or refused with 400. Callers choose with Prefer: handling=strict.',
  ),
  upstream: {
    url: required(
      cloudUrl,
      'an http or https URL without the version, such as https://compute.example.com',
      'The cloud: the URL in front of /v2.1.',
    ),
    profile: choice(['ecs', 'nova'], 'The kind of cloud, which decides what becomes of each member.'),
    personality: choice(
      ['native', 'user-data'],
      'How files reach a nova cloud: as personality (up to microversion 2.56), or always as user_data.',
    ),
    connections: integer(128, 1, 10_000, 'The most connections of each worker to the cloud for translated requests.'),
    connectTimeoutMs: integer(5000, 1, 600_000, 'How long connecting to the cloud may take, in milliseconds.'),
    answerTimeoutMs: integer(
      120_000,
      1,
      3_600_000,
      'How long the cloud may take to answer in full, in milliseconds; of what is forwarded, how long it may be silent.',
    ),
    answerMaxBytes: integer(16_777_216, 1024, 1_073_741_824, 'The largest answer that is translated, in bytes.'),
    answersMaxTotalBytes: integer(
      134_217_728,
      1024,
      1_099_511_627_776,
      'The most bytes of answers that each worker holds at a time, until their callers have them; for more it answers 502.',
    ),
    tls: {
      caFile: text('', "The authorities that sign the cloud's certificate, in PEM; without it the well-known ones."),
      certFile: text('', "The gateway's own certificate for the cloud, in PEM."),
      keyFile: text('', "The certificate's key, in PEM."),
      minVersion: choice(['TLSv1.2', 'TLSv1.3'], 'The oldest version of TLS that is spoken with the cloud.'),
      serverName: text('', "The name in the cloud's certificate, where it is not the host of its URL."),
      verify: choice(
        ['on', 'off'],
        "Whether the cloud's certificate is checked. Off, anybody can be the cloud: for trials only.",
      ),
    },
  },
  request: {
    maxBytes: integer(
      114_688,
      1,
      1_073_741_824,
      "The largest body of a request that is translated, in bytes; legacy Nova's limit.",
    ),
    timeoutMs: integer(300_000, 1, 3_600_000, 'How long a caller may take to send a request, in milliseconds.'),
    maxTotalBytes: integer(
      134_217_728,
      1024,
      1_099_511_627_776,
      'The most bytes of bodies that each worker holds at a time, by what they take when they are read; more are refused with 503.',
    ),
    headersTimeoutMs: integer(60_000, 1, 3_600_000, 'How long a caller may take to send the headers, in milliseconds.'),
    maxHeaderBytes: integer(16_384, 1024, 1_048_576, 'The largest headers of a request, in bytes.'),
  },
  personality: {
    permissions: pattern(
      /^0?[0-7]{3}$/,
      '0440',
      'an octal mode such as 0440',
      'The mode of files that travel as user_data.',
    ),
    maxFiles: integer(5, 0, 1000, 'The most files in a request.'),
    maxPathCharacters: integer(255, 1, 4096, "The most characters in a file's path."),
    maxContentsCharacters: integer(10_240, 0, 1_073_741_824, "The most characters of base64 in a file's contents."),
  },
  metadata: {
    maxItems: integer(128, 0, 100_000, 'The most metadata items in a request.'),
    maxCharacters: integer(255, 1, 65_535, 'The most characters in a metadata key or value.'),
  },
  userData: {
    ecsMaxBytes: integer(32_768, 1, 1_073_741_824, 'The most bytes of user_data on an ecs cloud, before base64.'),
    novaMaxCharacters: integer(
      65_535,
      1,
      1_073_741_824,
      'The most characters of user_data on a nova cloud, in base64.',
    ),
  },
  notes: {
    max: integer(20, 1, 200, "The most notes in an answer's headers; what is over that is counted in one more."),
  },
  shutdown: {
    noticeMs: integer(
      500,
      0,
      600_000,
      'How long connections are still taken after SIGTERM, not ready, in milliseconds: longer than a balancer takes to see it.',
    ),
    timeoutMs: integer(
      25_000,
      1,
      3_600_000,
      'How long running exchanges may take to end after SIGTERM, in milliseconds.',
    ),
  },
  log: {
    level: choice(['info', 'error', 'warn', 'debug'], 'The least important lines that are logged.'),
    format: choice(
      ['auto', 'json', 'text'],
      'JSON lines, or lines for people; auto is text on a terminal and JSON elsewhere.',
    ),
  },
} as const satisfies SettingTree;
