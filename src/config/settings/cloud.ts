import { host } from './addresses.ts';
import { choice, chosen, wholeNumber, pemFile, type SettingGroup } from './forms.ts';
import { cloudUrl, proxyChoice } from './urls.ts';

/** The cloud behind the gateway: its URL, its kind, its TLS, and the limits of connections, time and memory. */
export const cloudSettings = {
  title: 'The cloud',
  settings: {
    upstream: {
      url: cloudUrl({
        help: "URL of the cloud's compute API, up to but without /v2.1.",
        example: 'https://compute.example.com',
      }),
      profile: chosen(['nova', 'ecs'], {
        help: 'Kind of cloud. It decides which members of a request are forwarded, mapped or dropped; with the wrong one, members that the cloud supports are dropped.',
        advice:
          "nova: OpenStack's own Nova, or a cloud that accepts what Nova accepts (`openstack versions show`, or a GET of its root, lists compute v2.1). ecs: an Elastic Cloud Server (Huawei Cloud, Open Telekom Cloud and their family). If in doubt: npm start -- --check --reach asks the cloud.",
        example: 'nova',
      }),
      legacyPath: choice(['auto', 'v2', 'v2.1'], {
        help: 'Path at which the cloud is asked for JSON calls of v1.1 and v2 that are not translated. auto: /v2, or /v2.1 if the cloud no longer has /v2; the gateway reads that without a token from /, /v2/ and /v2.1/, and warns once if the versions there do not fit upstream.profile. With v2 or v2.1 it asks nothing.',
        example: 'v2.1',
      }),
      personality: choice(['native', 'user-data'], {
        help: 'How files reach a nova cloud. native: as personality where the microversion allows it (up to 2.56), else as user_data. user-data: always as user_data.',
        example: 'user-data',
      }),
      connections: wholeNumber({
        default: 128,
        least: 1,
        most: 10_000,
        unit: 'connections',
        help: 'Connections to the cloud for translated requests, per worker, and with regions to each cloud. Further requests wait for a free one.',
        example: '256',
      }),
      connectTimeoutMs: wholeNumber({
        default: 5000,
        least: 1,
        most: 600_000,
        unit: 'milliseconds',
        help: 'Time limit for connecting to the cloud. After it the caller gets 503. With a proxy it holds for each step: the proxy, its tunnel, the TLS of the cloud.',
        example: '2000',
      }),
      idleMs: wholeNumber({
        default: 1500,
        least: 1,
        most: 600_000,
        unit: 'milliseconds',
        help: 'Longest pause between two requests on a connection to the cloud; after it the gateway closes it. Make it shorter than the cloud and its balancer keep idle connections (gunicorn 2 s, Apache and uvicorn 5 s), or now and then a request meets a connection that closes: 504, though the cloud saw nothing.',
        example: '10000',
      }),
      maxConnectionAgeMs: wholeNumber({
        default: 60_000,
        least: 1,
        most: 86_400_000,
        unit: 'milliseconds',
        help: "Age at which a connection to the cloud gets no further request. So the gateway follows a cloud whose name has moved to another address within this time and that of the name server's cache.",
        example: '300000',
      }),
      proxy: proxyChoice({
        help: 'Proxy between the gateway and the cloud. off: none, whatever the environment says. environment: HTTPS_PROXY or HTTP_PROXY by the scheme of upstream.url, or ALL_PROXY, unless NO_PROXY names the cloud. Or its URL, which may have a user and a password. Requests to an https cloud go through a tunnel (CONNECT), so that the proxy reads nothing.',
        example: 'http://proxy.example.com:3128',
      }),
      answerTimeoutMs: wholeNumber({
        default: 120_000,
        least: 1,
        most: 3_600_000,
        unit: 'milliseconds',
        help: "Time limit for the cloud's whole response to a translated request. After it the caller gets 504. For forwarded requests: the longest silence of the cloud.",
        example: '60000',
      }),
      answerMaxBytes: wholeNumber({
        default: 16_777_216,
        least: 1024,
        most: 1_073_741_824,
        unit: 'bytes',
        help: 'Largest response of the cloud that is translated. The caller gets 502 for a larger one.',
        example: '33554432',
      }),
      answersMaxTotalBytes: wholeNumber({
        default: 134_217_728,
        least: 1024,
        most: 1_099_511_627_776,
        unit: 'bytes',
        help: 'Memory that responses of the cloud may use per worker, until their callers have read them. Responses beyond it become 502.',
        example: '268435456',
      }),
      tls: {
        caFile: pemFile({
          help: 'Certificate authorities to trust for the cloud. Not set: the well-known ones that node brings.',
          example: '/etc/gateway/cloud-ca.crt',
        }),
        certFile: pemFile({
          help: 'Client certificate that the gateway presents to the cloud.',
          example: '/etc/gateway/client.crt',
        }),
        keyFile: pemFile({
          help: 'Private key of that client certificate.',
          example: '/etc/gateway/client.key',
        }),
        minVersion: choice(['TLSv1.2', 'TLSv1.3'], {
          help: 'Oldest version of TLS that is accepted from the cloud.',
          example: 'TLSv1.3',
        }),
        serverName: host({
          default: '',
          allowed: 'a host name',
          help: "Host name that the cloud's certificate must be valid for. Not set: the host of upstream.url.",
          example: 'compute.example.com',
        }),
        verify: choice(['on', 'off'], {
          help: "Verification of the cloud's certificate. With off anybody can pose as the cloud: for trials only.",
          example: 'on',
        }),
      },
    },
  },
} as const satisfies SettingGroup;
