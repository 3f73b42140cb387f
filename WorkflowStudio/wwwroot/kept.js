// The editor's changes that the server does not have yet, kept in this browser (Components/Shared/Browser/KeptEdits.cs). Every key is noted
// here first; the server covers what it has stored by its number. What no server covered is offered when the workflow is opened again, by
// the window that it was typed in, or by another one once that window is gone.

const PREFIX = 'ws-kept:';
const MARK = 'ws-kept-window';
const ASIDE = ':aside:';
const SHIELDED = ['input', 'change', 'focusin', 'focusout', 'blur', 'keydown', 'keyup'];
const GONE_MS = 60_000;

/** Watches the editor of one workflow. `dotnet` hears of every change;
 * `whose` names the workflow and the person, `by` this opening of it. */
export function open(dotnet, whose, by) {
  const window_ = nameWindow();
  const key = `${PREFIX}${whose}:${window_}`;
  const edits = new Map(); // by place: { n, open, ...what it takes to make it again }
  const finished = new Set(); // places of fields that were made to send what they held while somebody was still in them
  const bar = document.getElementById('components-reconnect-modal');
  const failure = document.getElementById('blazor-error-ui');
  let number = 0;
  let away = false;
  let leaving = false;
  let release = () => {};

  setAside(key); // what an editor of this page left behind: it is offered, not written over

  const lock = navigator.locks?.request(key, () => new Promise((done) => { release = done; }));
  lock?.catch(() => {});

  function store() {
    const worth = [...edits.values()].filter((e) => !e.secret);
    try {
      if (worth.length === 0) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ edits: worth }));
    } catch { /* full or forbidden: the question before leaving remains */ }
  }

  function show() {
    const root = document.documentElement;
    const count = edits.size;
    const words = away
      ? (count === 0 ? 'Offline' : `Offline, ${count} ${count === 1 ? 'change' : 'changes'} kept here`)
      : count > 0 ? 'Not saved yet' : '';
    if (words) root.dataset.kept = away ? 'offline' : 'unsaved';
    else delete root.dataset.kept;
    const place = document.querySelector('[data-kept-words]');
    if (place && place.textContent !== words) place.textContent = words;
  }

  function note(edit, isOpen) {
    const n = ++number;
    edits.delete(edit.place); // brought back in the order in which they were last changed
    edits.set(edit.place, { ...edit, by, n, open: isOpen });
    store();
    show();
    if (!isOpen) tell(n);
  }

  const tell = (n) => dotnet.invokeMethodAsync('Heard', n).catch(() => {}); // away: kept until it is back

  // a field of the inspector, by what finds it again: the step, the tab and the id
  function editOf(field) {
    if (!(field instanceof HTMLElement) || !/^(INPUT|TEXTAREA|SELECT)$/.test(field.tagName) || !field.id) return null;
    const side = field.closest('[data-kept-step]');
    if (!side || field.closest('[data-kept-not]') || field.readOnly) return null;
    return {
      place: `${side.dataset.keptStep}/${field.id}`, step: side.dataset.keptStep,
      tab: Number(field.closest('[data-kept-tab]')?.dataset.keptTab ?? 0), field: field.id,
      setting: field.closest('[data-setting]')?.dataset.setting ?? null,
      text: field.type === 'checkbox' ? String(field.checked) : field.value,
      secret: field.type === 'password' || field.closest('[data-secret]') !== null,
    };
  }

  // on the window, so that Blazor has sent the event itself before the number that covers it
  const input = (event) => {
    const edit = editOf(event.target);
    if (edit) note(edit, event.target.dataset.commits !== 'input' && event.target.type !== 'checkbox' && event.target.tagName !== 'SELECT');
  };
  const change = (event) => {
    const edit = editOf(event.target);
    if (edit) note(edit, false);
  };
  const leave = (event) => { // a field that is left without a change holds what it held before
    const place = editOf(event.target)?.place;
    const wasFinished = finished.delete(place);
    if (!edits.get(place)?.open) return;
    if (wasFinished) { // what it held before is no longer what the server has
      event.target.dispatchEvent(new Event('change', { bubbles: true }));
      return;
    }
    edits.delete(place);
    store();
    show();
  };
  const moved = (event) => {
    for (const { id, x, y } of event.detail) note({ place: `at/${id}`, move: id, x, y }, false);
  };

  // a dead circuit would only answer with errors: what is typed meanwhile is noted here and goes no further
  const shield = (event) => {
    if (!away || !editOf(event.target)) return;
    event.stopImmediatePropagation();
    if (event.type === 'input' || event.type === 'change') note(editOf(event.target), false);
  };

  // what is still being typed is a change now
  function finish() {
    for (const edit of edits.values()) {
      if (!edit.open) continue;
      finished.add(edit.place);
      document.getElementById(edit.field)?.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
  const unload = (event) => {
    finish();
    if (edits.size === 0 || leaving) return;
    event.preventDefault();
    event.returnValue = true; // older browsers ask only so
  };
  const hide = () => finish();
  const press = (event) => {
    // runs and saves what stands there
    if ((event.ctrlKey || event.metaKey) && (event.key === 'Enter' || event.key.toLowerCase() === 's')) finish();
  };
  const going = () => { leaving = true; };

  function look() {
    const was = away;
    const classes = bar?.className ?? '';
    away = /ws-offline|components-reconnect-(show|failed|rejected|paused|resume-failed)/.test(classes)
      || (failure !== null && failure.style.display === 'block');
    show();
    if (was && !away) back();
  }

  // the circuit lives again, but has heard nothing meanwhile
  function back() {
    const moves = [];
    for (const edit of [...edits.values()]) {
      if (edit.move) moves.push({ id: edit.move, x: edit.x, y: edit.y });
      else if (!edit.open) retype(edit);
    }
    if (moves.length > 0) {
      dotnet.invokeMethodAsync('Moved', moves).catch(() => {});
      for (const { id, x, y } of moves) note({ place: `at/${id}`, move: id, x, y }, false);
    }
  }

  const listeners = [
    ['input', input], ['change', change], ['focusout', leave], ['ws-moved', moved],
    ['beforeunload', unload], ['pagehide', hide], ['ws-load-again', going]];
  for (const [name, listener] of listeners) window.addEventListener(name, listener);
  window.addEventListener('keydown', press, true);
  for (const name of SHIELDED) window.addEventListener(name, shield, true);
  const watch = new MutationObserver(look);
  if (bar) watch.observe(bar, { attributes: true, attributeFilter: ['class'] });
  if (failure) watch.observe(failure, { attributes: true, attributeFilter: ['style'] });
  document.documentElement.dataset.keeps = 'true';
  look();

  const offers = new Map(); // by key
  return {
    /** What earlier windows left behind, without what another open window still holds. */
    async offers() {
      const prefix = `${PREFIX}${whose}:`;
      const before = sessionStorage.getItem(MARK + ':before');
      const held = new Set(((await navigator.locks?.query())?.held ?? []).map((l) => l.name));
      for (const name of names(prefix)) {
        const owner = name.split(ASIDE)[0];
        if (name === key || (owner !== key && held.has(owner))) continue;
        const kept = read(name);
        const mine = owner === key || owner === prefix + before;
        // without locks, or while a window loads again, only time tells that nobody holds them
        if (!kept || !(mine || Date.now() - (kept.left ?? (navigator.locks ? 0 : Date.now())) > GONE_MS)) continue;
        const now = owner === key ? name : setAside(name, key); // this window's from now on, also after another reload
        offers.set(now, kept.edits);
      }
      return [...offers.values()].flat();
    },
    /** Types the offered texts of one step into its fields; answers the places that were found. */
    retype: (places) => places.filter((place) => {
      const edit = [...offers.values()].flat().find((e) => e.place === place);
      return edit !== undefined && retype(edit);
    }),
    /** Nothing is offered any more: it was taken over, or is not wanted. */
    forget() {
      for (const name of offers.keys()) localStorage.removeItem(name);
      offers.clear();
    },
    /** Everything up to this number is stored. */
    cover(upTo) {
      for (const [place, edit] of edits) if (!edit.open && edit.n <= upTo) edits.delete(place);
      store();
      show();
    },
    close() {
      for (const [name, listener] of listeners) window.removeEventListener(name, listener);
      window.removeEventListener('keydown', press, true);
      for (const name of SHIELDED) window.removeEventListener(name, shield, true);
      watch.disconnect();
      release();
      delete document.documentElement.dataset.kept;
      delete document.documentElement.dataset.keeps;
    },
  };
}

/** Puts text into a field as a person would. */
function retype(edit) {
  const field = document.getElementById(edit.field);
  if (field?.closest('[data-kept-step]')?.dataset.keptStep !== edit.step) return false; // fields of other steps have the same names
  if (field.type === 'checkbox') field.checked = edit.text === 'true';
  else field.value = edit.text;
  if (field.tagName === 'TEXTAREA' || field.dataset.commits) field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
  return true;
}

const names = (prefix) => Object.keys(localStorage).filter((name) => name.startsWith(prefix));

function setAside(name, owner = name) {
  const kept = read(name);
  if (!kept) return name;
  const aside = `${owner}${ASIDE}${crypto.randomUUID?.() ?? Math.random()}`;
  localStorage.setItem(aside, JSON.stringify({ edits: kept.edits }));
  localStorage.removeItem(name);
  return aside;
}

function read(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(name) ?? 'null');
    return Array.isArray(kept?.edits) && kept.edits.length > 0 ? kept : null;
  } catch {
    return null;
  }
}

// Each page has a name of its own, because a copied window copies its session storage too; the one before it in this window is remembered.
let named;
function nameWindow() {
  if (named) return named;
  const before = sessionStorage.getItem(MARK);
  if (before) sessionStorage.setItem(MARK + ':before', before);
  named = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  sessionStorage.setItem(MARK, named);
  window.addEventListener('pagehide', () => {
    for (const name of names(PREFIX).filter((n) => n.includes(`:${named}`))) {
      const kept = read(name);
      if (kept) localStorage.setItem(name, JSON.stringify({ ...kept, left: Date.now() }));
    }
  });
  return named;
}
