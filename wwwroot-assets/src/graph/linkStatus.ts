import type { ShownStatus } from '../contract/wire';

export type LinkState = 'done' | 'running' | 'waiting' | 'failed' | 'skipped' | 'pending';

/** What happened on a link follows from its two ends; a canvas without statuses has none. */
export function linkStatus(source: ShownStatus | undefined, target: ShownStatus | undefined): LinkState | undefined {
  if (!source || !target) return undefined;
  if (source === 'skipped' || target === 'skipped' || source === 'canceled') return 'skipped';
  switch (target) {
    case 'done': return 'done';
    case 'running': return 'running';
    case 'waiting':
    case 'paused': return 'waiting';
    case 'failed': return 'failed';
    case 'canceled': return 'skipped';
    case 'notStarted': return 'pending';
  }
}

const layers: Record<LinkState, number> = { skipped: -7, pending: -6, failed: -5, waiting: -4, done: -3, running: -2 };

/** Links that leave one port share their first stretch: the livelier one is drawn on top, all below the steps. */
export const layerOf = (state: LinkState | undefined) => (state ? layers[state] : -5);

export const SELECTED_LAYER = -1;
