import { useCallback, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import {
  Background, BackgroundVariant, ReactFlow, useReactFlow, useStore, type OnSelectionChangeParams, type ReactFlowState,
} from '@xyflow/react';
import type { CanvasSurface } from '../bridge/handle';
import type { NodeMove, Notifier } from '../contract/callbacks';
import type { CanvasOptions } from '../contract/wire';
import { LinkEdge } from '../edges/LinkEdge';
import { PulledLine } from '../edges/PulledLine';
import { applyPatch, derive, fromGraph, withSelection, withStatuses, type FlowLink, type FlowNode } from '../graph/document';
import { GRID, NODE_WIDTH } from '../graph/geometry';
import { GroupNode, NoteNode } from '../nodes/Surroundings';
import { StepNode } from '../nodes/StepNode';
import { CanvasContext, DropLinkContext, type DetailLevel } from './context';
import { focusNode } from './focus';
import { fitOptions, showAround, showFirst } from './opening';
import { Overview } from './Overview';
import { useConnecting } from './useConnecting';
import { useDocument } from './useDocument';
import { useDragPans } from './useGestures';
import { useDrops } from './useDrops';
import { useKeyboard } from './useKeyboard';
import { ZoomBar } from './ZoomBar';

const nodeTypes = { step: StepNode, note: NoteNode, frame: GroupNode };
const edgeTypes = { link: LinkEdge };
const snapGrid: [number, number] = [GRID, GRID];
const multiSelectKeys = ['Control', 'Meta', 'Shift'];
const middleButton = [1];
const detailOf = (state: ReactFlowState): DetailLevel => (state.transform[2] < 0.2 ? 'block' : state.transform[2] < 0.4 ? 'tile' : 'full');

interface Props {
  host: HTMLElement;
  options: CanvasOptions;
  notify: Notifier;
  surface: Ref<CanvasSurface>;
}

export function Canvas({ host, options, notify, surface }: Props) {
  const { editable, colorMode, commands } = options;
  const { doc, setDoc, onNodesChange, onLinksChange } = useDocument();
  const latest = useRef(doc);
  latest.current = doc;
  const flow = useReactFlow<FlowNode, FlowLink>();
  const lod = useStore(detailOf);
  const dragPans = useDragPans(host);
  const drops = useDrops(editable, notify);
  const connecting = useConnecting(notify);
  const selection = useSelectionReports(notify);

  const fit = useCallback(() => void flow.fitView({ ...fitOptions, duration: 240 }), [flow]);
  const select = useCallback((ids: string[]) => setDoc((d) => withSelection(d, ids)), [setDoc]);
  const walkTo = useCallback((id: string) => {
    select([id]);
    reveal(flow, host, id);
    focusNode(host, id);
  }, [flow, host, select]);
  useKeyboard({ host, doc, editable, commands, notify, select, walkTo, fit });

  useImperativeHandle(surface, () => ({
    setGraph(graph, { fit: shouldFit }) {
      const shown = fromGraph(graph, new Map());
      setDoc(() => shown);
      if (shouldFit) showFirst(flow, host, shown);
    },
    applyPatch(patch) {
      if (patch.select) selection.expect(patch.select);
      setDoc((d) => applyPatch(d, patch));
    },
    setStatuses: (statuses, { replace }) => setDoc((d) => withStatuses(d, statuses, replace)),
    select(ids) {
      selection.expect(ids);
      select(ids);
    },
    showAround: (id) => showAround(flow, host, latest.current, id),
    zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: 160 }),
    focusStep(id) {
      selection.expect([id]);
      walkTo(id);
    },
  }), [flow, host, select, selection, setDoc, walkTo]);

  const settle = useCallback(() => setDoc(derive), [setDoc]);
  const drag = useDragReports(notify, settle);
  const named = useMemo(() => new Map(commands.map((command) => [command.name, command])), [commands]);
  const open = useCallback(() => { if (named.has('open')) notify.command('open'); }, [named, notify]);
  const context = useMemo(() => ({ editable, lod, ...connecting.requests }), [editable, lod, connecting.requests]);
  const tidy = useCallback(() => notify.command('tidy'), [notify]);

  return (
    <CanvasContext value={context}>
      <DropLinkContext value={drops.dropLink}>
        <ReactFlow<FlowNode, FlowLink>
          nodes={doc.nodes} edges={doc.links} nodeTypes={nodeTypes} edgeTypes={edgeTypes}
          onNodesChange={onNodesChange} onEdgesChange={onLinksChange} onSelectionChange={selection.onSelectionChange}
          onNodeDragStart={drag.start} onNodeDragStop={drag.stop} onSelectionDragStart={drag.startMany} onSelectionDragStop={drag.stopMany}
          onConnect={connecting.onConnect} onConnectEnd={connecting.onConnectEnd} isValidConnection={connecting.isValidConnection}
          onDragOver={drops.onDragOver} onDragLeave={drops.onDragLeave} onDrop={drops.onDrop}
          onNodeDoubleClick={open}
          nodesDraggable={editable} nodesConnectable={editable} elementsSelectable edgesFocusable={false} disableKeyboardA11y
          deleteKeyCode={null}
          connectionRadius={60} connectOnClick={false} connectionLineComponent={PulledLine} snapToGrid snapGrid={snapGrid}
          selectionOnDrag={!dragPans} panOnDrag={dragPans ? true : middleButton} panActivationKeyCode="Control"
          multiSelectionKeyCode={multiSelectKeys}
          panOnScroll zoomOnScroll={false} zoomActivationKeyCode={null} zoomOnDoubleClick={false} minZoom={0.05} maxZoom={2}
          onlyRenderVisibleElements colorMode={colorMode} attributionPosition="bottom-right"
          tabIndex={0} aria-label="Workflow canvas. Arrow keys move from step to step."
          className={`ws-canvas${dragPans ? ' is-panning' : ''}`}>
          <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.5} />
          <ZoomBar commands={named} onFit={fit} onTidy={editable ? tidy : undefined} />
          <Overview />
        </ReactFlow>
      </DropLinkContext>
    </CanvasContext>
  );
}

/** Reports a selection once, when it differs from the last one known to C#. React Flow also calls on mount and on every render. */
function useSelectionReports(notify: Notifier) {
  return useMemo(() => {
    let known = keyOf([]);
    return {
      /** C# made this selection itself: no need to tell it. */
      expect(ids: string[]) {
        known = keyOf(ids);
      },
      onSelectionChange({ nodes, edges }: OnSelectionChangeParams) {
        const nodeIds = nodes.map((n) => n.id);
        // a frame drawn round steps takes their links along; they are not meant by themselves
        const linkIds = edges.filter((e) => !nodeIds.includes(e.source) && !nodeIds.includes(e.target)).map((e) => e.id);
        const key = keyOf([...nodeIds, ...linkIds]);
        if (key === known) return;
        known = key;
        notify.select({ nodeIds, linkIds });
      },
    };
  }, [notify]);
}

const keyOf = (ids: string[]) => [...ids].sort().join('\n');

/** Moves stay in the browser; C# hears where each step was and is once the mouse is up. */
function useDragReports(notify: Notifier, settle: () => void) {
  const from = useRef(new Map<string, { x: number; y: number }>());
  return useMemo(() => {
    const startMany = (_: unknown, nodes: FlowNode[]) => {
      from.current = new Map(nodes.map((n) => [n.id, { ...n.position }]));
    };
    const stopMany = (_: unknown, nodes: FlowNode[]) => {
      const moves: NodeMove[] = [];
      for (const { id, position } of nodes) {
        const start = from.current.get(id);
        if (start && (start.x !== position.x || start.y !== position.y))
          moves.push({ id, fromX: start.x, fromY: start.y, x: position.x, y: position.y });
      }
      settle();
      notify.moved(moves);
    };
    return {
      startMany,
      stopMany,
      start: (event: unknown, _: FlowNode, nodes: FlowNode[]) => startMany(event, nodes),
      stop: (event: unknown, _: FlowNode, nodes: FlowNode[]) => stopMany(event, nodes),
    };
  }, [notify, settle]);
}

/** Moves the camera only when the step is not in view. */
function reveal(flow: ReturnType<typeof useReactFlow<FlowNode, FlowLink>>, host: HTMLElement, id: string): void {
  const node = flow.getNode(id);
  if (!node || host.clientWidth === 0) return;
  const center = { x: node.position.x + NODE_WIDTH / 2, y: node.position.y + (node.measured?.height ?? 0) / 2 };
  const at = flow.flowToScreenPosition(center);
  const { left, top, right, bottom } = host.getBoundingClientRect();
  const half = (NODE_WIDTH / 2) * flow.getZoom();
  if (at.x - half < left || at.x + half > right || at.y - half < top || at.y + half > bottom)
    void flow.setCenter(center.x, center.y, { zoom: flow.getZoom(), duration: 240 });
}
