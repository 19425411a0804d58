import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../support/http.ts';
import { rebuildRequest, serverDocument } from '../support/rebuild-call.ts';
import { startScriptedCloud } from '../support/scripted-cloud.ts';
import { startSpanCollector } from '../support/span-collector.ts';
import { serving, spawnGateway } from './gateway-process.ts';

/* The guards: startTracing in single.ts and worker.ts; the close of the tracing in callers.ts, without which no batch is sent at the end. */

for (const workers of ['1', '2']) {
  test(`a process with ${workers} workers exports its last spans before it ends at SIGTERM`, async () => {
    const collector = await startSpanCollector();
    const cloud = await startScriptedCloud({ status: 202, body: serverDocument });
    const gateway = spawnGateway(
      serving(cloud.url, {
        GATEWAY_WORKERS: workers,
        GATEWAY_SHUTDOWN_NOTICE_MS: '0',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
        OTEL_SERVICE_NAME: 'legacy',
        // Longer than the test: only the end of the process sends a batch.
        OTEL_BSP_SCHEDULE_DELAY: '3600000',
      }),
    );
    try {
      const { url } = await gateway.ready();
      for (let n = 0; n < 4; n += 1) assert.equal((await call(url, rebuildRequest('xml'))).status, 202);
      gateway.child.kill('SIGTERM');
      assert.equal(await gateway.ended(), 0);
      assert.equal(collector.spans.filter(({ kind }) => kind === 'server').length, 4);
      assert.equal(collector.spans.filter(({ kind }) => kind === 'client').length, 4);
      for (const { resource } of collector.spans) assert.equal(resource['service.name'], 'legacy');
      const instances = new Set(collector.spans.map(({ resource }) => resource['service.instance.id']));
      assert.equal(instances.size, Number(workers));
    } finally {
      gateway.kill();
      await cloud.stop();
      await collector.stop();
    }
  });
}
