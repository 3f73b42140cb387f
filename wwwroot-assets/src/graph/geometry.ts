import { Position, type NodeHandle } from '@xyflow/react';
import type { CanvasNode } from '../contract/wire';

export const GRID = 16;
export const STEP = 224;
export const NODE_WIDTH = 160;
export const NODE_HEIGHT = 80;
export const INPUT_PORT = 'in';
const PORT_TOP = 40;
const PORT_GAP = 32;
const HANDLE = 10;

export const nodeHeight = (outputs: number) => (outputs > 1 ? PORT_GAP * outputs + PORT_GAP : NODE_HEIGHT);

/** The first port is at the height of every single port, so a straight chain has straight links. */
export const portY = (index: number) => PORT_TOP + PORT_GAP * index;

export const snap = (value: number) => Math.round(value / GRID) * GRID;

/** Ports are computed, never measured: a link can be drawn to a step that is outside the window. */
export function handlesOf(node: CanvasNode): NodeHandle[] {
  const size = { width: HANDLE, height: HANDLE };
  const inputs: NodeHandle[] = node.inputs
    ? [{ id: INPUT_PORT, type: 'target', position: Position.Left, x: -HANDLE / 2, y: PORT_TOP - HANDLE / 2, ...size }]
    : [];
  const outputs = node.outputs.map<NodeHandle>((port, index) => (
    { id: port.id, type: 'source', position: Position.Right, x: NODE_WIDTH - HANDLE / 2, y: portY(index) - HANDLE / 2, ...size }));
  return [...inputs, ...outputs];
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The nearest place at or below (x, y) where a new step overlaps no other and keeps a row's distance. */
export function freePlace(boxes: Box[], x: number, y: number): { x: number; y: number } {
  const place = { x: snap(x), y: snap(y) };
  const gap = GRID * 2;
  const blocks = (box: Box) =>
    box.x < place.x + NODE_WIDTH && place.x < box.x + box.width
    && box.y < place.y + NODE_HEIGHT + gap && place.y < box.y + box.height + gap;
  for (let hit = boxes.find(blocks); hit; hit = boxes.find(blocks)) place.y = Math.ceil((hit.y + hit.height + gap) / GRID) * GRID;
  return place;
}

/** Whether a step stands so close on the right that its incoming links run where this one's + would be. */
export const hasNeighbourRight = (boxes: Box[], { x, y, width, height }: Box) =>
  boxes.some((b) => b.x >= x + width && b.x < x + width + 80 && b.y < y + height && y < b.y + b.height);
