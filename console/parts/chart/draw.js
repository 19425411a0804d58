import { colourOf, isOpenMark, lookOf, markPathOf } from './marks.js';

/** @import uPlot from 'uplot' */
/** @import { Chart } from './plot.js' */

const secondsOfDay = 86_400;
/** The distance of two marks of a line, in CSS pixels. */
const markDistance = 90;
/** The distance of two strokes of the hatching. */
const hatchDistance = 7;

/** Hatch the days without data. @param {uPlot} drawn @param {Chart} chart */
export function hatch(drawn, { gaps, from, lines }) {
  const { ctx, bbox } = drawn;
  const end = from + (lines[0]?.values.length ?? 0);
  const distance = hatchDistance * devicePixelRatio;
  ctx.save();
  ctx.strokeStyle = colour('--muted');
  ctx.lineWidth = devicePixelRatio;
  for (const { first, last } of gaps) {
    if (last < from || first >= end) continue;
    const left = drawn.valToPos((Math.max(first, from) - 0.5) * secondsOfDay, 'x', true);
    const right = drawn.valToPos((Math.min(last, end) + 0.5) * secondsOfDay, 'x', true);
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, Math.max(right - left, 2 * devicePixelRatio), bbox.height);
    ctx.clip();
    ctx.beginPath();
    for (let at = left - bbox.height; at < right; at += distance) {
      ctx.moveTo(at, bbox.top + bbox.height);
      ctx.lineTo(at + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
  ctx.restore();
}

/** Draw the marks of a line, at other places than those of the other lines. @param {uPlot} drawn @param {number} at @param {Chart} chart */
export function drawMarks(drawn, at, { lines }) {
  const { ctx, bbox, data } = drawn;
  const line = lines[at - 1];
  if (line === undefined) return;
  const look = lookOf(line.place);
  const path = new Path2D(markPathOf(look));
  const days = data[0];
  const apart = Math.max(1, Math.round((days.length * markDistance * devicePixelRatio) / bbox.width));
  const begin = Math.floor((apart * (at - 0.5)) / lines.length) % Math.max(1, days.length);
  ctx.save();
  ctx.strokeStyle = colour(colourOf(line.place));
  ctx.fillStyle = ctx.strokeStyle;
  for (let index = begin; index < days.length; index += apart) {
    ctx.save();
    ctx.translate(drawn.valToPos(days[index] ?? 0, 'x', true), drawn.valToPos(line.values[index] ?? 0, 'y', true));
    ctx.scale(devicePixelRatio, devicePixelRatio);
    ctx.lineWidth = 1.75;
    if (isOpenMark(look)) ctx.stroke(path);
    // oxlint-disable-next-line unicorn/no-array-fill-with-reference-type -- this fills an area, no array
    else ctx.fill(path);
    ctx.restore();
  }
  ctx.restore();
}

/** Return a colour of the style sheet, as it is in use. @param {string} name */
export function colour(name) {
  // A colour of light-dark() is computed for an element only.
  const probe = document.documentElement;
  return resolved(getComputedStyle(probe).getPropertyValue(name));
}

/** Choose the part of light-dark() that is in use, which a canvas does not know. @param {string} value */
function resolved(value) {
  const [, light = '', dark = ''] = /^\s*light-dark\(\s*([^,]+),\s*([^)]+)\)/.exec(value) ?? [];
  if (light === '') return value.trim();
  return matchMedia('(prefers-color-scheme: dark)').matches ? dark.trim() : light.trim();
}

/** Return the font of texts on a canvas. */
export function font() {
  return `12px ${getComputedStyle(document.body).fontFamily}`;
}
