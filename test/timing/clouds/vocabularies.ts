import type { Vocabulary } from '../../support/hostile-texts.ts';

/** Split lines of words at their separator, which is in none of them. */
const split = (...lines: readonly string[]): readonly string[] => lines.flatMap((line) => line.split('¦'));

/** The words within the texts of a cloud: those that links, times, names and escapes are made of. */
export const textWords: readonly string[] = split(
  '/¦//¦a¦a/¦/a¦v2¦/v2¦/v2.1¦/v1¦/v¦.¦1¦http://¦https://c:8774/compute/v2.1¦http://c/¦-¦T¦:¦ ¦Z¦+00:00',
  '2011-01-21T11:33:21¦.000000¦.0¦<¦&¦>¦&amp;¦\'¦\\"¦\\\\¦\\n¦\\r¦\\t¦\\u0000¦\\ud800¦\\u00e9¦é¦😀¦=¦{n}¦{¦}¦[¦]',
  '?¦#¦;¦,¦%41¦x:¦xml:¦é:¦_at¦s¦ab ¦\u0300¦None/v2/',
);

/** The words between the texts of a cloud: members, items and values, whole and cut. */
export const structureWords: readonly string[] = split(
  '{},¦[],¦"",¦0,¦1.0,¦1e999,¦-0,¦null,¦true,¦"k{n}":"v",¦"k{n}":1.0,¦"k{n}":{},¦"k{n}":[],¦"a":1,¦"__proto__":1,',
  '"k{n}":[{"addr":"a","version":4}],¦{"rel":"self","href":"http://c/v2/{n}"},¦{"href":"/v2/x"},¦{"addr":"a"},',
  '"a:b{n}":"v",¦"é{n}":"v",¦"1{n}":"v",¦"links":[{"href":"/v2/x"}],¦"x_links":[{"rel":"next","href":"http://c/v2/x"}],',
  '{"key":"a"},¦{"a":[1]},¦{"a{n}":[1,2]},¦[1.0],¦"a",¦ ¦\n¦1¦9¦.¦e5¦"¦\\¦:¦,¦{¦}¦[¦]',
);

const nests: Vocabulary['nests'] = [
  ['[', ']'],
  ['{"a":', '}'],
  ['{"links":[', ']}'],
  ['[1.0,', ']'],
];

/** Values of a document, with their frames. */
export const structures = (frames: Vocabulary['frames']): Vocabulary => ({ words: structureWords, nests, frames });
/** Texts of a document, with their frames. */
export const texts = (frames: Vocabulary['frames']): Vocabulary => ({ words: textWords, nests: [], frames });

/** The words of pages, and of messages of faults that quote a request in the escapes of any format. */
export const faultWords: readonly string[] = split(
  '<b>¦</b>¦<br>¦<br/>¦<b>x</b>¦<a b="c">¦<a b=\'¦<!--¦-->¦<!-- x -->¦<![CDATA[¦]]>¦<!DOCTYPE¦<!DOCTYPE a [<!ENTITY b "c">]>',
  '<?xml¦?>¦<title>¦</title>¦<script>¦</script>¦<h1>¦</h1>¦&amp;¦&lt;b¦&#65;¦&#x41;¦&#¦&¦;¦&é;¦&nbsp;¦&b;¦<¦>¦/¦=¦a¦ab ¦ab¦-',
  'secret¦Secret0¦secret ¦s e c r e t¦%41¦%2541¦%u0041¦%¦\\u0041¦\\x41¦\\101¦\\u{41}¦\\\\¦\\¦\\n¦+¦ ¦\n¦\t¦é¦Ã©¦ð¦😀¦İ¦0¦A¦_¦"¦\'',
  'c2VjcmV0¦736563726574¦{¦}¦[¦]¦:¦,¦u"¦400 Bad Request\n\n¦word{n} ',
);

/** Texts of faults by themselves: a page, a plain text, a message. */
export const pages: Vocabulary = {
  words: faultWords,
  nests: [
    ['<b>', '</b>'],
    ['<b c="d">', '</b>'],
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<!DOCTYPE a [', ']>'],
    ['<a', '>'],
  ],
  frames: [
    ['', ''],
    ['<html><body>', '</body></html>'],
    ['<p>', ''],
    ['<', '>'],
    ['<a b="', '">'],
    ['<!DOCTYPE a [', ']><a>&b;</a>'],
    ['<!DOCTYPE a [<!ENTITY b "', '">]><a>&b;&b;</a>'],
    ['<html><head><title>', '</title></head></html>'],
    ['400 Bad Request\n\n', ''],
    ["Invalid input for field/attribute x. Value: '", "'. is too long"],
  ],
};

/** Bodies of faults: each form that a reader knows. */
export const faultBodies: Vocabulary = {
  words: [...faultWords.filter((word) => !/[\\"\n\t]/.test(word)), ...structureWords],
  nests: [...nests, ['<b>', '</b>']],
  frames: [
    ...pages.frames,
    ['{"badRequest":{"code":400,"message":"', '"}}'],
    ['{"badRequest":{"code":400,"message":"x","y":[', '0]}}'],
    ['{"error":{"code":"Ecs.1","message":"', '"}}'],
    ['{"error_code":"Ecs.1","error_msg":"', '"}'],
    ['{"error_msg":"x","error_code":"', '"}'],
    ['{"error_msg":"x","error_code":1', '}'],
    ['{"title":"', '","message":""}'],
    ['{"title":"x","message":"<p>', '"}'],
    ['{"errors":[', '{"detail":"x"}]}'],
    ['{"error":"x","error_description":"', '"}'],
    ['{"message":"x","code":"', '"}'],
    ['{', '"x":{"message":"y"}}'],
    ['[', '0]'],
  ],
};

/** Documents of versions and of choices. */
export const versionBodies: Vocabulary = {
  words: [...structureWords, ...textWords.filter((word) => !word.includes('"'))],
  nests,
  frames: [
    ['{"versions":[', '{"id":"v2.1","version":"2.1","links":[]}]}'],
    ['{"versions":[{"id":"v2.1","version":"', '"}]}'],
    ['{"versions":[{"id":"', '"}]}'],
    ['{"versions":[{"id":"v2.1","links":[', '{}]}]}'],
    ['{"version":{"id":"v2.1","version":"2.', '"}}'],
    ['{"choices":[', '{"id":"v2.1","status":"CURRENT","links":[],"media-types":[]}]}'],
    ['{"choices":[{"id":"v2.1","status":"CURRENT","media-types":[],"links":[{"rel":"self","href":"', '"}]}]}'],
    ['', ''],
  ],
};

/** JSON that is passed on, whose links are converted. */
export const linkBodies: Vocabulary = {
  words: split(
    '"href":"¦"href" : "¦"href"¦"http¦"http://¦"http://a/¦"http://c:8774/compute/v2.1/x"¦"http://c:8774/compute"¦"http:\\/\\/c:8774\\/compute\\/v2"',
    'http://c:8774/compute¦https:\\/\\/¦/v2.1¦/v2¦\\/v2.1¦/¦\\/¦\\¦\\\\¦\\"¦"¦ ¦\t¦:¦,¦{¦}¦a¦a/¦aaaaaaaaaaaaaaaa¦x/v2.¦é¦\xff',
  ),
  nests: [
    ['{"href":', '}'],
    ['[', ']'],
  ],
  frames: [
    ['', ''],
    ['{"a":{"href":"', '"}}'],
    ['{"a":{"href":"http://', '"}}'],
    ['{"a":{"href":"http://a/', '"}}'],
    ['{"a":"http://c:8774/compute/', '"}'],
    ['{"a":"http:', '"}'],
  ],
};

/** Values of header fields: media types, lists, links, dates, codings, names. */
export const answerFields: Vocabulary = {
  words: split(
    ',¦;¦=¦"¦<¦>¦ ¦\t¦a¦a,¦ ,¦a{n},¦*,¦Accept,¦accept-encoding,¦a=b;¦a/b¦application/json¦+json¦+xml¦xml¦text/xml¦chunked',
    'chunked,¦gzip,¦x-gzip¦identity,¦gzip¦http://¦http://a¦http://c:8774/compute/v2.1/x¦<http://c:8774/compute/v2>; rel=next,',
    '/¦/v2¦/v2.1/¦..¦.¦%41¦%¦?¦#¦@¦:¦[¦]¦1¦0¦9.5¦Mon¦Mon, ¦01 Jan 2026 00:00:00 GMT¦Jan¦00:¦-¦(¦)¦GMT¦+0100',
    '1.1 legacy-compute-gateway-0123456789ab,¦legacy-compute-gateway¦W/¦é¦\u0300¦ß¦xn--¦Basic realm="x",¦Path=/;¦\\',
  ),
  nests: [
    ['(', ')'],
    ['"', '"'],
  ],
  frames: [
    ['', ''],
    ['http://', '/'],
    ['http://c:8774/compute/v2.1/', ''],
    ['/v2.1/p/servers/', ''],
    ['<http://', '>; rel=next'],
    ['Mon, ', ' 00:00:00 GMT'],
    ['application/', 'json'],
    ['a/', 'xml'],
    ['gzip, ', ''],
    ['', ', chunked'],
    ['1', ''],
  ],
};
