import type { CanvasNode, ShownStatus, ShownStep } from '../contract/wire';

export const stateWords: Record<ShownStatus, string> = {
  notStarted: 'Not started',
  running: 'Running',
  waiting: 'Waiting',
  done: 'Done',
  failed: 'Failed',
  skipped: 'Skipped',
  paused: 'Paused',
  canceled: 'Canceled',
};

export const stateIcons: Record<ShownStatus, string> = {
  notStarted: 'radio_button_unchecked',
  running: 'progress_activity',
  waiting: 'schedule',
  done: 'check_circle',
  failed: 'error',
  skipped: 'do_not_disturb_on',
  paused: 'pause_circle',
  canceled: 'block',
};

export const PINNED = 'Output pinned: tests use it and do not call the step';

/** The line under a step. A finished step without a duration needs none: its mark says it. */
export const captionOf = (status: ShownStep | undefined) =>
  status?.caption || (status && status.status !== 'done' ? stateWords[status.status] : '');

/** "name, type, status", as a screen reader says it. */
export function spokenName(step: CanvasNode, status: ShownStep | undefined): string {
  const parts = [step.name, step.typeTitle];
  if (status) parts.push(stateWords[status.status]);
  if (status?.caption) parts.push(status.caption);
  if (step.problem) parts.push(step.problem === 'error' ? 'has an error' : 'has a warning');
  if (step.pinned) parts.push('output pinned for tests');
  if (step.disabled) parts.push('turned off');
  return parts.join(', ');
}

/** Where a link leads. The port is named where the step has several. */
export function linkName(source: CanvasNode | undefined, port: string | null | undefined, target: CanvasNode | undefined): string {
  const label = source && source.outputs.length > 1 ? source.outputs.find((p) => p.id === port)?.label : undefined;
  return `Link from ${source?.name ?? 'a step'}${label ? ` (${label})` : ''} to ${target?.name ?? 'a step'}`;
}
