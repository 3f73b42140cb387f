import type { CanvasGraph, CanvasPatch, ColorMode, ShownStep } from '../contract/wire';

/** What C# may call once the canvas is on the page. */
export interface CanvasSurface {
  setGraph(graph: CanvasGraph, options: { fit: boolean }): void;
  applyPatch(patch: CanvasPatch): void;
  /** Merges by id; with `replace`, steps that are not named lose their status. */
  setStatuses(statuses: ShownStep[], options: { replace: boolean }): void;
  /** Selects these nodes and links and nothing else; raises no Select. */
  select(ids: string[]): void;
  /** After the canvas has got another size: the whole graph where it can be read, else this step. */
  showAround(id: string | null): void;
  zoomTo(zoom: number): void;
  /** Selects the step, brings it into view and gives it the keyboard focus. */
  focusStep(id: string): void;
}

export interface CanvasHandle extends CanvasSurface {
  setColorMode(mode: ColorMode): void;
  setEditable(editable: boolean): void;
  dispose(): void;
}
