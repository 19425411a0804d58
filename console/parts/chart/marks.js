/**
 * The looks of the lines of a chart: each has a dash pattern and a mark of its own besides its colour, so that they are told apart
 * without colours, too.
 */

/** @typedef {{ readonly dash: readonly number[], readonly mark: keyof typeof markPaths }} LineLook */

/** The marks, drawn around 0,0 within a radius of 4, as SVG paths. */
const markPaths = /** @type {const} */ ({
  dot: 'M-3.5 0A3.5 3.5 0 1 1 3.5 0A3.5 3.5 0 1 1 -3.5 0Z',
  square: 'M-3.2 -3.2H3.2V3.2H-3.2Z',
  triangle: 'M0 -4L4 3.2H-4Z',
  diamond: 'M0 -4.4L4.4 0L0 4.4L-4.4 0Z',
  cross: 'M-3.5 -3.5L3.5 3.5M-3.5 3.5L3.5 -3.5',
  plus: 'M-4.2 0H4.2M0 -4.2V4.2',
  valley: 'M0 4L4 -3.2H-4Z',
  bar: 'M-1.5 -4.2H1.5V4.2H-1.5Z',
});

/** The looks in their order; the first is that of the sum. @type {readonly LineLook[]} */
const looks = [
  { dash: [], mark: 'dot' },
  { dash: [8, 4], mark: 'square' },
  { dash: [2, 4], mark: 'triangle' },
  { dash: [12, 4, 2, 4], mark: 'diamond' },
  { dash: [5, 3], mark: 'cross' },
  { dash: [14, 5], mark: 'plus' },
  { dash: [2, 3, 6, 3], mark: 'valley' },
  { dash: [1, 3], mark: 'bar' },
];

/** The number of different looks. */
export const lookCount = looks.length;

/** Return the look of a line. Further lines begin again with the second one. @param {number} place @returns {LineLook} */
export function lookOf(place) {
  return looks[place === 0 ? 0 : ((place - 1) % (lookCount - 1)) + 1] ?? { dash: [], mark: 'dot' };
}

/** Return the name of the colour of a line, a property of the style sheet. @param {number} place */
export function colourOf(place) {
  return `--line-${place === 0 ? 0 : ((place - 1) % (lookCount - 1)) + 1}`;
}

/** Return the path of a mark. @param {LineLook} look */
export function markPathOf({ mark }) {
  return markPaths[mark];
}

/** Check that a mark has lines only, and no area. @param {LineLook} look */
export function isOpenMark({ mark }) {
  return mark === 'cross' || mark === 'plus';
}
