import type { Vocabulary } from '../support/hostile-texts.ts';

/** A way on which the cloud's answer reaches the caller. */
export interface Road {
  readonly method: 'GET';
  readonly path: string;
  readonly accept: string;
}

const server = '/v2/p/servers/11111111-1111-1111-1111-111111111111';
const list = '/v2/p/servers/detail';
const undescribed = '/v2/p/os-undescribed/1';

/** The roads of answers: translated and forwarded, for callers of XML and of JSON. */
export const roads: readonly Road[] = [server, list, undescribed].flatMap((path) =>
  ['application/xml', 'application/json'].map((accept) => ({ method: 'GET', path, accept }) as const),
);

/** The words of answers and faults: JSON, what the writers escape and cut, and what the readers of faults look for. */
export const answerWords: Vocabulary = {
  words: [
    ['{}', '[]', '""', '0', '1.0', '1e999', '-0', 'null', 'true', ' ', '\n', ',', ':', '"', '\\', '{', '}', '[', ']'],
    ['{},', '[],', '"",', '1.0,', '{"a":1},', '"k{n}":"v",', '"k{n}":{},', '"k{n}":[{"addr":"a","version":4}],'],
    ['{"rel":"self","href":"http://a/v2/{n}"},', '{"href":"/v2/x"},', '{"addr":"a"},', '{"n{n}":[1]},', '"a":1,'],
    ['<', '&', '>', "'", '\u00e9', '\ud83d\ude00', '\\u0000', '\\ud800', '\\"', '\\\\', '\\n', '.0000000', 'ab '],
    ['<b>', '</b>', '<br>', '<b>x</b>', '<!--', '<![CDATA[', '&amp;', '&lt;b', '&#65;', '<title>', '%41', '\\\\u0041'],
    ['{"metadata":{"a":"b"}},', '{"links":[{"href":"/v2/x"}]},', '"os:x{n}":"v",', '"2011-01-21T11:33:21.000000",'],
  ].flat(),
  nests: [
    ['[', ']'],
    ['{"a":', '}'],
    ['{"links":[', ']}'],
    ['<b>', '</b>'],
    ['<!--', '-->'],
  ],
  frames: [
    ['', ''],
    ['{"server":{"metadata":{', '"z":1}}}'],
    ['{"server":{"metadata":[', '{}]}}'],
    ['{"server":{"links":[', '{}]}}'],
    ['{"server":{"addresses":{', '"z":[]}}}'],
    ['{"server":{"addresses":[', '{}]}}'],
    ['{"server":{"name":"', '"}}'],
    ['{"server":{', '"id":"1"}}'],
    ['{"servers":[', '{}]}'],
    ['{"servers":[{"metadata":{', '"z":1}}]}'],
    ['{"thing":{', '"z":1}}'],
    ['{"things":[', '1]}'],
    ['{"badRequest":{"code":400,"message":"', '"}}'],
    ['{"error_code":"Ecs.1","error_msg":"', '"}'],
    ['{"title":"x","message":"', '"}'],
    ['{"choices":[', '{}]}'],
    ['<html><body>', '</body></html>'],
    ['400 Bad Request\n\n', ''],
  ],
};
