import type { FitViewOptions, ReactFlowInstance } from '@xyflow/react';
import { isStep, type CanvasDocument, type FlowLink, type FlowNode } from '../graph/document';
import { NODE_HEIGHT, NODE_WIDTH } from '../graph/geometry';

export const fitOptions = { padding: 0.2, maxZoom: 1 } satisfies FitViewOptions;

const READABLE = 0.4; // below it a step has no words any more
const START_ZOOM = 0.75;
const MARGIN = 64;

/** Shows the whole graph, or, when that would leave nothing to read, its start. */
export function showFirst(flow: ReactFlowInstance<FlowNode, FlowLink>, host: HTMLElement, { nodes }: CanvasDocument): void {
  const steps = nodes.filter(isStep).map((n) => n.position);
  const xs = steps.map((p) => p.x);
  const ys = steps.map((p) => p.y);
  const width = Math.max(...xs) - Math.min(...xs) + NODE_WIDTH;
  const height = Math.max(...ys) - Math.min(...ys) + NODE_HEIGHT;
  const zoom = Math.min(host.clientWidth / width, host.clientHeight / height) / (1 + fitOptions.padding);
  if (steps.length === 0 || zoom >= READABLE) {
    void flow.fitView(fitOptions);
    return;
  }
  const start = steps.reduce((first, p) => (p.x < first.x || (p.x === first.x && p.y < first.y) ? p : first));
  void flow.setViewport({ x: MARGIN - start.x * START_ZOOM, y: host.clientHeight / 2 - (start.y + NODE_HEIGHT / 2) * START_ZOOM, zoom: START_ZOOM });
}
