import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { isTyping } from './focus';

/** Whether a plain drag pans: while Space is held, and always under a finger. (React Flow itself knows Ctrl.) */
export function useDragPans(host: HTMLElement): boolean {
  const [held, setHeld] = useState(false);
  const [touch, setTouch] = useState(false);

  useEffect(() => {
    const onCanvas = (event: Event) => event.target === document.body || (event.target instanceof Node && host.contains(event.target));
    const down = (event: KeyboardEvent) => {
      // Space belongs to buttons, check boxes and fields everywhere else on the page
      if (event.key !== ' ' || !onCanvas(event) || isTyping(event.target) || event.target instanceof HTMLButtonElement) return;
      event.preventDefault();
      setHeld(true);
    };
    const up = (event: KeyboardEvent) => {
      if (event.key === ' ') setHeld(false);
    };
    const release = () => setHeld(false);
    // at once: React Flow decides on this very event whether it pans or selects
    const point = (event: PointerEvent) => flushSync(() => setTouch(event.pointerType === 'touch'));

    document.addEventListener('keydown', down);
    document.addEventListener('keyup', up);
    window.addEventListener('blur', release);
    window.addEventListener('pointerdown', point, true);
    return () => {
      document.removeEventListener('keydown', down);
      document.removeEventListener('keyup', up);
      window.removeEventListener('blur', release);
      window.removeEventListener('pointerdown', point, true);
    };
  }, [host]);

  return held || touch;
}
