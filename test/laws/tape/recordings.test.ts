import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Operation } from '../../../src/compute/operation.ts';
import { operations } from '../../../src/compute/operations/operations.ts';
import { readSamples } from '../../../tools/coverage-api/pairs.ts';
import { noRecordings, recordedFolder } from '../../support/vectors.ts';
import { agrees, types } from './roads.ts';

const folders = ['vectors/pairs', 'samples'];
const links = { publicUrl: 'http://gateway.example.com:8774', version: 'v2', cloudPath: '' };
const answers = new Set(
  (operations as readonly Operation[])
    .flatMap(({ answer, otherAnswer }) => [answer, otherAnswer])
    .filter((message) => message !== undefined),
);

describe('recorded documents are written from a tape as from their values', { skip: noRecordings }, () => {
  for (const folder of noRecordings === false ? folders : []) {
    test(folder, async () => {
      let taped = 0;
      for (const { json } of readSamples(recordedFolder(folder)).pairs) {
        // A document is also tried as those of other operations: it may have their outline.
        for (const message of answers)
          for (const indent of ['', '    '])
            for (const type of types)
              if (await agrees(message, Buffer.from(JSON.stringify(json, undefined, indent)), links, type)) taped += 1;
      }
      assert.ok(taped > 100, `${taped} were written from a tape`);
    });
  }
});
