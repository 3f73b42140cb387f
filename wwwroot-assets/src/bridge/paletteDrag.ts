/** The format under which a step type travels from the palette to the canvas. */
export const STEP_DRAG = 'application/x-workflow-step';

/** Blazor cannot write into a drag's data, so the palette is plain markup ([draggable][data-step-type]) and this listens for it. */
export function listenToPalette(): () => void {
  const start = (event: DragEvent) => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[draggable=true][data-step-type]') : null;
    if (!item || !event.dataTransfer) return;
    event.dataTransfer.setData(STEP_DRAG, item.dataset.stepType ?? '');
    event.dataTransfer.effectAllowed = 'copy';
  };
  document.addEventListener('dragstart', start);
  return () => document.removeEventListener('dragstart', start);
}
