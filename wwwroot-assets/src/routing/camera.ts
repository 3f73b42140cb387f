import type { Point } from './field';

export interface Size {
  width: number;
  height: number;
}

export interface View extends Point {
  zoom: number;
  /** all of the graph is in view */
  whole: boolean;
}

/** Below it the names of steps (13 px) are too small to be read. */
export const READABLE = 0.6;
const START_ZOOM = 0.8;
const PADDING = 0.2;
const MARGIN = 48;

/** The camera for the first look: all of it where names can then be read, else the start and what follows it. */
export function openingView(bounds: Point & Size, start: Point & Size, window: Size): View {
  const zoom = Math.min(1, window.width / bounds.width / (1 + PADDING), window.height / bounds.height / (1 + PADDING));
  if (zoom >= READABLE) {
    const x = (window.width - bounds.width * zoom) / 2 - bounds.x * zoom;
    const y = (window.height - bounds.height * zoom) / 2 - bounds.y * zoom;
    return { x, y, zoom, whole: true };
  }
  // where the start stands in the middle of much else, it is shown with what follows it, not with what lies before
  const y = along(bounds.y, bounds.height, start.y, start.height, window.height);
  return { x: MARGIN - start.x * START_ZOOM, y, zoom: START_ZOOM, whole: false };
}

// all of the height in the middle, else the top, else as far down as the start needs
function along(from: number, size: number, start: number, startSize: number, window: number): number {
  if (size * START_ZOOM + 2 * MARGIN <= window) return (window - size * START_ZOOM) / 2 - from * START_ZOOM;
  const startAt = MARGIN + (start - from) * START_ZOOM;
  return startAt + startSize * START_ZOOM <= window / 2 ? MARGIN - from * START_ZOOM : window / 2 - (start + startSize / 2) * START_ZOOM;
}
