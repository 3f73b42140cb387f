// What C# sends. Mirrors WorkflowStudio/Components/Editor/Canvas/*.cs: change both together.

export type StepGroup = 'trigger' | 'flow' | 'data' | 'messaging' | 'practice' | 'documents' | 'ai' | 'http';
export type ShownStatus = 'notStarted' | 'running' | 'waiting' | 'done' | 'failed' | 'skipped' | 'paused' | 'canceled';
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

export interface ShownStep {
  id: string;
  status: ShownStatus;
  caption?: string | null;
  /** how often the step ran in this run; shown from 2 on */
  count?: number | null;
}

/** Something that can be asked for by key, mouse or button. The canvas does its own, the page the others. */
export interface CanvasCommand {
  name: string;
  /** what people call it */
  words: string;
  /** its words and its key, as they stand on buttons */
  title: string;
  /** "Ctrl+Shift+Z" */
  keys: string[];
  /** where a key must be pressed to count: on the canvas, anywhere but in a field, or anywhere on the page */
  reach: 'canvas' | 'view' | 'page';
  /** whether it changes the workflow */
  edits: boolean;
  /** whether the page answers with a field that gets the focus */
  bringsField: boolean;
}

export interface CanvasOptions {
  editable: boolean;
  colorMode: ColorMode;
  /** what the canvas and its page do when asked; all other keys are left to the browser */
  commands: CanvasCommand[];
}
