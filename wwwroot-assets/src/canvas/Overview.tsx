import { useEffect, useState } from 'react';
import { MiniMap, useOnViewportChange } from '@xyflow/react';
import type { FlowNode } from '../graph/document';

const STAYS_MS = 1200;
const size = { width: 200, height: 120 };
const colorOf = (node: FlowNode) => (node.type === 'step' ? `var(--ws-cat-${node.data.step.group})` : 'transparent');

/** The map in the corner: there while the camera moves and while the mouse is on it. */
export function Overview() {
  const [moving, setMoving] = useState(false);
  const [moves, setMoves] = useState(0);
  useOnViewportChange({ onStart: () => setMoving(true), onEnd: () => setMoves((n) => n + 1) });
  useEffect(() => {
    const timer = setTimeout(() => setMoving(false), STAYS_MS);
    return () => clearTimeout(timer);
  }, [moves]);
  return (
    <MiniMap<FlowNode> className={`ws-overview${moving ? ' is-shown' : ''}`} style={size} position="bottom-right"
      ariaLabel="Map of the workflow" pannable zoomable nodeColor={colorOf} nodeBorderRadius={16} nodeStrokeWidth={0}
      maskStrokeColor="var(--ws-accent-text)" maskStrokeWidth={2} offsetScale={3} />
  );
}
