import { createRef, type RefObject } from 'react';
import { createRoot } from 'react-dom/client';
import { flushSync } from 'react-dom';
import { ReactFlowProvider } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import './styles/canvas.css';
import './styles/steps.css';
import './styles/links.css';
import './styles/controls.css';
import type { CanvasHandle, CanvasSurface } from './bridge/handle';
import { createNotifier, type DotNetObject } from './bridge/notifier';
import { listenToCompletions } from './bridge/completionKeys';
import { HeldKeys, holdKeys } from './bridge/heldKeys';
import { listenToPalette } from './bridge/paletteDrag';
import { Canvas } from './canvas/Canvas';
import type { CanvasOptions } from './contract/wire';

/** Draws a canvas into the element. React owns everything below it until `dispose`. */
export function mount(host: HTMLElement, dotnet: DotNetObject, initial: CanvasOptions): CanvasHandle {
  const root = createRoot(host);
  const held = new HeldKeys(() => performance.now(), initial.commands);
  const notify = createNotifier(dotnet, initial.commands, (command) => held.expect(command));
  const surface: RefObject<CanvasSurface | null> = createRef();
  let options = initial;

  const render = () => root.render(
    <ReactFlowProvider><Canvas host={host} options={options} notify={notify} surface={surface} /></ReactFlowProvider>);
  flushSync(render); // the surface exists when mount returns
  const stopListening = [listenToPalette(), listenToCompletions(), holdKeys(held)];

  const change = (next: Partial<CanvasOptions>) => {
    options = { ...options, ...next };
    render();
  };
  return {
    setGraph: (graph, view) => surface.current?.setGraph(graph, view),
    applyPatch: (patch) => surface.current?.applyPatch(patch),
    setStatuses: (statuses, how) => surface.current?.setStatuses(statuses, how),
    select: (ids) => surface.current?.select(ids),
    showAround: (id) => surface.current?.showAround(id),
    zoomTo: (zoom) => surface.current?.zoomTo(zoom),
    focusStep: (id) => surface.current?.focusStep(id),
    setColorMode: (colorMode) => change({ colorMode }),
    setEditable: (editable) => change({ editable }),
    dispose() {
      notify.close();
      for (const stop of stopListening) stop();
      root.unmount();
    },
  };
}
