import { useCallback, useMemo } from 'react';
import { useReactFlow, type Connection, type Edge, type FinalConnectionState } from '@xyflow/react';
import type { Notifier } from '../contract/callbacks';
import { boxOf, isStep, type FlowLink, type FlowNode } from '../graph/document';
import { freePlace, NODE_HEIGHT, NODE_WIDTH, portY, snap, STEP } from '../graph/geometry';

/** Everything that asks C# for a new link or for a step at the end of one. Nothing is added here. */
export function useConnecting(notify: Notifier) {
  const flow = useReactFlow<FlowNode, FlowLink>();

  const isValidConnection = useCallback((c: Connection | Edge) =>
    c.source !== c.target
    && !flow.getEdges().some((l) => l.source === c.source && l.sourceHandle === c.sourceHandle && l.target === c.target), [flow]);

  const onConnect = useCallback((c: Connection) =>
    notify.connect({ source: c.source, sourcePort: c.sourceHandle ?? '', target: c.target }), [notify]);

  const onConnectEnd = useCallback((event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
    const { fromNode, fromHandle, toHandle } = state;
    if (!fromNode || fromHandle?.type !== 'source' || toHandle) return;
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    const link = { source: fromNode.id, sourcePort: fromHandle.id ?? '' };
    const under = document.elementFromPoint(point.clientX, point.clientY);
    const onto = flow.getNode(under?.closest('.react-flow__node')?.getAttribute('data-id') ?? '');
    if (onto && isStep(onto)) { // let go over the body of a step: its one input is meant
      const wanted = { source: link.source, sourceHandle: link.sourcePort, target: onto.id, targetHandle: null };
      if (onto.data.step.inputs && isValidConnection(wanted)) notify.connect({ ...link, target: onto.id });
      return;
    }
    if (!under?.closest('.react-flow')) return;
    const at = flow.screenToFlowPosition({ x: point.clientX, y: point.clientY }, { snapToGrid: false });
    notify.picker({ ...link, x: snap(at.x), y: snap(at.y - portY(0)), screenX: point.clientX, screenY: point.clientY });
  }, [flow, isValidConnection, notify]);

  const requests = useMemo(() => ({
    requestNext(nodeId: string, port: string, button: Element) {
      const node = flow.getNode(nodeId);
      if (!node || !isStep(node)) return;
      const index = node.data.step.outputs.findIndex((p) => p.id === port);
      const boxes = flow.getNodes().filter(isStep).map(boxOf);
      const place = freePlace(boxes, node.position.x + STEP, node.position.y + portY(Math.max(index, 0)) - portY(0));
      notify.picker({ source: nodeId, sourcePort: port, ...place, ...cornerOf(button) });
    },
    requestSplice(linkId: string, x: number, y: number, button: Element) {
      notify.splice({ linkId, x: snap(x - NODE_WIDTH / 2), y: snap(y - NODE_HEIGHT / 2), ...cornerOf(button) });
    },
  }), [flow, notify]);

  return { isValidConnection, onConnect, onConnectEnd, requests };
}

function cornerOf(element: Element) {
  const { right, bottom } = element.getBoundingClientRect();
  return { screenX: Math.round(right), screenY: Math.round(bottom) };
}
