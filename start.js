#!/usr/bin/env node
// Plain JavaScript, because a node that cannot load TypeScript must still be able to read this file: without it,
// node 20 ends with ERR_UNKNOWN_FILE_EXTENSION, which names neither the cause nor the cure.
const oldest = 24;

const [major = 0] = process.versions.node.split('.').map(Number);
if (major >= oldest) {
  await import('./src/main.ts');
} else {
  console.error(
    `legacy-compute-gateway needs node ${oldest} or newer, and this is node ${process.versions.node}. ` +
      'Install a newer one, or run "npm ci" without --omit=dev: it brings one, which "npm start" then uses.',
  );
  process.exitCode = 2;
}
