import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportCommand } from '../../../src/cli/report/report.ts';
import { call } from '../../support/http.ts';
import { startTestGateway } from '../../support/gateway.ts';
import { actionPath, plainRebuild, projectId, serverDocument } from '../../support/rebuild-call.ts';
import { startScriptedCloud } from '../../support/scripted-cloud.ts';
import { runCommand } from './run-report-in-test.ts';
import { temporaryFile, temporaryPath } from './temporary-files.ts';

const day = 86_400_000;
const by = 'project,agent,network,operation,reason';

/** A row of a report in JSON, without what depends on the clock. */
interface ReportedRow {
  readonly agent: string;
  readonly reason: string;
  readonly first: unknown;
  readonly last: unknown;
}

/** Report from some sources. @returns the rows by their tables */
async function rowsFrom(args: readonly string[], options: Readonly<Record<string, string>> = {}) {
  const { stdout } = await runCommand(reportCommand, args, { format: 'json', by, ...options });
  const { tables } = JSON.parse(stdout) as {
    readonly tables: Readonly<Record<string, { rows: readonly ReportedRow[] }>>;
  };
  return Object.entries(tables).map(([kind, { rows }]) => ({
    kind,
    rows: rows
      .map(({ first, last, ...row }) => ({ ...row, isTimed: typeof first === 'string' && typeof last === 'string' }))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  }));
}

test('an admin port that cannot be reached is named with the reason, also one that fetch never uses', async () => {
  for (const [port, cause] of [
    [1, 'bad port'],
    [2, 'ECONNREFUSED'],
  ] as const)
    await assert.rejects(
      runCommand(reportCommand, [`http://127.0.0.1:${port}`], {}),
      new RegExp(
        `http://127\\.0\\.0\\.1:${port} cannot be reached \\(${cause}\\): it must be the admin port of a gateway`,
      ),
    );
});

test('the log, the ledger in a file and the admin port tell the same about the same exchanges', async (context) => {
  const cloud = await startScriptedCloud({
    status: 202,
    headers: { 'content-type': 'application/json', 'x-openstack-request-id': 'req-of-cloud' },
    body: serverDocument,
  });
  context.after(() => cloud.stop());
  const ledger = temporaryPath('gateway.db');
  const token = 'a-token-of-the-admin-port';
  const brownout = {
    brownouts: [
      {
        from: new Date(Date.now() - day).toISOString().slice(0, 16).concat('Z'),
        to: new Date(Date.now() + day).toISOString().slice(0, 16).concat('Z'),
        only: [{ agent: 'refused/*' }],
      },
    ],
  };
  const tokenFile = temporaryFile('token', token);
  const gateway = await startTestGateway(cloud.url, {
    GATEWAY_LEDGER_STORE: `sqlite:${ledger}`,
    GATEWAY_ADMIN_TOKEN_FILE: tokenFile,
    GATEWAY_RETIRE: temporaryFile('retire.json', JSON.stringify(brownout)),
  });
  const xml = { method: 'POST', body: plainRebuild.xml } as const;
  const headers = { 'content-type': 'application/xml', 'user-agent': 'fog/1.22.0' };
  const rebuild = (agent: string, path = actionPath) =>
    call(gateway.url, { ...xml, path, headers: { ...headers, 'user-agent': agent } });
  await rebuild('fog/1.22.0');
  await rebuild('fog/1.22.0');
  await rebuild('\u00e9\u0085 odd "agent" \\');
  await rebuild('refused/1.0');
  await rebuild('stranger/1.0 refused/', actionPath.replace(projectId, '(unverified)'));
  cloud.script({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"servers": []}' });
  await call(gateway.url, { method: 'GET', path: `/v2/${projectId}/servers.json`, headers: { 'user-agent': 'curl' } });
  await call(gateway.url, { method: 'GET', path: `/v2.1/${projectId}/flavors`, headers: { 'user-agent': 'modern' } });
  cloud.script({ status: 401 });
  await rebuild('no-token', actionPath.replace(projectId, 'other'));
  await gateway.logged('exchange', 8);

  const fromAdmin = await rowsFrom([gateway.adminUrl], { 'token-file': tokenFile });
  await assert.rejects(rowsFrom([gateway.adminUrl]), /wants the token of its admin port/);
  await gateway.stop();
  const fromStore = await rowsFrom([ledger]);
  const lines = gateway.log.map(({ event, level, fields }) =>
    JSON.stringify({ timestamp: new Date().toISOString(), level, message: event, ...fields }),
  );
  const fromLog = await rowsFrom([temporaryFile('exchanges.log', lines.join('\n'))]);
  assert.deepEqual(fromLog, fromStore);
  assert.deepEqual(fromAdmin, fromStore);
  const agents = fromStore.flatMap(({ kind, rows }) => rows.map(({ agent, reason }) => `${kind} ${agent} ${reason}`));
  for (const row of ['needing fog/1.22.0 xml-request', 'needing refused/1.0 xml-request', 'needing curl suffix'])
    assert.ok(agents.includes(row), agents.join('\n'));
  assert.ok(!agents.some((row) => row.includes('modern')));
});
