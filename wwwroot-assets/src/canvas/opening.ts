import type { FitViewOptions, ReactFlowInstance } from '@xyflow/react';
import { boxOf, isStep, type CanvasDocument, type FlowLink, type FlowNode } from '../graph/document';
import type { Box } from '../graph/geometry';
import { openingView, READABLE, type View } from '../routing/camera';

export const fitOptions = { padding: 0.2, maxZoom: 1 } satisfies FitViewOptions;

const MOVE = { duration: 240 };

/** Shows the whole graph, or, when its names could not be read then, its start. */
export function showFirst(flow: ReactFlowInstance<FlowNode, FlowLink>, host: HTMLElement, doc: CanvasDocument): void {
  const view = viewOf(host, doc);
  if (view) void flow.setViewport(view);
}

/** The graph's window has another size: shows all of it, or, where nothing could be read then, the step in the middle. */
export function showAround(flow: ReactFlowInstance<FlowNode, FlowLink>, host: HTMLElement, doc: CanvasDocument, id: string | null): void {
  const view = viewOf(host, doc);
  const step = doc.nodes.filter(isStep).find((n) => n.id === id);
  if (!view) return;
  if (view.whole || !step) {
    if (view.whole) void flow.setViewport(view, MOVE);
    return;
  }
  const box = boxOf(step);
  void flow.setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: Math.max(flow.getZoom(), READABLE), ...MOVE });
}

function viewOf(host: HTMLElement, { nodes, routing }: CanvasDocument): View | undefined {
  const steps = nodes.filter(isStep);
  const first = steps.find((n) => n.data.step.kind === 'trigger') ?? steps[0];
  if (!first || host.clientWidth === 0) return undefined;
  const boxes: Box[] = nodes.map((n) => (isStep(n)
    ? boxOf(n)
    : { ...n.position, width: n.measured?.width ?? n.initialWidth ?? 0, height: n.measured?.height ?? n.initialHeight ?? 0 }));
  const lines = [...routing.lines.values()];
  const xs = [...boxes.flatMap((b) => [b.x, b.x + b.width]), ...lines.flatMap((l) => l.filter((_, i) => i % 2 === 0))];
  const ys = [...boxes.flatMap((b) => [b.y, b.y + b.height]), ...lines.flatMap((l) => l.filter((_, i) => i % 2 === 1))];
  const [left, top] = [least(xs), least(ys)];
  const bounds = { x: left, y: top, width: -least(xs.map((x) => -x)) - left, height: -least(ys.map((y) => -y)) - top };
  return openingView(bounds, boxOf(first), { width: host.clientWidth, height: host.clientHeight });
}

const least = (numbers: number[]) => numbers.reduce((a, b) => Math.min(a, b), Infinity);
