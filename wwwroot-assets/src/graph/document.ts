import type { Edge, Node } from '@xyflow/react';
import type { CanvasGraph, CanvasGroup, CanvasLink, CanvasNode, CanvasNote, CanvasPatch, ShownStep } from '../contract/wire';
import type { Route } from '../routing/path';
import { noRouting, type Routing } from '../routing/router';
import { handlesOf, hasNeighbourRight, INPUT_PORT, NODE_WIDTH, nodeHeight, type Box } from './geometry';
import { layerOf, linkStatus, SELECTED_LAYER, type LinkState } from './linkStatus';
import { withRoutes } from './routes';
import { linkName, spokenName } from './words';

export type StepFlowNode = Node<{ step: CanvasNode; status?: ShownStep; freeOutputs: string; entered: boolean; crowded: boolean }, 'step'>;
export type NoteFlowNode = Node<{ note: CanvasNote }, 'note'>;
export type GroupFlowNode = Node<{ group: CanvasGroup }, 'frame'>;
export type FlowNode = StepFlowNode | NoteFlowNode | GroupFlowNode;
export type FlowLink = Edge<{ status?: LinkState; count?: number; route?: Route; hitWidth?: number }, 'link'>;

/** What the canvas shows. C# owns the workflow; this is a picture of it, replaced or patched by C#. */
export interface CanvasDocument {
  nodes: FlowNode[];
  links: FlowLink[];
  statuses: ReadonlyMap<string, ShownStep>;
  routing: Routing;
}

export const emptyDocument: CanvasDocument = { nodes: [], links: [], statuses: new Map(), routing: noRouting };

export const isStep = (node: FlowNode): node is StepFlowNode => node.type === 'step';

export const boxOf = (node: StepFlowNode): Box =>
  ({ ...node.position, width: NODE_WIDTH, height: nodeHeight(node.data.step.outputs.length) });

export function fromGraph(graph: CanvasGraph, statuses: ReadonlyMap<string, ShownStep>): CanvasDocument {
  const nodes: FlowNode[] = [
    ...(graph.groups ?? []).map(toGroup),
    ...(graph.notes ?? []).map(toNote),
    ...graph.nodes.map((step) => toStep(step)),
  ];
  return derive({ nodes, links: graph.links.map((link) => toLink(link)), statuses, routing: noRouting });
}

export function applyPatch(doc: CanvasDocument, patch: CanvasPatch): CanvasDocument {
  const goneNodes = new Set(patch.removeNodes ?? []);
  const goneLinks = new Set(patch.removeLinks ?? []);
  const nodes = upsert(
    doc.nodes.filter((n) => !goneNodes.has(n.id)), patch.upsertNodes ?? [],
    (step, old) => toStep(step, old && isStep(old) ? old : undefined));
  const links = upsert(
    doc.links.filter((l) => !goneLinks.has(l.id) && !goneNodes.has(l.source) && !goneNodes.has(l.target)),
    patch.upsertLinks ?? [], toLink);
  const patched = derive({ ...doc, nodes, links });
  return patch.select ? withSelection(patched, patch.select) : patched;
}

export function withStatuses(doc: CanvasDocument, statuses: ShownStep[], replace: boolean): CanvasDocument {
  const merged = new Map(replace ? [] : doc.statuses);
  for (const status of statuses) merged.set(status.id, status);
  return derive({ ...doc, statuses: merged });
}

export function withSelection(doc: CanvasDocument, ids: string[]): CanvasDocument {
  const wanted = new Set(ids);
  const mark = <T extends FlowNode | FlowLink>(item: T): T =>
    (item.selected ?? false) === wanted.has(item.id) ? item : { ...item, selected: wanted.has(item.id) };
  return { ...doc, nodes: doc.nodes.map(mark), links: doc.links.map(mark).map(layered) };
}

/** A selected link lies on top of those that share its way. */
export function layered(link: FlowLink): FlowLink {
  const zIndex = link.selected ? SELECTED_LAYER : layerOf(link.data?.status);
  return link.zIndex === zIndex ? link : { ...link, zIndex };
}

function upsert<T extends { id: string }, S extends { id: string }>(
  items: T[], changes: S[], make: (change: S, old: T | undefined) => T,
): T[] {
  if (changes.length === 0) return items;
  const pending = new Map(changes.map((c) => [c.id, c]));
  const result = items.map((item) => {
    const change = pending.get(item.id);
    pending.delete(item.id);
    return change ? make(change, item) : item;
  });
  for (const change of pending.values()) result.push(make(change, undefined));
  return result;
}

function toStep(step: CanvasNode, old?: StepFlowNode): StepFlowNode {
  return {
    id: step.id,
    type: 'step',
    position: { x: step.x, y: step.y },
    measured: { width: NODE_WIDTH, height: nodeHeight(step.outputs.length) },
    handles: handlesOf(step),
    selected: old?.selected,
    domAttributes: { tabIndex: -1, 'aria-roledescription': 'step' },
    data: { step, freeOutputs: '', entered: false, crowded: false },
  };
}

function toLink(link: CanvasLink, old?: FlowLink): FlowLink {
  return {
    id: link.id,
    type: 'link',
    source: link.source,
    sourceHandle: link.sourcePort,
    target: link.target,
    targetHandle: INPUT_PORT,
    selected: old?.selected,
    zIndex: layerOf(undefined),
    data: { route: old?.data?.route, hitWidth: old?.data?.hitWidth },
  };
}

const still = { draggable: false, selectable: false, focusable: false, connectable: false } as const;

const toNote = (note: CanvasNote): NoteFlowNode => (
  { id: note.id, type: 'note', position: { x: note.x, y: note.y }, initialWidth: note.width, initialHeight: 80, zIndex: -8,
    data: { note }, ...still });

const toGroup = (group: CanvasGroup): GroupFlowNode => ({
  id: group.id, type: 'frame', position: { x: group.x, y: group.y },
  measured: { width: group.width, height: group.height }, handles: [], zIndex: -9, data: { group }, ...still,
});

/** Fills in what follows from the whole graph. Items that stay as they are keep their identity, so React skips them. */
export function derive(doc: CanvasDocument): CanvasDocument {
  const leaving = new Set(doc.links.map((l) => `${l.source}\n${l.sourceHandle ?? ''}`));
  const entered = new Set(doc.links.map((l) => l.target));
  const steps = new Map(doc.nodes.filter(isStep).map((n) => [n.id, n]));
  const boxes = doc.nodes.filter((n) => n.type !== 'frame').map((n) => (isStep(n)
    ? boxOf(n)
    : { ...n.position, width: n.initialWidth ?? 0, height: n.initialHeight ?? 0 }));

  const nodes = doc.nodes.map((node) => {
    if (!isStep(node)) return node;
    const { step } = node.data;
    const freeOutputs = step.outputs.filter((p) => !leaving.has(`${step.id}\n${p.id}`)).map((p) => p.id).join('\n');
    const next = {
      step,
      status: doc.statuses.get(step.id),
      freeOutputs,
      entered: entered.has(step.id),
      crowded: freeOutputs !== '' && hasNeighbourRight(boxes, boxOf(node)),
    };
    const ariaLabel = spokenName(step, next.status);
    const { data } = node;
    const same = data.status === next.status && data.freeOutputs === next.freeOutputs && data.entered === next.entered
      && data.crowded === next.crowded && node.ariaLabel === ariaLabel;
    return same ? node : { ...node, ariaLabel, data: next };
  });

  const links = doc.links.map((link) => {
    const target = doc.statuses.get(link.target);
    const status = linkStatus(doc.statuses.get(link.source)?.status, target?.status);
    const count = status && status !== 'skipped' && status !== 'pending' ? target?.count ?? undefined : undefined;
    const ariaLabel = linkName(steps.get(link.source)?.data.step, link.sourceHandle, steps.get(link.target)?.data.step);
    const same = link.data?.status === status && link.data?.count === count && link.ariaLabel === ariaLabel;
    return layered(same ? link : { ...link, ariaLabel, data: { ...link.data, status, count } });
  });

  return withRoutes({ ...doc, nodes, links });
}
