import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { recordedFile, recordedFolder, noRecordings } from '../support/vectors.ts';
import { fateOf } from '../xml/agreement.ts';
import { clientRequests } from './client-requests.ts';

const sent = clientRequests().flatMap(({ file, bytes }) => {
  const body = bytes.subarray(bytes.indexOf('\r\n\r\n') + 4);
  // Behind the length of a chunk, where there is one.
  const start = body.indexOf('<');
  const isXml = start !== -1 && body.toString('latin1', 0, start).trim() === '';
  return isXml ? [{ file, body }] : [];
});

describe('XML of real clients and of legacy Nova', { skip: noRecordings }, () => {
  // Otherwise the scanner could refuse every document, and the slower parser would hide it.
  for (const { file, body } of sent) {
    test(`the body of ${file} is scanned as it is parsed`, () => assert.equal(fateOf(body), 'scanned'));
  }

  test('there are such bodies', () => assert.ok(sent.length >= 30, `${sent.length}`));

  test('every document of the published samples is scanned as it is parsed, but for a few that are not plain', () => {
    const fates = documentsOf('samples', '.xml').map((body) => fateOf(body));
    const scanned = fates.filter((fate) => fate === 'scanned').length;
    assert.ok(scanned / fates.length > 0.9, `${scanned} of ${fates.length}`);
  });

  test('every text of the recordings that may be XML is scanned as it is parsed, or not at all', () => {
    const fates = documentsOf('vectors', '.json').flatMap((file) =>
      textsIn(JSON.parse(file.toString('utf8'))).map((text) => fateOf(text)),
    );
    assert.ok(fates.filter((fate) => fate === 'scanned').length > 100);
  });
});

function documentsOf(folder: string, extension: string): Buffer[] {
  const files = readdirSync(recordedFolder(folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith(extension)).map((file) => recordedFile(`${folder}/${file}`));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trimStart().startsWith('<') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
