/** Characters that take two cells of a terminal: those of East Asian scripts, and pictures (Unicode's East Asian Width W and F). */
const wide =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
/** Clusters that take no cell: marks without a letter, and invisible characters. */
const invisible = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]+$/u;
const plain = /^[ -~]*$/;

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Count the cells of a terminal that a text takes. */
export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmenter.segment(text)) width += widthOfCluster(segment);
  return width;
}

/** Cut a text to some cells; one that is cut ends with an ellipsis. */
export function cutToWidth(text: string, most: number): string {
  if (widthOf(text) <= most) return text;
  let [cut, width] = ['', 0];
  for (const { segment } of segmenter.segment(text)) {
    const next = width + widthOfCluster(segment);
    if (next > most - 1) break;
    cut += segment;
    width = next;
  }
  return `${cut}…`;
}

/** Fill a text with spaces to some cells. */
export function padToWidth(text: string, width: number, isRight: boolean): string {
  const fill = ' '.repeat(Math.max(0, width - widthOf(text)));
  return isRight ? fill + text : text + fill;
}

function widthOfCluster(cluster: string): number {
  if (invisible.test(cluster)) return 0;
  return wide.test(cluster) || cluster.includes('\ufe0f') ? 2 : 1;
}
