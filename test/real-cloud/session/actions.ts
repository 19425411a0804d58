import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showDiagnostics } from '../../../src/compute/operations/diagnostics.ts';
import { named, type XmlSession } from '../xml-session.ts';

const compute = 'http://docs.openstack.org/compute/api/v1.1';

/** Actions that answer nothing, in the order in which a server can have them, and its status after each. */
const steps = [
  ['changePassword', `<changePassword xmlns="${compute}" adminPass="an0ther"/>`, 'ACTIVE'],
  ['reboot', `<reboot xmlns="${compute}" type="SOFT"/>`, 'ACTIVE'],
  ['reboot', '<reboot type="hard"/>', 'ACTIVE'],
  ['os-stop', '<os-stop/>', 'SHUTOFF'],
  ['os-start', '<os-start/>', 'ACTIVE'],
  ['pause', `<pause xmlns="${compute}"/>`, 'PAUSED'],
  ['unpause', `<unpause xmlns="${compute}"/>`, 'ACTIVE'],
  ['suspend', '<suspend></suspend>', 'SUSPENDED'],
  ['resume', '<resume><!-- nothing --></resume>', 'ACTIVE'],
  ['resize', `<resize xmlns="${compute}" flavorRef="2"/>`, 'VERIFY_RESIZE'],
  ['confirmResize', `<confirmResize xmlns="${compute}"/>`, 'ACTIVE'],
  [
    'resize',
    '<resize flavorRef="http://servers.example.com/v1.1/flavors/1" auto_disk_config="MANUAL"/>',
    'VERIFY_RESIZE',
  ],
  ['revertResize', `<revertResize xmlns="${compute}"/>`, 'ACTIVE'],
  ['shelve', '<shelve/>', 'SHELVED_OFFLOADED'],
  ['unshelve', '<unshelve/>', 'ACTIVE'],
] as const;

/** Test the actions of servers that have no chapter of their own. */
export function actsOnAServer(open: () => XmlSession): void {
  const server = (): string => open().cloud.servers[0] ?? '';
  const action = (): string => `servers/${server()}/action`;

  test('changes the password, reboots, stops, starts, pauses, suspends, resizes and shelves, waiting each time', async () => {
    for (const [name, body, status] of steps) {
      await open().ask(named(name), action(), { body });
      const shown = await open().until(server(), status);
      if (status === 'VERIFY_RESIZE') assert.equal(shown.flavor?.id, body.includes('"2"') ? '2' : '1', body);
    }
    assert.equal((await open().until(server(), 'ACTIVE')).flavor?.id, '2', 'the second resize was taken back');
  });

  test('locks the server against all that its owner could do, and unlocks it', async () => {
    const session = open().as({ version: 'v1.1' });
    await session.ask(named('lock'), action(), { body: '<lock/>' });
    const message = await session.refused(
      named('reboot'),
      action(),
      409,
      'conflictingRequest',
      '<reboot type="HARD"/>',
    );
    assert.match(message, /is locked$/);
    await session.ask(named('unlock'), action(), { body: '<unlock/>' });
  });

  test('rescues the server with a password of its own or of the cloud, and leaves the rescue', async () => {
    const session = open();
    const given = await session.ask(named('rescue'), action(), {
      body: `<rescue xmlns="${compute}" adminPass="resc6e"/>`,
    });
    assert.equal(given.document, '<adminPass>resc6e</adminPass>');
    await session.until(server(), 'RESCUE');
    await session.ask(named('unrescue'), action(), { body: '<unrescue/>' });
    await session.until(server(), 'ACTIVE');
    const made = await session.ask(named('rescue'), action(), { body: '<rescue/>' });
    assert.match(made.content.adminPass, /^\w{12}$/);
    await session.until(server(), 'RESCUE');
    await session.ask(named('unrescue'), action(), { body: '<unrescue/>' });
    await session.until(server(), 'ACTIVE');
  });

  test('reads the console, and gets the address of a graphical one', async () => {
    const session = open();
    for (const body of [
      '<os-getConsoleOutput length="50"/>',
      '<os-getConsoleOutput><length>50</length></os-getConsoleOutput>',
      '<os-getConsoleOutput/>',
    ]) {
      const { content } = await session.ask(named('os-getConsoleOutput'), action(), { body });
      assert.equal(content, 'FAKE CONSOLE OUTPUT\nANOTHER\nLAST LINE');
    }
    const { content } = await session.ask(named('os-getVNCConsole'), action(), {
      body: '<os-getVNCConsole type="novnc"/>',
    });
    assert.deepEqual([content.type, new URL(content.url ?? '').port], ['novnc', '6080']);
    const spice = '<os-getSPICEConsole type="spice-html5"/>';
    await session.refused(named('os-getSPICEConsole'), action(), 400, 'badRequest', spice);
    await session.refused(
      named('os-getRDPConsole'),
      action(),
      400,
      'badRequest',
      '<os-getRDPConsole type="rdp-html5"/>',
    );
  });

  test('reads the diagnostics, as an administrator', async () => {
    const session = open();
    await session.refused(showDiagnostics, `servers/${server()}/diagnostics`, 403, 'forbidden');
    const admin = session.as({ token: session.cloud.tokens.admin });
    const { content } = await admin.ask(showDiagnostics, `servers/${server()}/diagnostics`);
    assert.deepEqual([Number(content['memory']), Number(content['vda_errors'])], [524288, -1]);
  });

  test('is refused what the server cannot do now, what only administrators may, and what modern clouds took away', async () => {
    for (const [name, status, root, body] of [
      ['os-start', 409, 'conflictingRequest', '<os-start/>'],
      ['unpause', 409, 'conflictingRequest', '<unpause/>'],
      ['confirmResize', 409, 'conflictingRequest', '<confirmResize/>'],
      ['unrescue', 409, 'conflictingRequest', '<unrescue/>'],
      ['restore', 409, 'conflictingRequest', '<restore/>'],
      ['resize', 400, 'badRequest', '<resize flavorRef="2"/>'],
      ['resize', 400, 'badRequest', '<resize flavorRef="99"/>'],
      ['resize', 400, 'badRequest', '<resize/>'],
      ['reboot', 400, 'badRequest', '<reboot type="GENTLE"/>'],
      ['reboot', 400, 'badRequest', '<reboot/>'],
      ['changePassword', 400, 'badRequest', '<changePassword/>'],
      ['createImage', 400, 'badRequest', '<createImage name=""/>'],
      ['migrate', 403, 'forbidden', '<migrate/>'],
      ['injectNetworkInfo', 403, 'forbidden', '<injectNetworkInfo/>'],
      ['shelveOffload', 403, 'forbidden', '<shelveOffload/>'],
      ['os-resetState', 403, 'forbidden', '<os-resetState state="error"/>'],
      [
        'os-migrateLive',
        403,
        'forbidden',
        '<os-migrateLive><host>h</host><block_migration>False</block_migration><disk_over_commit>False</disk_over_commit></os-migrateLive>',
      ],
      ['evacuate', 403, 'forbidden', '<evacuate host="h" onSharedStorage="False" adminPass="evac"/>'],
      // The cloud's word is 410, which the legacy API had no name for.
      ['resetNetwork', 501, 'notImplemented', '<resetNetwork/>'],
      ['pause', 400, 'badRequest', '<dance/>'],
      ['pause', 400, 'badRequest', '<pause'],
      ['pause', 400, 'badRequest', '<!DOCTYPE pause><pause/>'],
    ] as const)
      await open().refused(named(name), action(), status, root, body);
  });

  test('lets an administrator migrate, reset and evacuate', async () => {
    const session = open();
    const admin = session.as({ token: session.cloud.tokens.admin });
    await admin.ask(named('os-resetState'), action(), { body: '<os-resetState><state>error</state></os-resetState>' });
    await session.until(server(), 'ERROR');
    await admin.ask(named('os-resetState'), action(), { body: '<os-resetState state="active"/>' });
    await session.until(server(), 'ACTIVE');
    await admin.ask(named('injectNetworkInfo'), action(), { body: '<injectNetworkInfo/>' });
    await admin.ask(named('migrate'), action(), { body: '<migrate/>' });
    // The cloud has no other host, so the server stays and becomes active again.
    await session.until(server(), 'ACTIVE');
    const up = '<evacuate onSharedStorage="False" adminPass="evac"/>';
    await admin.refused(named('evacuate'), action(), 400, 'badRequest', up);
  });
}
