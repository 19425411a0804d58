import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listFlavors, listFlavorsDetail, showFlavor } from '../../../src/compute/operations/flavors.ts';
import { listImages, listImagesDetail, showImage } from '../../../src/compute/operations/images.ts';
import {
  listAvailabilityZones,
  listAvailabilityZonesDetail,
} from '../../../src/compute/operations/availability-zones.ts';
import { showDefaultQuotaSet, showQuotaSet, updateQuotaSet } from '../../../src/compute/operations/quota-sets.ts';
import { listExtensions, showExtension } from '../../../src/compute/operations/extensions.ts';
import { showLimits } from '../../../src/compute/operations/limits.ts';
import type { XmlSession } from '../xml-session.ts';

/** Test the calls with which a client begins: the cloud's extensions, flavors, images and limits. */
export function looksAround(open: () => XmlSession): void {
  for (const version of ['v2', 'v1.1'] as const) {
    test(`lists the extensions and the limits (${version})`, async () => {
      const session = open().as({ version });
      const { content: extensions } = await session.ask(listExtensions, 'extensions');
      const aliases = new Set(extensions.map(({ alias }) => alias));
      for (const alias of ['OS-DCF', 'os-keypairs', 'os-floating-ips', 'os-extended-volumes'])
        assert.ok(aliases.has(alias), alias);
      const { content: extension } = await session.ask(showExtension, 'extensions/OS-DCF');
      assert.equal(extension.name, 'DiskConfig');
      await session.refused(showExtension, 'extensions/none', 404, 'itemNotFound');
      const { content: limits, document } = await session.ask(showLimits, 'limits');
      assert.equal(Number(limits.absolute?.['maxServerMeta']), 128);
      assert.match(document, /<rates\/><absolute><limit name="maxTotalInstances" value="-1"\/>/);
    });

    test(`finds a flavor and an image by name (${version})`, async () => {
      const session = open().as({ version });
      const { content: brief } = await session.ask(listFlavors, 'flavors');
      const tiny = brief.flavors?.find(({ name }) => name === 'm1.tiny');
      assert.equal(tiny?.id, '1');
      const { content: flavors } = await session.ask(listFlavorsDetail, 'flavors/detail');
      const [first, ...others] = flavors.flavors ?? [];
      assert.deepEqual([first?.name, Number(first?.ram), first?.swap, others.length], ['m1.tiny', 512, '', 3]);
      // Ids may have dots in them, and end like a suffix.
      const { content: flavor } = await session.ask(showFlavor, 'flavors/s3.xlarge.1.xml');
      assert.deepEqual([flavor.id, Number(flavor.disk)], ['s3.xlarge.1', 0]);
      await session.refused(showFlavor, 'flavors/none', 404, 'itemNotFound');

      const { rebuild } = session.cloud.images;
      const { content: images } = await session.ask(listImages, 'images?name=sandbox-rebuild');
      assert.deepEqual(
        images.images?.map(({ id }) => id),
        [rebuild],
      );
      const { content: detailed } = await session.ask(listImagesDetail, 'images/detail');
      assert.equal(detailed.images?.find(({ id }) => id === rebuild)?.status, 'ACTIVE');
      const { content: image } = await session.ask(showImage, `images/${rebuild}`);
      assert.deepEqual([image.name, image.status, Number(image.progress)], ['sandbox-rebuild', 'ACTIVE', 100]);
      await session.refused(showImage, 'images/none', 404, 'itemNotFound');
    });
  }

  test('follows the next link through all images', async () => {
    const session = open();
    const found = new Set<string | undefined>();
    let page = await session.ask(listImages, 'images?limit=4');
    for (;;) {
      page.content.images?.forEach(({ id }) => found.add(id));
      const next = page.content.images_links?.find(({ rel }) => rel === 'next')?.href;
      if (next === undefined) break;
      page = await session.follow(listImages, next);
    }
    for (const id of Object.values(session.cloud.images)) assert.ok(found.has(id), id);
  });

  test('reads the availability zones, to an administrator with their hosts', async () => {
    const session = open();
    const { content, document } = await session.ask(listAvailabilityZones, 'os-availability-zone');
    assert.deepEqual(content.availabilityZoneInfo, [
      { zoneName: 'nova', zoneState: { available: true }, metadata: {} },
    ]);
    assert.match(document, /<availabilityZone name="nova"><zoneState available="True"\/><metadata\/>/);
    await session.refused(listAvailabilityZonesDetail, 'os-availability-zone/detail', 403, 'forbidden');
    const admin = session.as({ token: session.cloud.tokens.admin });
    const { document: zones } = await admin.ask(listAvailabilityZonesDetail, 'os-availability-zone/detail');
    assert.match(
      zones,
      /<host name="compute1"><services><service name="nova-compute"><serviceState available="True" active="True" updated_at="\d{4}-\d\d-\d\d \d\d:/,
    );
  });

  test('reads the quotas, and lets an administrator alone change them', async () => {
    const session = open();
    const { projectId, tokens } = session.cloud;
    for (const [operation, path] of [
      [showQuotaSet, `os-quota-sets/${projectId}`],
      [showDefaultQuotaSet, `os-quota-sets/${projectId}/defaults`],
    ] as const) {
      const { content } = await session.ask(operation, path);
      assert.deepEqual([content.id, Number(content.key_pairs), Number(content.ram)], [projectId, 100, -1]);
    }
    const body = '<quota_set><key_pairs>50</key_pairs></quota_set>';
    await session.refused(updateQuotaSet, `os-quota-sets/${projectId}`, 403, 'forbidden', body);
    const admin = session.as({ token: tokens.admin });
    const { content } = await admin.ask(updateQuotaSet, `os-quota-sets/${projectId}`, { body });
    assert.equal(Number(content.key_pairs), 50);
  });

  test('is asked for a token, as an XML fault that keeps the challenge', async () => {
    const session = open().as({ token: 'no-token' });
    await session.refused(listFlavors, 'flavors', 401, 'unauthorized');
  });
}
