import { getSmoothStepPath, Position } from '@xyflow/react';
import type { Box } from './geometry';

const RADIUS = 12;
const FORWARD_OFFSET = 16;
const BACKWARD_OFFSET = 48;
// from the target's port to the lane a backward link runs in: between two groups, between two rows, tight between two rows
const LANES = [88, 64, 56];
const ROW_LANE = 64;
const LOOP_LANE = 72;

export interface Ends {
  sourceX: number;
  sourceY: number;
  targetX: number;
  targetY: number;
}

export interface Route {
  path: string;
  /** the middle of the link, where its count or its + sits */
  x: number;
  y: number;
}

/** Right-angled. Backwards, the long horizontal part runs in the lane beside the target's row instead of through the rows between. */
export function routeLink(ends: Ends, lane = ROW_LANE): Route {
  const { sourceX, sourceY, targetX, targetY } = ends;
  const backward = isBackward(ends);
  const [path, x, y] = getSmoothStepPath({
    sourceX, sourceY, sourcePosition: Position.Right, targetX, targetY, targetPosition: Position.Left,
    borderRadius: RADIUS,
    offset: backward ? BACKWARD_OFFSET : FORWARD_OFFSET,
    centerY: backward ? laneY(ends, lane) : undefined,
  });
  return { path, x, y };
}

/** The first lane in which a backward link meets no step. */
export function freeLane(ends: Ends, boxes: Box[]): number | undefined {
  if (!isBackward(ends)) return undefined;
  const left = ends.targetX - BACKWARD_OFFSET;
  const right = ends.sourceX + BACKWARD_OFFSET;
  const crosses = (y: number) => boxes.some((b) => b.x < right && left < b.x + b.width && b.y - 4 < y && y < b.y + b.height + 4);
  return LANES.find((lane) => !crosses(laneY(ends, lane)));
}

const isBackward = ({ sourceX, targetX }: Ends) => targetX - sourceX < FORWARD_OFFSET * 2;

function laneY({ sourceY, targetY }: Ends, lane: number): number {
  const distance = targetY - sourceY;
  if (Math.abs(distance) < LOOP_LANE) return Math.max(sourceY, targetY) + LOOP_LANE; // a loop in its own row passes below it
  return targetY - Math.sign(distance) * lane;
}
