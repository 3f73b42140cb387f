// What C# sends. Mirrors WorkflowStudio/Components/Editor/Canvas/*.cs: change both together.

export type StepGroup = 'trigger' | 'flow' | 'messaging' | 'practice' | 'documents' | 'ai' | 'http';
export type StepState = 'notStarted' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped' | 'paused' | 'canceled';
export type ColorMode = 'light' | 'dark';

export interface CanvasPort {
  id: string;
  label?: string | null;
}

/** A step as it is drawn; x and y are its top left corner on the canvas. */
export interface CanvasNode {
  id: string;
  kind: 'trigger' | 'step';
  type: string;
  typeTitle: string;
  group: StepGroup;
  icon: string;
  name: string;
  summary?: string | null;
  x: number;
  y: number;
  inputs: boolean;
  outputs: CanvasPort[];
  problem?: 'error' | 'warning' | null;
  disabled: boolean;
  /** an output stands for it in tests */
  pinned: boolean;
}

export interface CanvasLink {
  id: string;
  source: string;
  sourcePort: string;
  target: string;
}

export interface CanvasNote {
  id: string;
  x: number;
  y: number;
  width: number;
  text: string;
  by?: string | null;
}

export interface CanvasGroup {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  title: string;
}

export interface CanvasGraph {
  nodes: CanvasNode[];
  links: CanvasLink[];
  notes?: CanvasNote[] | null;
  groups?: CanvasGroup[] | null;
}

/** Applied in this order: remove, upsert, select. Removing a node removes its links. */
export interface CanvasPatch {
  upsertNodes?: CanvasNode[] | null;
  removeNodes?: string[] | null;
  upsertLinks?: CanvasLink[] | null;
  removeLinks?: string[] | null;
  select?: string[] | null;
}

export interface StepStatus {
  id: string;
  status: StepState;
  caption?: string | null;
  /** how often the step ran in this run; shown from 2 on */
  count?: number | null;
}

export interface CanvasOptions {
  editable: boolean;
  colorMode: ColorMode;
  /** commands the page answers; keys of the others are left to the browser */
  commands: string[];
}
