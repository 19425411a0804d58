import type { Around, Vocabulary } from '../../support/hostile-texts.ts';
import { imageId } from '../../support/rebuild-call.ts';

/** Split lines of words at their separator, which is in none of them. */
const split = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split('¦'));

const nestXml: readonly Around[] = [
  ['<b>', '</b>'],
  ['<b xmlns:p{n}="u{n}" p{n}:c="">', '</b>'],
  ['<metadata>', '</metadata>'],
];

/** The words of XML: each construct that its parsers have a branch for, whole and cut. */
const xmlWords: readonly string[] = split(
  '<b/>¦<b{n}/>¦<b>x</b>¦<meta key="{n}">v</meta>¦<meta key="k">v</meta>¦<k{n}>v</k{n}>¦<é/>',
  '<file path="/a">eA==</file>¦<b a="1" c=\'2\'/>¦<b xmlns="u"/>¦<p:b xmlns:p="u{n}"/>',
  '<metadata/>¦<!---->¦<!--¦-->¦<!-- - -->¦<?p?>¦<?p¦?>¦<![CDATA[x]]>¦<![CDATA[¦]]>¦]]',
  '<!DOCTYPE¦&amp;¦&#65;¦&#xFEFF;¦&¦&#¦&#0000000065;¦\ufeff¦\ufffd¦\ue000¦é¦😀¦\u0085¦x',
  'word{n}¦ ¦\n¦\r\n¦\t¦<¦>¦/¦"¦\'¦=¦:¦<b>¦</b>¦A¦AAAA\n¦eA==¦=¦-¦_',
);

/** XML within an element, within tags, and around the root. */
export const xmlContent: Vocabulary = {
  words: xmlWords,
  nests: nestXml,
  frames: [
    [`<rebuild imageRef="${imageId}">`, '</rebuild>'],
    [`<rebuild imageRef="${imageId}"><?p?>`, '</rebuild>'],
    [`<rebuild imageRef="${imageId}"><metadata>`, '</metadata></rebuild>'],
    [`<rebuild imageRef="${imageId}"><personality>`, '</personality></rebuild>'],
    [`<rebuild imageRef="${imageId}"><personality><file path="/a">`, '</file></personality></rebuild>'],
    ['', '<rebuild/>'],
    ['<rebuild/>', ''],
    ['', ''],
  ],
};

/** XML within a start tag, within a value of an attribute, and within a declaration. */
export const xmlTags: Vocabulary = {
  words: split(
    ' a{n}=""¦ a=""¦ xmlns:p{n}="u{n}"¦ xmlns:p{n}="u"¦ xmlns="u"¦ p{n}:a=""¦ xml:id="{n}"',
    ' xml:id="1 2"¦ xmlns:p{n}="{n}"¦ xmlns:p{n}=\'%\'¦ xml:lang="x"¦ xsi:a=""¦ name="n"',
    ' key_name="k"¦ encoding="utf-8"¦a¦a{n}¦:¦é¦ ¦\n¦\t¦\r¦=¦"¦\'¦/¦>¦<¦&amp;¦&#10;',
    '&#xFEFF;¦\ufeff¦x¦0¦-¦.¦?>¦ version="1.0"¦ encoding=¦ standalone="yes"',
    " is not a valid URI¦' is not¦http://a/¦urn:a",
  ),
  nests: [],
  frames: [
    [`<rebuild imageRef="${imageId}"`, '/>'],
    [`<rebuild imageRef="${imageId}" name="`, '"/>'],
    [`<rebuild imageRef="${imageId}" xmlns="`, '"/>'],
    [`<rebuild imageRef="${imageId}" xmlns:p="http://`, '"/>'],
    [`<rebuild imageRef="${imageId}" xml:id="`, '"/>'],
    [`<rebuild imageRef="${imageId}"><p:b xmlns:p="`, '"/></rebuild>'],
    ['<?xml', '?><rebuild/>'],
    ['<?xml version="1.0" encoding="', '"?><rebuild/>'],
    ['<', '/>'],
    ['<rebuild></rebuild', '>'],
  ],
};

/** JSON within an object, an array and a text, and around the root. */
export const jsonContent: Vocabulary = {
  words: split(
    '{¦}¦[¦]¦:¦,¦"¦\\¦\\"¦\\u0041¦\\ud800¦null¦true¦NaN¦"a":0,¦"a{n}":0,¦"k":"v",',
    '"{n}":"v",¦"__proto__":1,¦"a":{"a":1,"a":2},¦"b{n}":{"a":1,"a":2},¦{"a":1,"a":1},¦"": ¦" :',
    '"a¦[]¦{},¦"x",¦0,¦1.0,¦1e400,¦9¦0¦.¦-0,¦1.¦e5¦123456789012345¦0.000000¦ ¦\n¦\t¦x',
    'é¦😀¦\ufeff¦//¦"a":[¦"meta":{¦{"path":"/a","contents":"eA=="},¦"/a",¦AAAA¦A\\nA¦\\\\',
  ),
  nests: [
    ['[', ']'],
    ['{"a":', '}'],
    ['{"a":1,"a":[', ']}'],
    ['[1.0,', ']'],
  ],
  frames: [
    [`{"rebuild":{"imageRef":"${imageId}",`, '"z":0}}'],
    [`{"rebuild":{"imageRef":"${imageId}","metadata":{`, '"z":"0"}}}'],
    [`{"rebuild":{"imageRef":"${imageId}","personality":[`, '{"path":"/a","contents":""}]}}'],
    [`{"rebuild":{"imageRef":"${imageId}","x":[`, '0]}}'],
    [`{"rebuild":{"imageRef":"${imageId}","name":"`, '"}}'],
    [`{"rebuild":{"imageRef":"${imageId}","x":`, '0}}'],
    [`{"rebuild":{"imageRef":"${imageId}","x":1,"x":`, '0}}'],
    ['{', '"rebuild":{}}'],
    ['', ''],
  ],
};

/** Values: the words that the formats of scalars, names of members and texts of notes are made of. */
export const valueWords: readonly string[] = split(
  '0¦1¦9¦1.¦.¦:¦-¦+¦/¦//¦a¦A¦é¦😀¦ ¦\n¦\t¦\u00a0¦=¦%¦?¦#¦;¦,¦{¦[¦AAAA',
  'AAAA\n¦eA==¦x=¦_¦{n}¦1e5¦0x¦00¦255.¦ffff:¦::¦/70a599e0-31e7-49b7-b260-868f441e862b',
  "urn:¦'¦+00:00¦true¦T",
);

/** User data before its compression. */
export const userData: Vocabulary = {
  words: split(
    '=====personality-{n}=====¦--=====personality-{n}=====\n¦=====personality-¦=====¦=¦-¦--¦\n',
    '\n\n¦\r\n¦ ¦\t¦x¦MIME-Version: 1.0\n¦Content-Type: text/plain\n',
    'Content-Type: multipart/mixed; boundary="=====personality-0====="\n',
    'Content-Transfer-Encoding: base64\n¦#cloud-config\n¦#!¦#include ¦{"write_files":[',
    '{"path":"/a","encoding":"b64","content":"","owner":"root:root","permissions":"0644"},¦AAAA',
    '\u0000¦From x\n¦a-¦a:¦:¦é¦😀¦"¦\\¦\u2028¦[¦]¦{¦}¦,¦1.0',
  ),
  nests: [
    ['[', ']'],
    ['{"a":', '}'],
  ],
  frames: [
    ['', ''],
    ['#cloud-config\n{"write_files":[', ']}\n'],
    ['#!/bin/sh\n', ''],
    [
      'Content-Type: multipart/mixed; boundary="=====personality-0====="\nMIME-Version: 1.0\n\n--=====personality-0=====\n',
      '\n--=====personality-0=====--\n',
    ],
    ['MIME-Version: 1.0\n', ''],
  ],
};

/** Header fields of callers: media types, lists, parameters, versions and addresses. */
export const headerFields: Vocabulary = {
  words: split(
    'a/b¦application/xml¦application/json¦*/*¦application/*¦*¦,¦;¦=¦"¦\\"¦\\¦"a"¦ ¦\t¦q',
    ';q=0.1¦;q=1.¦q=0¦;version=1.1¦;version="2"¦version¦charset=utf-8¦handling=¦handling=strict',
    'handling=lenient;¦0¦1¦.¦1.1 a¦1.1 a,¦2.57¦compute 2.57¦nova¦latest¦for=¦for=1.2.3.4',
    'for="[::1]"¦proto=https¦host=a¦by=¦,for=1.2.3.4¦1.2.3.4¦,1.2.3.4¦[::1]¦:¦-¦a¦A¦/¦/a',
    '..¦%¦%2e¦(a)¦(¦)¦<a>¦é',
  ),
  nests: [['(', ')']],
  frames: [
    ['', ''],
    ['application/xml', ''],
    ['application/xml;q=', ''],
    ['a/b, ', ', */*'],
    ['"', '"'],
    ['for=', ''],
    ['1.1 ', ''],
    ['00-', '-01'],
    ['https://', ''],
    ['handling=', ''],
  ],
};

/** Request targets: segments, their encodings, suffixes, queries. */
export const targets: Vocabulary = {
  words: split(
    '/¦//¦/a¦/.¦/..¦.¦..¦%¦%2¦%2e¦%2f¦%5c¦%41¦%00¦\\¦;¦:¦@¦?¦&¦=¦a=b&¦a{n}=b&¦a',
    '.xml¦.json¦/servers¦/v2¦/action¦/detail¦v2¦1¦é¦+¦%zz¦[¦http://a¦~¦-',
  ),
  nests: [],
  frames: [
    ['/v2/p', ''],
    ['/v2/p/servers/', ''],
    ['/v2/p/servers/s/action', ''],
    ['/v2/p/servers?', ''],
    ['/v2/p/', '/action'],
    ['/v2/p/', '?x'],
    ['/v1.1/', '/servers/s/action'],
    ['/v2.1', ''],
    ['/', ''],
    ['http://a', '/v2/'],
  ],
};
