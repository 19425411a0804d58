/** The parts of Preact and htm that the console uses; the only file that imports them. */

import htm from 'htm';
import * as preact from 'preact';
import * as hooks from 'preact/hooks';

/** Writes elements as a template: attributes and children as in HTML, with expressions of JavaScript. */
export const html = htm.bind(preact.h);
export const render = preact.render;
export const useEffect = hooks.useEffect;
export const useMemo = hooks.useMemo;
export const useRef = hooks.useRef;
export const useState = hooks.useState;

/** @typedef {preact.ComponentChildren} Children the children of an element */
