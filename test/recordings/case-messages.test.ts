import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCases, type CaseExchange } from '../support/case.ts';
import { assertAllNeeded, type Deviations } from '../support/deviations.ts';
import { noRecordings, recordedFile } from '../support/vectors.ts';
import { mistakesBy, type JsonSchema } from './json-schema.ts';

/** The name of a schema, and the microversions that it is of. */
interface Ranged {
  readonly schema: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** An operation of Nova's, as its own code declares it. */
interface NovaOperation {
  readonly method: string;
  readonly path: string;
  readonly action?: string;
  readonly request?: readonly Ranged[];
  readonly response?: readonly Ranged[];
}

interface NovaSchemas {
  readonly operations: readonly NovaOperation[];
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

const notItsFormat = 'a live Nova answers times and hosts that are not of the formats in its schema';
const auditTimes = (at: string): readonly string[] => [
  `answer/${at}/period_beginning is not of the format "date-time": "2026-10-01 00:00:00"`,
  `answer/${at}/period_ending is not of the format "date-time": "2026-11-01 00:00:00"`,
];

const anotherCloud = 'the page shows that members of clouds other than Nova are left out';

const errorInSuccess = 'the page shows that ECS answers an error with the status of a success';

/** Pages on which the cloud receives or answers what Nova's schemas do not know. */
const deviations: Deviations<readonly string[]> = {
  'rebuild/json-unknown-member-kept-on-v2.1.txt': {
    because: 'the page shows that the cloud judges unknown members on v2.1',
    instead: ['request/rebuild/flavorRef is not allowed'],
  },
  'rebuild/json-rebuild-on-ecs.txt': {
    because: anotherCloud,
    instead: ['answer/server/locked is not allowed', 'answer/server/OS-EXT-STS:vm_state is not allowed'],
  },
  'servers/server-without-a-task-has-none.txt': {
    because: anotherCloud,
    instead: ['answer/server/host_status is not allowed'],
  },
  'servers/update-without-a-namespace.txt': {
    because: anotherCloud,
    instead: ['answer/server/locked is not allowed'],
  },
  'quotas/usage-audit.txt': {
    because: notItsFormat,
    instead: [
      'answer/instance_usage_audit_logs/hosts_not_run/0 is not of the format "uuid": "compute1"',
      ...auditTimes('instance_usage_audit_logs'),
    ],
  },
  'quotas/usage-audit-before-a-time.txt': {
    because: notItsFormat,
    instead: auditTimes('instance_usage_audit_log'),
  },
  'networks/network.txt': {
    because: 'it is of a cloud that still has nova-network, which the schemas no longer know',
    instead: ['deleted', 'injected', 'multi_host', 'vlan'].map(
      (member) => `answer/network/${member} is no string or null`,
    ),
  },
  'quotas/limits-by-suffix.txt': {
    because: 'clouds other than Nova may still limit rates, as legacy Nova did',
    instead: [
      'answer/limits/rate is not at most as many as 0: [{"uri":"*","regex":".*","limit":[{"value":120,"verb":"POST","remaining":119,"unit":"MINUTE","next-available":"2026-11-21T18:00:11Z"}]}]',
    ],
  },
  'faults/error-of-ecs-with-200.txt': { because: errorInSuccess, instead: ['answer is no null'] },
  'faults/flow-limit-with-202-of-a-delete.txt': { because: errorInSuccess, instead: ['answer is no null'] },
  'faults/flow-limit-with-202-of-a-stop-in-json.txt': { because: errorInSuccess, instead: ['answer is no null'] },
  'faults/flow-limit-with-202-of-a-rebuild.txt': {
    because: errorInSuccess,
    instead: ['answer/error_code is not allowed', 'answer/error_msg is not allowed'],
  },
  'server-actions/job-id-of-a-reboot.txt': {
    because: 'the page shows that ECS answers a job where Nova answers nothing',
    instead: ['answer is no null'],
  },
  'rebuild/addresses-as-an-array.txt': {
    because: 'the page shows the array that ECS documents',
    instead: ['answer/server/addresses is no object'],
  },
  'servers/addresses-as-an-array-in-json.txt': {
    because: 'the page shows the array that ECS documents',
    instead: ['answer/server/addresses is no object'],
  },
  'flavors/extra-specs-with-an-emoji.txt': {
    because: 'another cloud may allow any key',
    instead: ['answer/extra_specs/a😀b is not allowed'],
  },
  'versions/versions-of-the-cloud.txt': {
    because: 'the schemas know the document of one version only',
    instead: ['answer/versions is not allowed'],
  },
};

const { operations, schemas } =
  noRecordings === false
    ? (JSON.parse(recordedFile('schemas/nova-2.104.json').toString('utf8')) as NovaSchemas)
    : { operations: [], schemas: {} };

describe(
  "what the cloud receives and answers on pages of cases is valid by Nova's schemas",
  { skip: noRecordings },
  () => {
    const pages = noRecordings === false ? readCases() : [];
    const found = new Map(pages.map(({ file, cloud }) => [file, cloud.flatMap(mistakesOf)] as const));
    for (const { file } of pages) {
      const { because, instead = [] } = deviations[file] ?? {};
      test(because === undefined ? file : `${file}, but that ${because}`, () => {
        assert.deepEqual(found.get(file), instead);
      });
    }

    test('every deviation is one that a page needs', () => {
      assertAllNeeded(deviations, new Map([...found.keys()].map((file) => [file, []])));
    });

    test('nearly all requests and answers have a schema', () => {
      const bodies = pages.flatMap(({ cloud }) => cloud.flatMap(bodiesOf));
      const checked = pages.flatMap(({ cloud }) => cloud.flatMap(checksOf));
      assert.ok(checked.length > bodies.length * 0.9, `${checked.length} of ${bodies.length}`);
    });
  },
);

/** A body on a page, with the schema of its microversion. */
interface Checked {
  readonly schema: JsonSchema;
  readonly value: unknown;
  readonly at: 'request' | 'answer';
}

/** An answer may be an excerpt, without what its page is not about; a request is whole. */
function mistakesOf(exchange: CaseExchange): readonly string[] {
  return checksOf(exchange).flatMap(({ schema, value, at }) =>
    mistakesBy(schema, value, at, { isExcerpt: at === 'answer' }),
  );
}

function bodiesOf({ receives, answers }: CaseExchange): readonly (readonly [Checked['at'], string])[] {
  const isGood = / 2\d\d /.test(`${answers.start} `);
  return [['request', receives.body] as const, ['answer', isGood ? answers.body : ''] as const].filter(([, body]) =>
    body.startsWith('{'),
  );
}

function checksOf(exchange: CaseExchange): readonly Checked[] {
  const { receives } = exchange;
  const asked = receives.headers.find(([name]) => name === 'openstack-api-version')?.[1];
  const version = Number(/^compute 2\.(\d+)$/.exec(asked ?? '')?.[1] ?? 1);
  const operation = operationOf(exchange);
  return bodiesOf(exchange).flatMap(([at, body]) => {
    const ranged = (at === 'request' ? operation?.request : operation?.response) ?? [];
    const schema = schemas[ranged.find((each) => isOf(each, version))?.schema ?? ''];
    return schema === undefined ? [] : [{ schema, value: JSON.parse(body) as unknown, at }];
  });
}

function isOf({ from, to }: Ranged, version: number): boolean {
  return version >= minorOf(from, 0) && version <= minorOf(to, Number.POSITIVE_INFINITY);
}

/** The minor part of a microversion; some are named by a constant, of which nothing is known. */
function minorOf(version: string | null, otherwise: number): number {
  return Number(/^2\.(\d+)$/.exec(version ?? '')?.[1] ?? otherwise);
}

/** The operation of the most literal path, as `servers/detail` before `servers/{id}`. */
function operationOf({ receives }: CaseExchange): NovaOperation | undefined {
  const [method = '', target = ''] = receives.start.split(' ');
  const path = target.replace(/\?.*$/, '').replace(/^\/v2\.1(?:\/[0-9a-f]{16,})?/, '') || '/';
  const action = path.endsWith('/action') ? Object.keys(JSON.parse(receives.body) as object)[0] : undefined;
  return operations
    .filter((each) => each.method === method && each.action === action && patternOf(each.path).test(path))
    .toSorted((a, b) => a.path.split('{').length - b.path.split('{').length)[0];
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
}
