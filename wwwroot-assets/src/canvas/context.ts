import { createContext } from 'react';

/** How much of a step is drawn, by zoom. */
export type DetailLevel = 'full' | 'tile' | 'block';

export interface CanvasContextValue {
  editable: boolean;
  lod: DetailLevel;
  requestNext(nodeId: string, port: string, at: Element): void;
  requestSplice(linkId: string, x: number, y: number, at: Element): void;
}

export const CanvasContext = createContext<CanvasContextValue>({
  editable: false, lod: 'full', requestNext: () => {}, requestSplice: () => {},
});

/** The link a palette item hovers over; apart from the rest, so that only links follow it. */
export const DropLinkContext = createContext<string | null>(null);
