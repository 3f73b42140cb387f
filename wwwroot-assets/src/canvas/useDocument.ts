import { useCallback, useState } from 'react';
import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react';
import { emptyDocument, layered, type CanvasDocument, type FlowLink, type FlowNode } from '../graph/document';
import { withMovedRoutes } from '../graph/routes';

/** The document and the two kinds of change React Flow may make to it by itself: moving and selecting. */
export function useDocument() {
  const [doc, setDoc] = useState<CanvasDocument>(emptyDocument);
  const onNodesChange = useCallback((changes: NodeChange<FlowNode>[]) => {
    const own = changes.filter((c) => c.type !== 'remove');
    const moves = own.some((c) => c.type === 'position' || c.type === 'dimensions');
    const change = (d: CanvasDocument): CanvasDocument => ({ ...d, nodes: applyNodeChanges(own, d.nodes) });
    if (own.length) setDoc(moves ? (d) => withMovedRoutes(change(d)) : change);
  }, []);
  const onLinksChange = useCallback((changes: EdgeChange<FlowLink>[]) => {
    const own = changes.filter((c) => c.type !== 'remove');
    if (own.length) setDoc((d) => ({ ...d, links: applyEdgeChanges(own, d.links).map(layered) }));
  }, []);
  return { doc, setDoc, onNodesChange, onLinksChange };
}
