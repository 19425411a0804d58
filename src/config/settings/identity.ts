import { host, ports } from './addresses.ts';
import { choice, freeText, pemFile, wholeNumber, type SettingGroup } from './forms.ts';
import { domainChoice } from './identity-forms.ts';
import { identityUrl, optionalUrl } from './urls.ts';

/** Login of legacy clients: the identity service of the cloud, and how an Identity v2.0 login becomes one of v3. */
export const identitySettings = {
  title: 'Login',
  settings: {
    identity: {
      url: identityUrl({
        help: "URL of the cloud's identity service, up to but without /v3. With it legacy clients log in at the gateway: Identity v2.0 in XML and JSON, and the header fields of v1.0 and v1.1. Not set: no login; its paths are 404.",
        example: 'https://identity.example.com',
      }),
      userDomain: domainChoice({
        allowNone: false,
        help: 'Domain in which users of legacy clients are looked up, because Identity v2.0 knows none: id:ID or name:NAME. Not set: id:default with upstream.profile nova; with ecs it must be name: and the name of the account.',
        example: 'name:my-account',
      }),
      projectDomain: domainChoice({
        allowNone: true,
        help: 'Domain in which their projects are looked up by name; none sends no domain. Not set: id:default with upstream.profile nova, none with ecs.',
        example: 'id:default',
      }),
      unscoped: choice(['auto', 'explicit', 'omit'], {
        help: 'Form of a login without a project. explicit: "scope": "unscoped", because a Keystone of today would otherwise choose the user\'s default project. omit: no scope. auto: explicit with upstream.profile nova, omit with ecs.',
        example: 'omit',
      }),
      apiKeys: choice(['refuse', 'password'], {
        help: 'API keys of Rackspace and access keys of HP in place of a password. password: send them as the password.',
        example: 'password',
      }),
      region: freeText({
        default: '',
        allowed: 'the name of a region',
        help: "Region whose compute service the gateway serves; with regions, the region of upstream.url, which must be set then. Not set: the only one with compute in the catalogue, or the one whose URL has the host of upstream.url; otherwise a login is refused, because a client must not end up in another region's cloud.",
        example: 'RegionOne',
      }),
      publicUrl: optionalUrl({
        help: 'URL at which callers reach the identity API of the gateway, up to but without /v2.0, for the catalogue. Not set: public.url, or the address that the caller used.',
        example: 'https://identity.example.org',
      }),
      ports: ports({
        help: 'Further ports that serve login only, such as those of Keystone (5000 and 35357), for clients that have them in their configuration. By default none: login is on the port for callers.',
        example: '5000,35357',
      }),
      failuresMax: wholeNumber({
        default: 30,
        least: 0,
        most: 1_000_000,
        unit: 'logins',
        help: 'Failed logins a minute, per worker, for the network of an address, and for a user; those of v3 count for the network. Beyond it logins get 429 with Retry-After and are not sent, so that the gateway is no better place to guess passwords than the cloud. 0 switches the limit off.',
        example: '10',
      }),
      timeoutMs: wholeNumber({
        default: 30_000,
        least: 1,
        most: 600_000,
        unit: 'milliseconds',
        help: "Time limit for the identity service's whole response. After it the caller gets 504; a login is never sent again.",
        example: '10000',
      }),
      maxTokenBytes: wholeNumber({
        default: 16_384,
        least: 64,
        most: 65_536,
        unit: 'bytes',
        help: 'Longest token that a login may present, and that the identity service may answer with. Tokens travel in header fields: keep request.maxHeaderBytes and request.maxHeaderLineBytes above it.',
        example: '32768',
      }),
      answerMaxBytes: wholeNumber({
        default: 524_288,
        least: 1024,
        most: 1_048_576,
        unit: 'bytes',
        help: 'Largest response of the identity service that is translated; a larger one is 502. One of 1 MiB that is made to be slow holds the event loop for 90 ms.',
        example: '1048576',
      }),
      logUsers: choice(['off', 'on'], {
        help: 'Names of users in the log line of a login. They are personal data.',
        example: 'on',
      }),
      tls: {
        caFile: pemFile({
          help: 'Certificate authorities to trust for the identity service. Not set: those of upstream.tls.caFile, else the well-known ones that node brings.',
          example: '/etc/gateway/identity-ca.crt',
        }),
        certFile: pemFile({
          help: 'Client certificate that the gateway presents to the identity service.',
          example: '/etc/gateway/client.crt',
        }),
        keyFile: pemFile({
          help: 'Private key of that client certificate.',
          example: '/etc/gateway/client.key',
        }),
        minVersion: choice(['TLSv1.2', 'TLSv1.3'], {
          help: 'Oldest version of TLS that is accepted from the identity service.',
          example: 'TLSv1.3',
        }),
        serverName: host({
          default: '',
          allowed: 'a host name',
          help: "Host name that the identity service's certificate must be valid for. Not set: the host of identity.url.",
          example: 'keystone.example.com',
        }),
        verify: choice(['on', 'off'], {
          help: "Verification of the identity service's certificate. With off anybody can pose as it and collect passwords: for trials only.",
          example: 'on',
        }),
      },
    },
  },
} as const satisfies SettingGroup;
