import { useCallback, useState, type DragEvent } from 'react';
import { useReactFlow } from '@xyflow/react';
import { STEP_DRAG } from '../bridge/paletteDrag';
import type { Notifier } from '../contract/callbacks';
import { NODE_HEIGHT, NODE_WIDTH, snap } from '../graph/geometry';

/** Palette items dropped on the canvas, or on a link, which lights up while one hovers over it. */
export function useDrops(editable: boolean, notify: Notifier) {
  const flow = useReactFlow();
  const [dropLink, setDropLink] = useState<string | null>(null);

  const onDragOver = useCallback((event: DragEvent) => {
    if (!editable || !event.dataTransfer.types.includes(STEP_DRAG)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    setDropLink(linkUnder(event));
  }, [editable]);

  const onDragLeave = useCallback((event: DragEvent) => {
    if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setDropLink(null);
  }, []);

  const onDrop = useCallback((event: DragEvent) => {
    const type = event.dataTransfer.getData(STEP_DRAG);
    setDropLink(null);
    if (!editable || !type) return;
    event.preventDefault();
    const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }, { snapToGrid: false });
    notify.drop({ type, x: snap(at.x - NODE_WIDTH / 2), y: snap(at.y - NODE_HEIGHT / 2), onLinkId: linkUnder(event) ?? undefined });
  }, [editable, flow, notify]);

  return { dropLink, onDragOver, onDragLeave, onDrop };
}

const SAMPLES = 64;

/** The link nearest to the pointer among those whose wide hit areas overlap here; none when a step lies on top. */
function linkUnder({ clientX, clientY, target }: DragEvent): string | null {
  if (!(target instanceof Element) || !target.closest('.react-flow__edge')) return null;
  let best: { id: string | null; distance: number } = { id: null, distance: Infinity };
  for (const path of document.elementsFromPoint(clientX, clientY)) {
    const id = path.closest('.react-flow__edge')?.getAttribute('data-id');
    if (!id || !(path instanceof SVGPathElement)) continue;
    const distance = distanceTo(path, clientX, clientY);
    if (distance < best.distance) best = { id, distance };
  }
  return best.id;
}

function distanceTo(path: SVGPathElement, x: number, y: number): number {
  const toPath = path.getScreenCTM()?.inverse();
  if (!toPath) return Infinity;
  const point = new DOMPoint(x, y).matrixTransform(toPath);
  const length = path.getTotalLength();
  let nearest = Infinity;
  for (let i = 0; i <= SAMPLES; i++) {
    const on = path.getPointAtLength((length * i) / SAMPLES);
    nearest = Math.min(nearest, Math.hypot(on.x - point.x, on.y - point.y));
  }
  return nearest;
}
